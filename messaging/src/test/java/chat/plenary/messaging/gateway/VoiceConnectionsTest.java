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
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Voice over real sockets. */
class VoiceConnectionsTest {
  private static final Buffer PIECE = Buffer.buffer(new byte[6_400]);

  @TempDir Path directory;
  private final FakeEngine engine = new FakeEngine();
  private CaptionNode node;
  private SignedIn alice;
  private SignedIn bob;

  @BeforeEach
  void open() throws Exception {
    engine.voice = true;
    node =
        new CaptionNode(
            directory,
            List.of(engine),
            new SpeechConnections.Options(
                Duration.ofSeconds(1),
                Duration.ofSeconds(60),
                Duration.ofMillis(200),
                6,
                Duration.ofMillis(500)));
    alice = node.signIn("alice");
    bob = node.join("bob");
  }

  @AfterEach
  void close() throws Exception {
    node.close();
  }

  private FakeEngine.Heard speak() throws Exception {
    LiveNode.Client speaker = node.speak(alice, "en", null);
    speaker.next("ready");
    await(speaker.socket.writeBinaryMessage(PIECE));
    until(() -> !engine.sessions.isEmpty());
    until(() -> engine.last().aloud.contains("es"));
    return engine.last();
  }

  @Test
  void whatIsSpokenIsHeardWithItsSentenceAsTheProtocolSays() throws Exception {
    ProtocolSamples samples = new ProtocolSamples();
    VoiceClient listener = node.listener("?language=es", CaptionNode.ORIGIN);
    listener.send(samples.of("voice hello").put("token", bob.accessToken().text()));
    assertThat(listener.next("ready")).isEqualTo(samples.of("voice ready"));
    speak().speak("7", "es", 700);
    JsonObject sentence = listener.next("sentence");
    assertThat(sentence.fieldNames()).isEqualTo(samples.of("voice sentence").fieldNames());
    assertThat(sentence.getString("key")).endsWith("/7");
    assertThat(sentence.getString("title")).isEqualTo("Fake");
    listener.heard(700 * 32);
    assertThat(listener.audio).allMatch(piece -> piece.length() <= 6_400);
    assertThat(listener.bytes).hasValue(700 * 32);
    listener.send(new JsonObject().put("type", "token").put("token", bob.accessToken().text()));
    Thread.sleep(1_200);
    assertThat(listener.frames).as("pings are answered").isEmpty();
    listener.send(new JsonObject().put("type", "end"));
    assertThat(listener.next("bye").getString("reason")).isEqualTo("protocol");
  }

  @Test
  void whichLanguagesCanBeHeardIsSaid() throws Exception {
    ProtocolSamples samples = new ProtocolSamples();
    JsonObject found = new JsonObject(node.call(bob, HttpMethod.GET, "/voices", null).body());
    JsonObject es =
        new JsonObject()
            .put("language", "es")
            .put("engine", "fake")
            .put("title", "Fake")
            .put("simulated", false);
    assertThat(found).isEqualTo(new JsonObject().put("voices", new JsonArray().add(es)));
    JsonObject sample = samples.of("response GET /api/v1/meetings/{id}/voices");
    assertThat(sample.getJsonArray("voices").getJsonObject(0).fieldNames())
        .isEqualTo(es.fieldNames());
    assertThat(samples.page).contains("`GET /api/v1/meetings/{id}/voices");
    node.floors.remove(bob.account().id());
    assertThat(node.call(bob, HttpMethod.GET, "/voices?language=es", null).statusCode())
        .isEqualTo(404);
    assertThat(node.call(alice, HttpMethod.GET, "/voices?language=!", null).statusCode())
        .isEqualTo(400);
  }

