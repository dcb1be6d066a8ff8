package chat.plenary.messaging.gateway;

import static chat.plenary.messaging.Waiting.await;
import static chat.plenary.messaging.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.plenary.messaging.account.SignedIn;
import chat.plenary.messaging.caption.FakeEngine;
import chat.plenary.messaging.caption.Floors;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Speech and captions over real sockets. */
class SpeechConnectionsTest {
  private static final Buffer PIECE = Buffer.buffer(new byte[6_400]);
  private static final JsonObject NOTHING = null;

  @TempDir Path directory;
  private final FakeEngine engine = new FakeEngine();
  private CaptionNode node;
  private SignedIn alice;

  @BeforeEach
  void open() throws Exception {
    node =
        new CaptionNode(
            directory,
            List.of(engine),
            new SpeechConnections.Options(
                Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofMillis(200), 5));
    alice = node.signIn("alice");
  }

  @AfterEach
  void close() throws Exception {
    node.close();
  }

  private FakeEngine.Heard session() throws Exception {
    until(() -> !engine.sessions.isEmpty());
    return engine.last();
  }

  @Test
  void whatIsSaidGrowsForThoseWhoFollowAndThenStandsForAll() throws Exception {
    SignedIn bob = node.join("bob");
    LiveNode.Client follower = node.follow(bob, "es");
    LiveNode.Client speaker = node.speak(alice, "en", null);
    assertThat(speaker.next())
        .isEqualTo(
            new JsonObject().put("type", "ready").put("engine", "fake").put("title", "Fake"));
    await(speaker.socket.writeBinaryMessage(PIECE));
    session().hear("1", "We open", Map.of("es", "Abrimos"), false);
    JsonObject grown = follower.next("caption");
    assertThat(grown.getString("text")).isEqualTo("We open");
    assertThat(grown.getString("meeting")).isEqualTo(Floors.MEETING);
    assertThat(grown.getBoolean("complete")).isFalse();
    assertThat(grown.getJsonArray("translations").getJsonObject(0).getString("text"))
        .isEqualTo("Abrimos");
    session().hear("1", "We open it.", true);
    JsonObject body = follower.entry().getJsonObject("body");
    assertThat(body.getString("type")).isEqualTo("caption");
    assertThat(body.getString("key")).isEqualTo(grown.getString("key"));
    speaker.send(new JsonObject().put("type", "end"));
    assertThat(speaker.next("bye").getString("reason")).isEqualTo("ended");
    speaker.next("closed");
  }

  @Test
  void whatGrowsIsNoneOfTheBusinessOfWhoeverDoesNotFollowOrIsNoMember() throws Exception {
    SignedIn bob = node.join("bob");
    LiveNode.Client follower = node.follow(bob, "es");
    node.speak(alice, "en", null).next("ready");
    node.floors.remove(bob.account().id());
    follower.next(
        frame ->
            frame.getString("type").equals("entry")
                && frame.getJsonObject("entry").getString("kind").equals("members.changed")
                && frame.encode().contains("remove"));
    session().hear("1", "Secret", false);
    Thread.sleep(300);
    assertThat(follower.frames.toString()).doesNotContain("Secret");
  }

  @Test
  void itWantsHelloInTimeAndFirst() throws Exception {
    assertThat(node.speech(null).next("bye").getString("reason")).isEqualTo("protocol");
    LiveNode.Client wrong = node.speech(null);
    wrong.send(new JsonObject().put("type", "end"));
    assertThat(wrong.next("bye").getString("detail")).contains("hello");
    LiveNode.Client early = node.speech(null);
    await(early.socket.writeBinaryMessage(PIECE));
    assertThat(early.next("bye").getString("detail")).contains("after ready");
    LiveNode.Client forged = node.speech(null);
    forged.send(new JsonObject().put("type", "hello").put("token", "x").put("language", "en"));
    assertThat(forged.next("bye").getString("reason")).isEqualTo("unauthenticated");
  }

  @Test
  void onlyItsOwnPagesOpenIt() throws Exception {
    assertThatThrownBy(() -> node.speech("https://evil.example"))
        .hasCauseInstanceOf(UpgradeRejectedException.class);
    node.speech(CaptionNode.ORIGIN).next("bye");
  }

  @Test
  void audioThatIsWrongOrTooFastEndsItSayingSo() throws Exception {
    LiveNode.Client odd = node.speak(alice, "en", null);
    odd.next("ready");
    await(odd.socket.writeBinaryMessage(Buffer.buffer(new byte[7])));
    assertThat(odd.next("problem").getJsonObject("problem").getString("field")).isEqualTo("audio");
    odd.next("closed");
    LiveNode.Client fast = node.speak(alice, "en", null);
    fast.next("ready");
    for (int i = 0; i < 20; i++) {
      fast.socket.writeBinaryMessage(PIECE);
    }
    assertThat(fast.next("problem").getJsonObject("problem").getString("detail"))
        .contains("3 s ahead");
    fast.next("closed");
  }

