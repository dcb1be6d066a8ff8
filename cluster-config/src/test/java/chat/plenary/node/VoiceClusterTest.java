package chat.plenary.node;

import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.messaging.store.mongo.TestMongo;
import chat.plenary.simulator.speech.SimulatedVoice;
import chat.plenary.simulator.speech.SpeechScript;
import chat.plenary.simulator.speech.TsiSimulator;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
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
      String group = Talks.group(alice, tamars);
      String meeting = Talks.meeting(alice, group);
      JsonArray voices =
          tamar.get("/api/v1/meetings/" + meeting + "/voices").good().getJsonArray("voices");
      assertThat(voices.encode()).contains("tencent-tsi").contains("\"zh\"");

      MeetingSocket listener = MeetingSocket.listener(vertx, nodes.get(1), tamar, meeting, "zh");
      MeetingSocket speaker = MeetingSocket.speaker(vertx, nodes.get(0), alice, meeting, "en");
      byte[] first = SimulatedVoice.samples(0, OPENED);
      speaker.say(15);
      Live.until("the first sentence", () -> listener.heard().length() >= first.length);
      assertThat(listener.told.get(1).getString("title")).isEqualTo("Tencent interpretation");
      assertThat(listener.heard().getBytes(0, first.length)).isEqualTo(first);
      Rest.Answer there = Rest.at(nodes.get(1).url()).get("/metrics");
      assertThat(there.metric("voice_listeners")).isEqualTo(1);
      assertThat(there.metric("voice_languages")).isEqualTo(1);
      assertThat(there.metric("voice_sent_seconds_total")).isGreaterThanOrEqualTo(0.8);
      assertThat(there.metric("voice_lost_seconds_total{where=\"listener\"}")).isZero();
      assertThat(there.metric("meeting_upkeep_age_seconds")).isBetween(0.0, 60.0);
      assertThat(there.metric("route_started{route=\"plenary-meeting-upkeep\"}")).isEqualTo(1);
      assertThat(there.metric("route_failures_total{route=\"plenary-meeting-upkeep\"}")).isZero();
      Rest.Answer here = Rest.at(nodes.get(0).url()).get("/metrics");
      assertThat(here.metric("voice_spoken_seconds_total{engine=\"tencent-tsi\"}")).isPositive();
      assertThat(here.metric("voice_failures_total{engine=\"tencent-tsi\"}")).isZero();

      alice
          .post(
              "/api/v1/conversations/" + group + "/members",
              new JsonObject().put("ref", "out").put("remove", new JsonArray().add(tamars)))
          .good();
      Live.until("bye", () -> listener.has(one -> "not-found".equals(one.getString("reason"))));
      int before = listener.heard().length();
      speaker.say(20);
      assertThat(listener.heard().length()).isEqualTo(before);
      assertThat(speaker.told).hasSize(1);
    }
  }
}
