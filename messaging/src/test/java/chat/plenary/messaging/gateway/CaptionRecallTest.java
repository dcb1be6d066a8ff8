package chat.plenary.messaging.gateway;

import static chat.plenary.messaging.Waiting.await;
import static chat.plenary.messaging.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.messaging.account.SignedIn;
import chat.plenary.messaging.caption.CaptionTranslations;
import chat.plenary.messaging.caption.Floors;
import chat.plenary.messaging.conversation.Conversations;
import chat.plenary.messaging.conversation.TranslationPolicy;
import chat.plenary.messaging.id.Ref;
import chat.plenary.messaging.interpretation.TextTranslator;
import chat.plenary.messaging.log.Outcome;
import chat.plenary.messaging.log.VertxTimers;
import chat.plenary.messaging.store.Query;
import chat.plenary.messaging.translation.Detector;
import chat.plenary.messaging.translation.Options;
import chat.plenary.messaging.translation.Translations;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A caption that is corrected and then recalled, wherever it is read. */
class CaptionRecallTest {
  private static final List<String> FILES = List.of("captions.vtt", "captions.txt", "captions");

  private Translations translations;
  private Floors floors;
  private CaptionNode node;
  private SignedIn bob;

  /** Says in which language it would be. */
  private static final class Engine implements TextTranslator {
    @Override
    public String name() {
      return "engine";
    }

    @Override
    public String title() {
      return "Engine";
    }

    @Override
    public boolean outside() {
      return false;
    }

    @Override
    public boolean translates(String from, String to) {
      return true;
    }

    @Override
    public Future<String> translate(String text, String from, String to) {
      return Future.succeededFuture(to + ": " + text);
    }
  }

  @BeforeEach
  void open(@TempDir Path directory) throws Exception {
    floors =
        Floors.open(
            directory,
            assembly -> {
              translations =
                  Translations.open(
                      assembly.store,
                      assembly.chat.log(),
                      assembly.chat.access(),
                      assembly.chat.history(),
                      assembly.chat.signals(),
                      new VertxTimers(assembly.vertx, Clock.systemUTC()),
                      List.of(new Engine()),
                      Detector.none(),
                      Options.defaults());
              return new CaptionTranslations(translations);
            });
    node = new CaptionNode(floors, List.of(), SpeechConnections.Options.defaults());
    Conversations.Wish wish =
        new Conversations.Wish(null, null, List.of("en", "es"), TranslationPolicy.INSIDE);
    assertThat(
            await(
                    floors
                        .assembly
                        .chat
                        .conversations()
                        .change(floors.assembly.alice, floors.group, wish, new Ref("speaks")))
                .outcome())
        .isInstanceOf(Outcome.Accepted.class);
    bob = node.join("bob");
  }

  @AfterEach
  void close() throws Exception {
    await(translations.close());
    node.close();
  }

  private String file(String what, String language) throws Exception {
    String query = language == null ? "" : "?language=" + language;
    return node.call(bob, HttpMethod.GET, "/" + what + query, null).body();
  }

  private String translated(String text) throws Exception {
    String record = "";
    for (int i = 0; i < 1_000; i++) {
      record = file("captions", "es");
      if (record.contains("es: " + text)) {
        return record;
      }
      Thread.sleep(10);
    }
    return record;
  }

  private String stored() throws Exception {
    StringBuilder all = new StringBuilder();
    for (String collection : List.of("entries", "marks", "translations", "captions")) {
      all.append(await(floors.assembly.store.find(Query.in(collection, "_id").limit(1_000))));
    }
    return all.toString();
  }

  @Test
  void whatReadersFilesAndTheStoreHadOfItGoesWithIt() throws Exception {
    LiveNode.Client follower = node.follow(bob, "es");
    long seq = floors.take(Floors.said("a", "A first slip.", 1));
    assertThat(translated("A first slip.")).contains("es: A first slip.");
    floors.take(Floors.said("a", "A corrected slip.", 2));
    assertThat(translated("A corrected slip."))
        .contains("es: A corrected slip.")
        .doesNotContain("first");
    for (String what : FILES) {
      assertThat(file(what, "es")).as(what).contains("es: A corrected slip.");
      assertThat(file(what, null)).as(what).contains("A corrected slip.").doesNotContain("first");
    }

    floors.recall(seq);
    JsonObject told =
        follower.next(
            frame ->
                frame.getString("type").equals("entry")
                    && frame.getJsonObject("entry").getString("kind").equals("message.recalled"));
    assertThat(told.getJsonObject("entry").getJsonObject("body").getLong("target")).isEqualTo(seq);
    for (String what : FILES) {
      assertThat(file(what, "es")).as(what).doesNotContain("slip");
      assertThat(file(what, null)).as(what).doesNotContain("slip");
    }
    until(() -> !stored().contains("slip"));
    assertThat(stored()).contains("message.recalled").doesNotContain("slip");
  }
}
