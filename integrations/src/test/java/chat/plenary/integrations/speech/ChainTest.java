package chat.plenary.integrations.speech;

import static chat.plenary.messaging.Waiting.await;
import static chat.plenary.messaging.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.integrations.translation.EngineSettings;
import chat.plenary.integrations.translation.TranslationEngines;
import chat.plenary.messaging.account.SignedIn;
import chat.plenary.messaging.caption.CaptionRecord;
import chat.plenary.messaging.caption.CaptionTranslations;
import chat.plenary.messaging.caption.Exports;
import chat.plenary.messaging.caption.Floors;
import chat.plenary.messaging.conversation.Conversations;
import chat.plenary.messaging.gateway.CaptionNode;
import chat.plenary.messaging.gateway.SpeechConnections;
import chat.plenary.messaging.gateway.VoiceClient;
import chat.plenary.messaging.interpretation.TextTranslator;
import chat.plenary.messaging.log.VertxTimers;
import chat.plenary.messaging.translation.Detector;
import chat.plenary.messaging.translation.Options;
import chat.plenary.messaging.translation.Translations;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * From a voice to readers in three languages, and to a listener, with nothing simulated: espeak-ng
 * speaks English into the server's socket at the pace of speech, pocketsphinx hears it by a
 * grammar, Apertium translates, three members read, and one hears it in Spanish by espeak-ng. It
 * shows that the chain holds, and nothing about quality: pocketsphinx knows four sentences, and
 * Apertium is literal.
 */
class ChainTest {
  private static final List<String> SPANISH =
      List.of(
          "Abrimos la reunión.",
          "El comité adoptó la resolución por consenso.",
          "El informe está a punto.",
          "Gracias Para vuestra obra.");

  @TempDir Path directory;
  @TempDir Path scratch;
  private final Vertx clients = Vertx.vertx();

  /** A member on a live connection: what they are shown, by the entry's number. */
  private final class Reader {
    final Map<Long, String> said = new LinkedHashMap<>();
    final Map<Long, String> translated = new LinkedHashMap<>();
    final List<Long> order = new CopyOnWriteArrayList<>();
    WebSocket socket;

    void open(CaptionNode node, SignedIn who, String language) throws Exception {
      socket = connect(node, "/api/v1/connect");
      List<String> types = new CopyOnWriteArrayList<>();
      socket.textMessageHandler(
          text -> {
            JsonObject frame = new JsonObject(text);
            take(frame);
            types.add(frame.getString("type"));
          });
      send(socket, new JsonObject().put("type", "hello").put("token", who.accessToken().text()));
      until(() -> types.contains("live"));
      send(
          socket,
          new JsonObject()
              .put("type", "reading")
              .put("conversation", node.floors.group.value())
              .put("language", language)
              .put("meeting", Floors.MEETING));
    }

    private synchronized void take(JsonObject frame) {
      if (frame.getString("type").equals("entry")) {
        JsonObject entry = frame.getJsonObject("entry");
        JsonObject body = entry.getJsonObject("body");
        if (body != null && "caption".equals(body.getString("type"))) {
          said.put(entry.getLong("seq"), body.getString("text"));
          order.add(entry.getLong("seq"));
        }
      } else if (frame.getString("type").equals("translation")) {
        assertThat(frame.getString("engine")).as(frame::encode).isEqualTo("apertium");
        translated.put(frame.getLong("seq"), frame.getString("text"));
      }
    }

    /** What is read, in order. */
    synchronized List<String> reads(Map<Long, String> texts) {
      return order.stream().map(texts::get).collect(Collectors.toList());
    }
  }

  private WebSocket connect(CaptionNode node, String path) throws Exception {
    WebSocketClient client = clients.createWebSocketClient();
    return await(
        client.connect(
            new WebSocketConnectOptions()
                .setHost("127.0.0.1")
                .setPort(node.port())
                .setURI(path)
                .setAllowOriginHeader(false)));
  }

  private static void send(WebSocket socket, JsonObject frame) throws Exception {
    await(socket.writeTextMessage(frame.encode()));
  }

  /** What a test needs: the engines, a node, and its group of three languages. */
  private void with(Scene scene) throws Exception {
    Spoken.needs("espeak-ng", "pocketsphinx_continuous", "apertium");
    List<Translations> opened = new ArrayList<>();
    List<TextTranslator> engines =
        await(
            TranslationEngines.open(
                clients,
                new DefaultCamelContext(),
                Clock.systemUTC(),
                List.of(EngineSettings.apertium())));
    Espeak mouth =
        new Espeak(clients, new Espeak.Options("espeak-ng", Set.of("en", "es", "fr"), 140));
    Floors floors =
        Floors.open(
            directory,
            assembly -> {
              Translations translations =
                  Translations.open(
                      assembly.store,
                      assembly.chat.log(),
                      assembly.chat.access(),
                      assembly.chat.history(),
                      assembly.chat.signals(),
                      new VertxTimers(assembly.vertx, Clock.systemUTC()),
                      engines,
                      Detector.none(),
                      Options.defaults());
              opened.add(translations);
              return new CaptionTranslations(translations);
            },
            List.of(mouth),
            List.of());
    Pocketsphinx ears =
        new Pocketsphinx(floors.assembly.vertx, Pocketsphinx.Options.english(Spoken.grammar()));
    try (CaptionNode node =
        new CaptionNode(floors, List.of(ears), SpeechConnections.Options.defaults())) {
      floors.change(new Conversations.Wish(null, null, List.of("en", "es", "fr"), null));
      scene.play(node);
    } finally {
      await(opened.get(0).close());
      await(ears.close());
      await(clients.close());
    }
  }

