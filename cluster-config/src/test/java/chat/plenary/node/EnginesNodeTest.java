package chat.plenary.node;

import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.simulator.speech.SpeechScript;
import chat.plenary.simulator.speech.SpeechTranslateSimulator;
import chat.plenary.simulator.speech.TsiSimulator;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A node that is told of engines by its configuration alone. */
@Timeout(600)
class EnginesNodeTest {
  private static final String ID = "AKIDEXAMPLE0001";
  private static final String KEY = "SECRETEXAMPLE0001";
  private static final String OPENED = "我们宣布开会。";

  @TempDir Path data;
  private final Vertx vertx = Vertx.vertx();
  private SpeechTranslateSimulator speech;
  private TsiSimulator tsi;
  private TextTranslateDouble text;

  @BeforeEach
  void open() {
    Clock clock = Clock.systemUTC();
    speech =
        SpeechTranslateSimulator.open(
                vertx,
                clock,
                new SpeechTranslateSimulator.Options(
                    "1234567890", ID, KEY, 5, SpeechScript.english()))
            .await();
    tsi =
        TsiSimulator.open(vertx, clock, new TsiSimulator.Options(ID, KEY, SpeechScript.english()))
            .await();
    text = TextTranslateDouble.open(vertx, ID, KEY).await();
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  /** All by variables: LibreTranslate is named first and is not there. */
  private Map<String, String> variables() {
    String here = "127.0.0.1:";
    Map<String, String> all = new HashMap<>();
    all.put("LIBRE_TRANSLATE_URL", "http://127.0.0.1:1");
    all.put("LIBRE_TRANSLATE_OUTSIDE", "false");
    all.put("ORDER", "en>zh=libretranslate tencent, *>*=tencent");
    all.put("TENCENT_SECRET_ID", ID);
    all.put("TENCENT_SECRET_KEY", KEY);
    all.put("TENCENT_TEXT_USE", "true");
    all.put("TENCENT_TEXT_URL", "http://" + here + text.port());
    all.put("TENCENT_TEXT_OUTSIDE", "false");
    all.put("TENCENT_SPEECH_APP_ID", "1234567890");
    all.put("TENCENT_SPEECH_URL", "ws://" + here + speech.port());
    all.put("TENCENT_SPEECH_PAIRS", "en>zh");
    all.put("TENCENT_SPEECH_OUTSIDE", "false");
    all.put("TENCENT_TSI_USE", "true");
    all.put("TENCENT_TSI_URL", "http://" + here + tsi.port());
    all.put("TENCENT_TSI_OUTSIDE", "false");
    Map<String, String> variables = new HashMap<>();
    all.forEach((name, value) -> variables.put("PLENARY_INTERPRETATION_" + name, value));
    return variables;
  }

  @Test
  void messagesAndSpeechAreTranslatedByWhatTheConfigurationNames() throws IOException {
    try (NodeProcess node = NodeProcess.start(data, variables(), List.of(), "--demo")) {
      JsonObject demo = NodeProcess.demo(data);
      Rest alice = OneNodeTest.signedIn(node, demo, "alice");
      String group = Talks.group(alice);
      alice.send("PUT", "/api/v1/me/language", new JsonObject().put("language", "en")).good();
      alice
          .send(
              "PATCH",
              "/api/v1/conversations/" + group,
              new JsonObject().put("ref", "zh").put("languages", List.of("en", "zh")))
          .good();
      try (Live live = OneNodeTest.member(demo, "alice").connect(node)) {
        live.deliver(node, group, "good-morning", "Good morning");
      }
      JsonObject translated = translation(alice, group, "zh: GOOD MORNING");
      assertThat(translated.getString("engine")).isEqualTo("tencent");

      Rest.Answer metrics = Rest.at(node.url()).get("/metrics");
      assertThat(count(metrics, "texts", "tencent")).isPositive();
      assertThat(count(metrics, "characters", "tencent")).isGreaterThanOrEqualTo(12);
      assertThat(count(metrics, "failures", "tencent")).isZero();
      assertThat(count(metrics, "failures", "libretranslate")).isPositive();
      assertThat(count(metrics, "refused", "tencent")).isZero();
      assertThat(count(metrics, "hits", "tencent")).isNotNegative();
      assertThat(count(metrics, "skipped", "libretranslate")).isNotNegative();

      String meeting = Talks.meeting(alice, group);
      assertThat(speak(node, alice, meeting, "en")).isEqualTo("tencent-speech");
      assertThat(caption(alice, meeting, "tencent-speech")).isEqualTo(OPENED);
      assertThat(speak(node, alice, meeting, "zh")).isEqualTo("tencent-tsi");
      assertThat(node.output()).doesNotContain(KEY);
    }
  }

  @Test
  void anOrderThatNamesWhatIsNotThereIsRefusedAtTheStart() {
    Map<String, String> wrong = Map.of("PLENARY_INTERPRETATION_ORDER", "*>*=tencent");
    NodeProcess node = NodeProcess.launch(data, 0, wrong, List.of());
    assertThat(node.ended()).isEqualTo(2);
    assertThat(node.output())
        .contains("interpretation.order: names 'tencent', which is not set up; there is none");
  }

  private static JsonObject translation(Rest rest, String group, String wanted) {
    AtomicReference<@Nullable JsonObject> found = new AtomicReference<>();
    Live.until(
        wanted,
        () -> {
          JsonArray all =
              rest.get("/api/v1/conversations/" + group + "/translations?language=zh")
                  .good()
                  .getJsonArray("translations");
          for (Object one : all) {
            if (wanted.equals(((JsonObject) one).getString("text"))) {
              found.set((JsonObject) one);
            }
          }
          return found.get() != null;
        });
    return Objects.requireNonNull(found.get());
  }

  /** What the record says in Chinese where an engine had that with the words. */
  private static String caption(Rest rest, String meeting, String engine) {
    AtomicReference<@Nullable String> found = new AtomicReference<>();
    Live.until(
        "a caption in Chinese by " + engine,
        () -> {
          JsonArray all =
              rest.get("/api/v1/meetings/" + meeting + "/captions?language=zh")
                  .good()
                  .getJsonArray("captions");
          for (Object one : all) {
            JsonObject translation = ((JsonObject) one).getJsonObject("translation");
            if (translation != null && engine.equals(translation.getString("engine"))) {
              found.set(translation.getString("text"));
              return true;
            }
          }
          return false;
        });
    return Objects.requireNonNull(found.get());
  }

  private static double count(Rest.Answer metrics, String what, String engine) {
    return metrics.metric("translation_" + what + "_total{engine=\"" + engine + "\"}");
  }

  /** Three seconds of sound at its own pace: the first sentence of the script. The engine. */
  private String speak(NodeProcess node, Rest who, String meeting, String language) {
    MeetingSocket socket = MeetingSocket.speaker(vertx, node, who, meeting, language);
    socket.say(15);
    socket.end();
    assertThat(socket.told)
        .extracting(one -> one.getString("type"))
        .containsExactly("ready", "bye");
    return socket.told.get(0).getString("engine");
  }
}
