package chat.plenary.messaging.caption;

import static chat.plenary.messaging.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.meeting.Meeting;
import chat.plenary.messaging.meeting.MeetingEvent;
import chat.plenary.messaging.meeting.MeetingPlan;
import chat.plenary.messaging.meeting.MeetingState;
import chat.plenary.messaging.meeting.Participant;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a meeting's provider pushes of what is said. */
class PushedTest extends FloorsCase {
  private Pushed pushed;
  private Meeting meeting;

  @BeforeEach
  void open() throws Exception {
    pushed = new Pushed(floors.captions);
    Caller alice = floors.assembly.alice;
    MeetingPlan plan =
        new MeetingPlan(
            Floors.MEETING,
            "Dialogue",
            alice.account(),
            "Alice",
            Floors.START,
            Duration.ofHours(1),
            ZoneOffset.UTC,
            null,
            List.of("en", "es"));
    meeting =
        new Meeting(
            plan,
            alice.organisation(),
            floors.group,
            MeetingState.ENDED,
            "tencent",
            "Tencent",
            null,
            1,
            null,
            1);
  }

  private MeetingEvent.Said said(
      String key, String userid, String language, String text, boolean complete) {
    return new MeetingEvent.Said(
        "external",
        Floors.START.plusSeconds(5),
        key,
        new Participant("p1", userid, null, "Somebody\u202e else"),
        language,
        text,
        List.of(new MeetingEvent.Translation("es", "Hola.")),
        complete);
  }

  @Test
  void whatIsPushedIsACaptionOfTheMemberWithItsTranslationsAlsoAfterTheEnd() throws Exception {
    await(pushed.said(meeting, said("1", "alice", "en", "Hel", false)));
    await(pushed.said(meeting, said("1", "alice", "en", "Hello.", true)));
    await(pushed.said(meeting, said("1", "alice", "en", "Hello.", true)));
    await(pushed.said(meeting, said("2", null, "en", "Hi.", true)));
    List<CaptionRecord.Line> lines = floors.record(floors.assembly.bo, "es", 2);
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0).key()).isEqualTo("tencent/1");
    assertThat(lines.get(0).sentence().speaker())
        .isEqualTo(new Speaker(floors.assembly.alice.account(), "Alice"));
    assertThat(lines.get(0).translation())
        .isEqualTo(Translation.by("tencent", "Tencent", "es", "Hola."));
    assertThat(lines.get(1).sentence().speaker()).isEqualTo(new Speaker(null, "Somebody else"));
  }

  @Test
  void whatCannotBeACaptionIsTakenAndForgotten() throws Exception {
    await(pushed.said(meeting, said("1", null, "no language", "Hello.", true)));
    await(pushed.said(meeting, said("2", null, "en", " \n ", true)));
    await(pushed.said(meeting, said("k".repeat(300), null, "en", "Long key.", true)));
    List<CaptionRecord.Line> lines = floors.record(floors.assembly.bo, null, 1);
    assertThat(lines).hasSize(1);
    assertThat(lines.get(0).key()).startsWith("hash/").hasSizeLessThan(40);
  }

  @Test
  void itTellsIntoWhichLanguagesSomebodyInterprets() throws Exception {
    Caller bo = floors.assembly.bo;
    await(
        floors
            .captions
            .floor()
            .assign(
                floors.assembly.alice,
                Floors.MEETING,
                List.of(new Interpreters.Interpreter(bo.account(), "fr", false))));
    assertThat(await(pushed.interprets(meeting, bo.account()))).containsExactly("fr");
    assertThat(await(pushed.interprets(meeting, floors.assembly.alice.account()))).isEmpty();
  }
}