  private interface Scene {
    void play(CaptionNode node) throws Exception;
  }

  @Test
  void aVoiceIsReadInThreeLanguagesAndHeardInAnotherInOrder() throws Exception {
    with(
        node -> {
          Reader english = new Reader();
          Reader spanish = new Reader();
          Reader french = new Reader();
          english.open(node, node.join("nora"), "en");
          SignedIn sofia = node.join("sofia");
          spanish.open(node, sofia, "es");
          french.open(node, node.join("francois"), "fr");
          VoiceClient listener = node.listen(sofia, "es");
          listener.next("ready");

          speak(node);

          until(() -> english.order.size() == 4);
          until(
              () -> spanish.order.size() == 4 && !spanish.reads(spanish.translated).contains(null));
          until(() -> french.order.size() == 4 && !french.reads(french.translated).contains(null));
          assertThat(english.reads(english.said)).isEqualTo(Spoken.SENTENCES);
          assertThat(english.translated).isEmpty();
          assertThat(spanish.reads(spanish.said)).isEqualTo(Spoken.SENTENCES);
          assertThat(spanish.reads(spanish.translated)).isEqualTo(SPANISH);
          assertThat(french.reads(french.translated).get(1))
              .contains("comité")
              .contains("résolution");
          for (Reader one : List.of(english, spanish, french)) {
            assertThat(one.order).isSorted().doesNotHaveDuplicates();
          }
          CaptionRecord.Page page =
              await(
                  node.floors
                      .captions
                      .record()
                      .export(node.floors.assembly.alice, Floors.MEETING, 0, "es"));
          assertThat(Exports.webVtt(page, "es")).contains(SPANISH);
          hears(listener, page);
        });
  }

  /** The voice in Spanish: each sentence once and in order, at a length at which one speaks. */
  private static void hears(VoiceClient listener, CaptionRecord.Page page) throws Exception {
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      JsonObject sentence = listener.next("sentence");
      assertThat(sentence.getString("engine")).isEqualTo("espeak-ng");
      keys.add(sentence.getString("key"));
    }
    assertThat(keys).isEqualTo(page.lines().stream().map(CaptionRecord.Line::key).toList());
    int letters = String.join("", SPANISH).length();
    listener.heard(letters * 40 * 32);
    Buffer all = all(listener);
    assertThat(all.length() / 32).as("milliseconds").isLessThan(letters * 150);
    assertThat(Spoken.loudness(all)).isGreaterThan(500);
    assertThat(listener.frames).as("nothing was lost").isEmpty();
  }

  /** What was heard, when nothing more comes. */
  private static Buffer all(VoiceClient listener) throws InterruptedException {
    int before = -1;
    while (before < listener.bytes.get()) {
      before = listener.bytes.get();
      Thread.sleep(1_500);
    }
    return whole(listener.audio);
  }

  private static Buffer whole(List<Buffer> pieces) {
    Buffer whole = Buffer.buffer();
    pieces.forEach(whole::appendBuffer);
    return whole;
  }

  /**
   * Backwards: typed in Spanish, translated, spoken in English, and heard by pocketsphinx, each
   * sentence by itself.
   */
  @Test
  void whatIsHeardInEnglishIsWhatWasSaidInSpanish() throws Exception {
    with(
        node -> {
          VoiceClient listener = node.listen(node.join("nora"), "en");
          listener.next("ready");
          SignedIn alice = node.signIn("alice");
          for (String text : List.of(SPANISH.get(0), SPANISH.get(1))) {
            JsonObject typed =
                new JsonObject()
                    .put("ref", "t" + text.length())
                    .put("language", "es")
                    .put("text", text)
                    .put("complete", true);
            assertThat(node.call(alice, HttpMethod.POST, "/captions", typed).statusCode())
                .isEqualTo(200);
          }
          listener.next("sentence");
          listener.next("sentence");
          all(listener);
          int second = listener.begins.get(1);
          List<Buffer> heard = listener.audio;
          assertThat(Spoken.heard(whole(heard.subList(0, second)), clients))
              .containsExactly(Spoken.SENTENCES.get(0));
          assertThat(Spoken.heard(whole(heard.subList(second, heard.size())), clients))
              .containsExactly(Spoken.SENTENCES.get(1));
        });
  }

  /** At the pace at which it is spoken. */
  private void speak(CaptionNode node) throws Exception {
    SignedIn alice = node.signIn("alice");
    List<String> told = new CopyOnWriteArrayList<>();
    WebSocket socket = connect(node, "/api/v1/meetings/" + Floors.MEETING + "/speech");
    socket.textMessageHandler(text -> told.add(new JsonObject(text).getString("type")));
    send(
        socket,
        new JsonObject()
            .put("type", "hello")
            .put("token", alice.accessToken().text())
            .put("language", "en"));
    until(() -> told.contains("ready"));
    for (Buffer piece : Spoken.pieces(Spoken.SENTENCES, scratch)) {
      await(socket.writeBinaryMessage(piece));
      Thread.sleep(200);
    }
    send(socket, new JsonObject().put("type", "end"));
    until(() -> told.contains("bye"));
    assertThat(told).containsExactly("ready", "bye");
  }
}
