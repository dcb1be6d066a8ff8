package chat.plenary.messaging.gateway;

import static chat.plenary.messaging.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.messaging.Features;
import chat.plenary.messaging.account.SignedIn;
import chat.plenary.messaging.fault.Input;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.meeting.MeetingEvent;
import chat.plenary.messaging.meeting.MeetingProvider;
import chat.plenary.messaging.meeting.MeetingSettings;
import chat.plenary.messaging.meeting.NewMeeting;
import chat.plenary.messaging.meeting.Participant;
import chat.plenary.messaging.meeting.RecordingProvider;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What sessions are told of meetings. */
class MeetingFramesTest {
  private LiveNode node;
  private SignedIn alice;
  private SignedIn carol;
  private ConversationId group;
  private String meeting;

  @BeforeEach
  void open(@TempDir Path directory) throws Exception {
    RecordingProvider provider =
        new RecordingProvider("tencent", MeetingProvider.Capability.EVENTS);
    node =
        new LiveNode(
            directory,
            LiveConnections.Options.defaults(),
            store -> store,
            Features.none().with(MeetingSettings.of(List.of(provider))));
    alice = node.signIn("alice");
    carol = node.join("carol");
    group = node.assembly.group("one");
  }

  @AfterEach
  void close() throws Exception {
    node.close();
  }

  private void call() throws Exception {
    JsonObject wish = new JsonObject().put("ref", "w").put("zone", "UTC");
    meeting =
        await(
                node.assembly
                    .chat
                    .meetings()
                    .call(
                        node.assembly.alice,
                        group,
                        NewMeeting.read(Input.of(wish), Instant.parse("2026-11-24T09:30:00Z"))))
            .getJsonObject("meeting")
            .getString("id");
  }

  @Test
  void membersAreToldAndStrangersAreNot() throws Exception {
    LiveNode.Client one = node.connect(alice, null);
    LiveNode.Client stranger = node.connect(carol, null);
    call();
    assertThat(one.next("meeting"))
        .isEqualTo(
            new JsonObject()
                .put("type", "meeting")
                .put("conversation", group.value())
                .put("meeting", meeting));
    Thread.sleep(500);
    assertThat(stranger.frames)
        .extracting(frame -> frame.getString("type"))
        .doesNotContain("meeting", "entry");
  }

  @Test
  void aCrowdThatComesIsToldOnceASecond() throws Exception {
    LiveNode.Client one = node.connect(alice, null);
    call();
    String external =
        await(node.assembly.chat.meetings().find(meeting)).orElseThrow().room().external();
    long began = System.nanoTime();
    for (int i = 0; i < 200; i++) {
      Participant guest = new Participant("guest" + i, null, null, "Guest " + i);
      await(
          node.assembly
              .chat
              .meetingEvents()
              .take("tencent", new MeetingEvent.Joined(external, Instant.now(), guest)));
    }
    Thread.sleep(2_500);
    long seconds = (System.nanoTime() - began) / 1_000_000_000L;
    long told = one.frames.stream().filter(f -> f.getString("type").equals("meeting")).count();
    assertThat(told).isBetween(1L, seconds + 3);
    assertThat(
            await(node.assembly.chat.meetings().pages().view(node.assembly.alice, meeting))
                .getJsonObject("live")
                .getLong("count"))
        .isEqualTo(200);
  }
}
