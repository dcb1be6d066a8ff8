package chat.plenary.node;

import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.messaging.store.mongo.TestMongo;
import chat.plenary.simulator.speech.SimulatedVoice;
import chat.plenary.simulator.speech.SpeechScript;
import chat.plenary.simulator.speech.TsiSimulator;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Somebody speaks at one node, somebody listens at another: two processes. */
@Timeout(600)
class VoiceClusterTest {
  private static final String ID = "AKIDEXAMPLE0001";
  private static final String KEY = "SECRETEXAMPLE0001";
  private static final String OPENED = "\u6211\u4eec\u5ba3\u5e03\u5f00\u4f1a\u3002";

  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() {
    vertx.close().await();
  }

  /** A socket of a meeting. */
  private final class Client {
    final List<JsonObject> told = new CopyOnWriteArrayList<>();
    final List<Buffer> heard = new CopyOnWriteArrayList<>();
    final WebSocket socket;

    Client(NodeProcess node, String path, JsonObject hello) {
      socket =
          vertx
              .createWebSocketClient()
              .connect(
                  new WebSocketConnectOptions()
                      .setHost("127.0.0.1")
                      .setPort(node.port())
                      .setURI(path)
                      .setAllowOriginHeader(false))
              .await();
      socket.textMessageHandler(one -> told.add(new JsonObject(one)));
      socket.binaryMessageHandler(heard::add);
      socket.writeTextMessage(hello.put("type", "hello").encode()).await();
      Live.until("ready", () -> has(one -> one.getString("type").equals("ready")));
    }

    boolean has(Predicate<JsonObject> wanted) {
      return told.stream().anyMatch(wanted);
    }

    Buffer all() {
      Buffer all = Buffer.buffer();
      heard.forEach(all::appendBuffer);
      return all;
    }
  }

  @Test
  void whatIsSaidAtOneNodeIsHeardAtAnotherUntilTheListenerIsRemoved() throws Exception {
    TsiSimulator tsi =
        TsiSimulator.open(
                vertx, Clock.systemUTC(), new TsiSimulator.Options(ID, KEY, SpeechScript.english()))
            .await();
    List<String> options = new ArrayList<>(List.of("--demo"));
    options.addAll(List.of("--interpretation-tencent-secret-id", ID));
    options.addAll(List.of("--interpretation-tencent-secret-key", KEY));
    options.add("--interpretation-tencent-tsi-use");
    options.addAll(List.of("--interpretation-tencent-tsi-url", "http://127.0.0.1:" + tsi.port()));
    options.addAll(List.of("--interpretation-tencent-tsi-voice", "101001"));
    options.add("--interpretation-tencent-tsi-outside=false");
    // A room without an account, which nobody enters.
    options.addAll(List.of("--meetings-jitsi-url", "https://meet.example.org"));
    options.addAll(List.of("--meetings-jitsi-room-secret", "a secret of 32 letters, or longer"));
    try (Nodes nodes = new Nodes(folder, TestMongo.shared(), 2, options)) {
      Rest alice = OneNodeTest.signedIn(nodes.get(0), nodes.demo(), "alice");
      Rest tamar = OneNodeTest.signedIn(nodes.get(1), nodes.demo(), "tamar");
      String tamars = tamar.get("/api/v1/me").good().getString("id");
      String group =
          alice
              .post(
                  "/api/v1/conversations",
                  new JsonObject()
                      .put("ref", "talks")
                      .put("id", "talks")
                      .put("kind", "group")
                      .put("name", "Talks")
                      .put("members", new JsonArray().add(tamars)))
              .good()
              .getString("id");
      String meeting =
          alice
              .post(
                  "/api/v1/conversations/" + group + "/meetings",
                  new JsonObject()
                      .put("ref", "now")
                      .put("zone", "Europe/Paris")
                      .put("languages", List.of("en", "zh")))
              .good()
              .getJsonObject("meeting")
              .getString("id");
      JsonArray voices =
          tamar.get("/api/v1/meetings/" + meeting + "/voices").good().getJsonArray("voices");
      assertThat(voices.encode()).contains("tencent-tsi").contains("\"zh\"");

      Client listener =
          new Client(
              nodes.get(1),
              "/api/v1/meetings/" + meeting + "/voice?language=zh",
              new JsonObject().put("token", tamar.token()));
      Client speaker =
          new Client(
              nodes.get(0),
              "/api/v1/meetings/" + meeting + "/speech",
              new JsonObject().put("token", alice.token()).put("language", "en"));
      byte[] first = SimulatedVoice.samples(0, OPENED);
      say(speaker, 15);
      Live.until("the first sentence", () -> listener.all().length() >= first.length);
      assertThat(listener.told.get(1).getString("title")).isEqualTo("Tencent interpretation");
      assertThat(listener.all().getBytes(0, first.length)).isEqualTo(first);
      String there = Rest.at(nodes.get(1).url()).get("/metrics").text();
      assertThat(metric(there, "voice_listeners")).isEqualTo(1);
      assertThat(metric(there, "voice_languages")).isEqualTo(1);
      assertThat(metric(there, "voice_sent_seconds_total")).isGreaterThanOrEqualTo(0.8);
      assertThat(metric(there, "voice_lost_seconds_total{where=\"listener\"}")).isZero();
      assertThat(metric(there, "meeting_upkeep_age_seconds")).isBetween(0.0, 60.0);
      assertThat(metric(there, "route_started{route=\"plenary-meeting-upkeep\"}")).isEqualTo(1);
      assertThat(metric(there, "route_failures_total{route=\"plenary-meeting-upkeep\"}")).isZero();
      String here = Rest.at(nodes.get(0).url()).get("/metrics").text();
      assertThat(metric(here, "voice_spoken_seconds_total{engine=\"tencent-tsi\"}")).isPositive();
      assertThat(metric(here, "voice_failures_total{engine=\"tencent-tsi\"}")).isZero();

      alice
          .post(
              "/api/v1/conversations/" + group + "/members",
              new JsonObject().put("ref", "out").put("remove", new JsonArray().add(tamars)))
          .good();
      Live.until("bye", () -> listener.has(one -> "not-found".equals(one.getString("reason"))));
      int before = listener.all().length();
      say(speaker, 20);
      assertThat(listener.all().length()).isEqualTo(before);
      assertThat(speaker.told).hasSize(1);
    }
  }

  private static double metric(String metrics, String name) {
    String line = "plenary_" + name + " ";
    return metrics
        .lines()
        .filter(one -> one.startsWith(line))
        .mapToDouble(one -> Double.parseDouble(one.substring(line.length())))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + line + "in\n" + metrics));
  }

  private static void say(Client speaker, int pieces) {
    for (int i = 0; i < pieces; i++) {
      speaker.socket.writeBinaryMessage(Buffer.buffer(new byte[6_400])).await();
      NodeProcess.pause(200);
    }
  }
}