  @Test
  void itWantsALanguageAHelloAndItsOwnPages() throws Exception {
    for (String query : List.of("", "?language=", "?language=nonsense")) {
      assertThatThrownBy(() -> node.listener(query, null))
          .hasCauseInstanceOf(UpgradeRejectedException.class);
    }
    assertThatThrownBy(() -> node.listener("?language=es", "https://evil.example"))
        .hasCauseInstanceOf(UpgradeRejectedException.class);
    VoiceClient silent = node.listener("?language=es", null);
    assertThat(silent.next("bye").getString("detail")).isEqualTo("No hello came in time.");
    VoiceClient loud = node.listener("?language=es", null);
    await(loud.socket.writeBinaryMessage(PIECE));
    assertThat(loud.next("bye").getString("reason")).isEqualTo("protocol");
    assertThat(node.listen(bob, "fr").next("bye").getString("reason")).isEqualTo("invalid");
    VoiceClient forged = node.listener("?language=es", null);
    forged.send(new JsonObject().put("type", "hello").put("token", "x"));
    assertThat(forged.next("bye").getString("reason")).isEqualTo("unauthenticated");
  }

  @Test
  void whoeverIsRemovedOrRevokedHearsNoMore() throws Exception {
    VoiceClient removed = node.listen(bob, "es");
    removed.next("ready");
    VoiceClient host = node.listen(alice, "es");
    host.next("ready");
    FakeEngine.Heard session = speak();
    session.speak("1", "es", 4_000);
    removed.heard(6_400);
    node.floors.remove(bob.account().id());
    assertThat(removed.next("bye").getString("reason")).isEqualTo("not-found");
    removed.next("closed");
    int before = removed.bytes.get();
    host.heard(3_000 * 32);
    assertThat(removed.bytes).hasValue(before);
    assertThat(node.listen(bob, "es").next("bye").getString("reason")).isEqualTo("not-found");
    node.floors.assembly.signOut(alice.account().id());
    assertThat(host.next("bye").getString("reason")).isEqualTo("revoked");
  }

  @Test
  void itEndsWithTheMeetingAndAtItsLimits() throws Exception {
    VoiceClient first = node.listen(bob, "es");
    first.next("ready");
    node.listen(bob, "es").next("ready");
    assertThat(node.listen(bob, "es").next("bye").getString("reason")).isEqualTo("too-many");
    node.listen(alice, "es").next("ready");
    node.listen(alice, "es").next("ready");
    List<VoiceClient> silent = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      silent.add(node.listener("?language=es", null));
    }
    assertThat(silent.get(3).next("bye").getString("detail"))
        .isEqualTo("This node has too many connections: try later.");
    node.floors.meeting(Floors.MEETING, false);
    assertThat(first.next("bye").getString("reason")).isEqualTo("conflict");
  }

  /** By hand, so that nothing reads behind its back and answers pings. */
  @Test
  void whoeverReadsNothingIsLetGoAndNobodyElseNotices() throws Exception {
    VoiceClient quick = node.listen(alice, "es");
    quick.next("ready");
    try (Socket mute = new Socket(InetAddress.getLoopbackAddress(), node.port())) {
      OutputStream out = mute.getOutputStream();
      out.write(
          ("GET /api/v1/meetings/"
                  + Floors.MEETING
                  + "/voice?language=es HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
                  + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                  + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      InputStream in = mute.getInputStream();
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        head.append((char) in.read());
      }
      JsonObject hello =
          new JsonObject().put("type", "hello").put("token", bob.accessToken().text());
      byte[] text = hello.encode().getBytes(StandardCharsets.UTF_8);
      // Masked with zeros.
      out.write(new byte[] {(byte) 0x81, (byte) 0xfe, (byte) (text.length >> 8)});
      out.write(new byte[] {(byte) text.length, 0, 0, 0, 0});
      out.write(text);
      out.flush();
      FakeEngine.Heard session = speak();
      session.speak("1", "es", 3_000);
      quick.heard(3_000 * 32);
      assertThat(quick.frames)
          .extracting(frame -> frame.getString("type"))
          .as("nothing was lost")
          .containsExactly("sentence");
      String all = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
      assertThat(all).contains("ready").contains("The client does not answer.");
    }
  }
}