  @Test
  void silenceWithoutAudioEndsIt() throws Exception {
    LiveNode.Client speaker = node.speak(alice, "en", null);
    speaker.next("ready");
    assertThat(speaker.next("bye").getString("reason")).isEqualTo("idle");
    FakeEngine.Heard session = session();
    until(() -> session.ended);
  }

  @Test
  void whoeverIsRevokedOrGoesOffDutySpeaksNoMore() throws Exception {
    SignedIn bob = node.join("bob");
    JsonObject roster =
        new JsonObject()
            .put(
                "interpreters",
                new JsonArray()
                    .add(
                        new JsonObject()
                            .put("account", bob.account().id().value())
                            .put("language", "fr")));
    assertThat(node.call(bob, HttpMethod.PUT, "/interpreters", roster).statusCode()).isEqualTo(403);
    assertThat(node.call(alice, HttpMethod.PUT, "/interpreters", roster).statusCode())
        .isEqualTo(200);
    assertThat(node.speak(bob, "fr", "fr").next("bye").getString("reason")).isEqualTo("forbidden");
    JsonObject duty = new JsonObject().put("language", "fr").put("on", true);
    assertThat(node.call(bob, HttpMethod.POST, "/interpreters/duty", duty).body())
        .contains("\"on\":true");
    LiveNode.Client speaker = node.speak(bob, "fr", "fr");
    speaker.next("ready");
    node.call(bob, HttpMethod.POST, "/interpreters/duty", duty.copy().put("on", false));
    assertThat(speaker.next("bye").getString("reason")).isEqualTo("forbidden");

    LiveNode.Client host = node.speak(alice, "en", null);
    host.next("ready");
    node.floors.assembly.signOut(alice.account().id());
    assertThat(host.next("bye").getString("reason")).isEqualTo("revoked");
  }

  @Test
  void anEngineThatIsDownIsToldAndMessagesGoOn() throws Exception {
    SignedIn bob = node.join("bob");
    LiveNode.Client follower = node.follow(bob, null);
    engine.away = true;
    LiveNode.Client speaker = node.speak(alice, "en", null);
    assertThat(speaker.next("problem").getJsonObject("problem").getString("detail"))
        .isEqualTo("Fake does not answer: try again.");
    assertThat(speaker.next("bye").getString("reason")).isEqualTo("unavailable");
    assertThat(follower.next("caption").getString("problem"))
        .isEqualTo("Fake does not answer: try again.");
    node.floors.assembly.post(
        node.floors.assembly.alice, node.floors.group, "m", "Can you hear me?");
    assertThat(follower.entry().getJsonObject("body").getString("text"))
        .isEqualTo("Can you hear me?");
  }

  @Test
  void captionsAreTypedReadAndExported() throws Exception {
    JsonObject typed =
        new JsonObject()
            .put("ref", "t1")
            .put("key", "1")
            .put("language", "en")
            .put("text", "We open <it>.")
            .put("complete", true);
    JsonObject taken = new JsonObject(node.call(alice, HttpMethod.POST, "/captions", typed).body());
    assertThat(taken.getLong("seq")).isPositive();
    assertThat(new JsonObject(node.call(alice, HttpMethod.POST, "/captions", typed).body()))
        .isEqualTo(taken);
    node.floors.record(node.floors.assembly.alice, null, 1);
    String page = node.call(alice, HttpMethod.GET, "/captions?limit=1", NOTHING).body();
    JsonObject line = new JsonObject(page).getJsonArray("captions").getJsonObject(0);
    assertThat(line.getString("by")).isEqualTo("host");
    assertThat(line.getValue("translation")).isNull();
    var vtt = node.call(alice, HttpMethod.GET, "/captions.vtt?language=fr", NOTHING);
    assertThat(vtt.headers().firstValue("content-type")).hasValue("text/vtt; charset=utf-8");
    assertThat(vtt.body()).startsWith("WEBVTT\n").contains("We open &lt;it&gt;.");
    assertThat(node.call(alice, HttpMethod.GET, "/captions.txt", NOTHING).body())
        .contains("We open <it>.");
    assertThat(node.call(alice, HttpMethod.GET, "/captions?language=!", NOTHING).statusCode())
        .isEqualTo(400);
    SignedIn bob = node.join("bob");
    assertThat(node.call(bob, HttpMethod.POST, "/captions", typed).statusCode()).isEqualTo(403);
  }
}
