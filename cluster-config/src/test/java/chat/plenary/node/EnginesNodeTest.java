package chat.plenary.node;

import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.simulator.speech.SpeechScript;
import chat.plenary.simulator.speech.SpeechTranslateSimulator;
import chat.plenary.simulator.speech.TsiSimulator;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
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
      Rest alice = Rest.signedIn(node.url(), "alice", password(demo));
      JsonObject create =
          new JsonObject()
              .put("ref", "talks")
              .put("id", "talks")
              .put("kind", "group")
              .put("name", "Talks")
              .put("members", new JsonArray());
      String group = alice.post("/api/v1/conversations", create).good().getString("id");
      alice.send("PUT", "/api/v1/me/language", new JsonObject().put("language", "en")).good();
      alice
          .send(
              "PATCH",
              "/api/v1/conversations/" + group,
              new JsonObject().put("ref", "zh").put("languages", List.of("en", "zh")))
          .good();
      try (Live live = new Live("alice", password(demo)).connect(node)) {
        live.deliver(node, group, "good-morning", "Good morning");
      }
      JsonObject translated = translation(alice, group, "zh: GOOD MORNING");
      assertThat(translated.getString("engine")).isEqualTo("tencent");

      String metrics = Rest.at(node.url()).get("/metrics").text();
      assertThat(count(metrics, "texts", "tencent")).isPositive();
      assertThat(count(metrics, "characters", "tencent")).isGreaterThanOrEqualTo(12);
      assertThat(count(metrics, "failures", "tencent")).isZero();
      assertThat(count(metrics, "failures", "libretranslate")).isPositive();
      assertThat(count(metrics, "refused", "tencent")).isZero();
      assertThat(count(metrics, "hits", "tencent")).isNotNegative();
      assertThat(count(metrics, "skipped", "libretranslate")).isNotNegative();

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

  private static String password(JsonObject demo) {
    return demo.getJsonArray("users").getJsonObject(0).getString("password");
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

  private static double count(String metrics, String what, String engine) {
    String line = "plenary_translation_" + what + "_total{engine=\"" + engine + "\"} ";
    return metrics
        .lines()
        .filter(one -> one.startsWith(line))
        .mapToDouble(one -> Double.parseDouble(one.substring(line.length())))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + line + "in\n" + metrics));
  }

  /** Three seconds of sound at its own pace: the first sentence of the script. The engine. */
  private String speak(NodeProcess node, Rest who, String meeting, String language) {
    WebSocket socket =
        vertx
            .createWebSocketClient()
            .connect(
                new WebSocketConnectOptions()
                    .setHost("127.0.0.1")
                    .setPort(node.port())
                    .setURI("/api/v1/meetings/" + meeting + "/speech")
                    .setAllowOriginHeader(false))
            .await();
    List<JsonObject> told = new CopyOnWriteArrayList<>();
    socket.textMessageHandler(one -> told.add(new JsonObject(one)));
    socket
        .writeTextMessage(
            new JsonObject()
                .put("type", "hello")
                .put("token", who.token())
                .put("language", language)
                .encode())
        .await();
    Live.until("an answer to hello", () -> !told.isEmpty());
    assertThat(told.get(0).getString("type")).as(told.get(0).encode()).isEqualTo("ready");
    for (int i = 0; i < 15; i++) {
      socket.writeBinaryMessage(Buffer.buffer(new byte[6_400])).await();
      NodeProcess.pause(200);
    }
    socket.writeTextMessage(new JsonObject().put("type", "end").encode()).await();
    Live.until("bye", () -> told.stream().anyMatch(one -> one.getString("type").equals("bye")));
    assertThat(told).extracting(one -> one.getString("type")).containsExactly("ready", "bye");
    return told.get(0).getString("engine");
  }
}
