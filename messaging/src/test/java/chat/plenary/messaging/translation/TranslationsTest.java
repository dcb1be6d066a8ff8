package chat.plenary.messaging.translation;

import static chat.plenary.messaging.Waiting.await;
import static chat.plenary.messaging.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.plenary.messaging.Assembly;
import chat.plenary.messaging.SlowStore;
import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.content.MessageBody;
import chat.plenary.messaging.conversation.Conversations;
import chat.plenary.messaging.conversation.TranslationPolicy;
import chat.plenary.messaging.delivery.Signals;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.id.Ref;
import chat.plenary.messaging.log.Outcome;
import chat.plenary.messaging.log.VertxTimers;
import chat.plenary.messaging.store.Query;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bson.BsonDocument;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TranslationsTest {
  private final FakeEngine engine = new FakeEngine("engine", false, "en", "es", "fr", "de");
  private final List<Signals.Signal.Translated> told = new CopyOnWriteArrayList<>();
  private SlowStore store;
  private Assembly assembly;
  private Translations translations;
  private ConversationId group;

  @BeforeEach
  void open(@TempDir Path directory) throws Exception {
    assembly =
        Assembly.open(
            directory,
            plain -> {
              store = new SlowStore(plain);
              return store;
            });
    translations =
        Translations.open(
            store,
            assembly.chat.log(),
            assembly.chat.access(),
            assembly.chat.history(),
            assembly.chat.signals(),
            new VertxTimers(assembly.vertx, Clock.systemUTC()),
            List.of(engine),
            new LinguaDetector(true),
            Options.defaults());
    assembly
        .chat
        .signals()
        .listen(
            signal -> {
              if (signal instanceof Signals.Signal.Translated one) {
                told.add(one);
              }
            });
    assembly.start();
    group = assembly.group("g");
    speaks(List.of("en", "es", "fr"), TranslationPolicy.INSIDE, "speaks");
  }

  @AfterEach
  void close() throws Exception {
    await(translations.close());
    assembly.close();
  }

  private void speaks(List<String> languages, TranslationPolicy policy, String ref)
      throws Exception {
    Conversations.Wish wish = new Conversations.Wish(null, null, languages, policy);
    Outcome outcome =
        await(assembly.chat.conversations().change(assembly.alice, group, wish, new Ref(ref)))
            .outcome();
    assertThat(outcome).isInstanceOf(Outcome.Accepted.class);
  }

  private long post(String ref, String text) throws Exception {
    return ((Outcome.Accepted) assembly.post(assembly.alice, group, ref, text)).seq();
  }

  private void edit(String ref, long seq, String text) throws Exception {
    await(
        assembly
            .chat
            .messages()
            .edit(assembly.alice, group, new Ref(ref), seq, MessageBody.text(text), "path"));
  }

  private Translations.Found ask(String language, long seq) throws Exception {
    return await(translations.range(assembly.alice, group, language, seq, seq));
  }

  private List<BsonDocument> rows() throws Exception {
    return await(store.find(Query.in(Rows.COLLECTION, "_id").limit(1_000)));
  }

  @Test
  void whatIsPostedIsToldInTheOtherLanguagesOfTheGroup() throws Exception {
    long seq = post("m", "The committee adopted the resolution by consensus.");
    until(() -> told.size() == 2);
    assertThat(told)
        .extracting(Signals.Signal.Translated::language)
        .containsExactlyInAnyOrder("es", "fr");
    Translations.Found found = ask("es", seq);
    assertThat(found.pending()).isEmpty();
    assertThat(found.translations())
        .containsExactly(
            new Translation(
                seq,
                seq,
                "es",
                "es: The committee adopted the resolution by consensus.",
                "engine",
                "Engine engine",
                null));
    assertThat(ask("en", seq)).isEqualTo(new Translations.Found(List.of(), List.of()));
    assertThat(engine.asked).hasSize(2);
  }

  @Test
  void anotherLanguageIsMadeOnDemandAndTold() throws Exception {
    long seq = post("m", "Good morning everyone, we begin at nine.");
    assertThat(ask("de-AT", seq).pending()).containsExactly(seq);
    until(() -> told.stream().anyMatch(one -> one.language().equals("de")));
    assertThat(ask("de", seq).translations().get(0).text()).startsWith("de: Good");
  }

  @Test
  void anEditIsTranslatedAgainAndTheOldOneShownNoMore() throws Exception {
    long seq = post("m", "We begin the meeting at nine.");
    until(() -> told.size() == 2);
    edit("e", seq, "We begin the meeting at ten.");
    until(() -> told.size() == 4);
    Translation shown = ask("es", seq).translations().get(0);
    assertThat(shown.text()).isEqualTo("es: We begin the meeting at ten.");
    assertThat(shown.of()).isGreaterThan(seq);
  }

  @Test
  void aRecallRecallsTheTranslations() throws Exception {
    long seq = post("m", "This was said by mistake, sorry.");
    until(() -> told.size() == 2);
    assertThat(rows()).isNotEmpty();
    await(assembly.chat.messages().recall(assembly.alice, group, new Ref("r"), seq, "path"));
    until(
        () -> {
          try {
            return rows().isEmpty();
          } catch (Exception e) {
            throw new AssertionError(e);
          }
        });
    assertThat(ask("es", seq)).isEqualTo(new Translations.Found(List.of(), List.of()));
  }

  @Test
  void whatAnEngineSaysAfterARecallIsNeitherStoredNorTold() throws Exception {
    Promise<String> late = Promise.promise();
    engine.answers = (text, to) -> late.future();
    long seq = post("m", "This was said by mistake, sorry.");
    until(() -> engine.asked.size() == 2);
    await(assembly.chat.messages().recall(assembly.alice, group, new Ref("r"), seq, "path"));
    late.complete("Esto se dijo por error, perdón.");
    Thread.sleep(300);
    assertThat(rows()).isEmpty();
    assertThat(told).isEmpty();
  }

  @Test
  void aRecallBetweenJudgingAndStoringLeavesNothing() throws Exception {
    Promise<Void> gate = Promise.promise();
    store.before(
        (doing, collection) ->
            collection.equals(Rows.COLLECTION) && doing == SlowStore.Doing.WRITE
                ? gate.future()
                : Future.succeededFuture());
    long seq = post("m", "This was said by mistake, sorry.");
    until(() -> engine.asked.size() == 2);
    Thread.sleep(200);
    await(assembly.chat.messages().recall(assembly.alice, group, new Ref("r"), seq, "path"));
    Thread.sleep(200);
    gate.complete();
    Thread.sleep(500);
    assertThat(rows()).isEmpty();
    assertThat(told).isEmpty();
  }

  @Test
  void aLateAnswerToAnOlderBodyIsNotShown() throws Exception {
    Promise<String> late = Promise.promise();
    engine.answers =
        (text, to) ->
            text.contains("nine") ? late.future() : Future.succeededFuture(to + ": " + text);
    long seq = post("m", "We begin the meeting at nine.");
    until(() -> engine.asked.size() == 2);
    edit("e", seq, "We begin the meeting at ten.");
    until(() -> told.size() == 2);
    late.complete("Comenzamos la reunión a las nueve.");
    Thread.sleep(300);
    assertThat(told).hasSize(2);
    assertThat(ask("es", seq).translations().get(0).text()).contains("ten");
  }

  @Test
  void aStalledLanguageDelaysNoOther() throws Exception {
    engine.answers =
        (text, to) ->
            to.equals("fr")
                ? Promise.<String>promise().future()
                : Future.succeededFuture(to + ": " + text);
    for (int i = 0; i < 150; i++) {
      post("m" + i, "We begin the meeting number " + i + " today.");
    }
    until(() -> told.stream().filter(one -> one.language().equals("es")).count() == 150);
    assertThat(told)
        .filteredOn(one -> one.problem() != null)
        .extracting(Signals.Signal.Translated::language)
        .allMatch(language -> language.equals("fr"));
  }

  @Test
  void aProblemIsSaidWhereTheTextWouldBe() throws Exception {
    engine.answers = (text, to) -> Future.failedFuture(new IllegalStateException("dead"));
    long seq = post("m", "We begin the meeting at nine.");
    until(() -> told.size() == 2);
    assertThat(ask("es", seq).translations())
        .containsExactly(
            Translation.problem(
                seq, seq, "es", "Engine engine does not answer now; it is tried again."));
  }

  @Test
  void shortMessagesAreInTheLanguageThatTheirSenderNames() throws Exception {
    await(translations.setLanguage(assembly.alice, "es"));
    assertThat(await(translations.language(assembly.alice))).isEqualTo("es");
    long seq = post("m", "Hola chat");
    until(() -> told.size() == 2);
    assertThat(engine.asked).allMatch(asked -> asked.startsWith("es>"));
    assertThat(ask("es", seq).translations()).isEmpty();
    await(translations.setLanguage(assembly.alice, null));
    assertThat(await(translations.language(assembly.alice))).isNull();
  }

  @Test
  void captionsAreTranslatedFromWhatTheySayAndKeepWhatTheyBrought() throws Exception {
    JsonObject caption =
        new JsonObject()
            .put("meeting", "mAAAAAAAAAAAAAAAAAAAAAA")
            .put("language", "en")
            .put("text", "We open the meeting.")
            .put(
                "translations",
                new JsonArray()
                    .add(
                        new JsonObject()
                            .put("language", "es")
                            .put("text", "Abrimos la reunión.")
                            .put("engine", "tencent")));
    Caller service = Caller.service(assembly.alice.organisation());
    Outcome posted =
        await(
            assembly
                .chat
                .messages()
                .post(service, group, new Ref("c"), new MessageBody.Caption(caption), "path"));
    long seq = ((Outcome.Accepted) posted).seq();
    until(() -> told.size() == 1);
    assertThat(engine.asked).containsExactly("en>fr We open the meeting.");
    assertThat(ask("es", seq).translations().get(0).text()).isEqualTo("Abrimos la reunión.");
    assertThat(ask("en", seq).pending()).isEmpty();
    assertThat(
            await(translations.of(assembly.alice, group, List.of(seq), "fr"))
                .translations()
                .get(0)
                .text())
        .isEqualTo("fr: We open the meeting.");
  }

  @Test
  void theGlossaryIsTheOrganisations() throws Exception {
    await(
        translations.setGlossary(
            assembly.alice, List.of(new Term("General Assembly", "Asamblea General", "en", "es"))));
    assertThat(await(translations.glossary(assembly.bo))).hasSize(1);
    long seq = post("m", "The General Assembly begins today.");
    until(() -> told.size() == 2);
    assertThat(ask("es", seq).translations().get(0).text())
        .isEqualTo("es: The Asamblea General begins today.");
    assertThat(ask("fr", seq).translations().get(0).text())
        .isEqualTo("fr: The General Assembly begins today.");
  }

  @Test
  void whereNothingIsTranslatedNobodyIsAsked() throws Exception {
    speaks(List.of("en", "es"), TranslationPolicy.OFF, "off");
    long seq = post("m", "We begin the meeting at nine.");
    assertThatThrownBy(() -> ask("es", seq)).hasMessageContaining("Nothing is translated");
    Caller stranger =
        new Caller(
            chat.plenary.messaging.id.AccountId.random(),
            assembly.alice.organisation(),
            null,
            assembly.alice.role(),
            false);
    assertThatThrownBy(() -> await(translations.range(stranger, group, "es", seq, seq)))
        .hasMessageContaining("no such conversation");
    assertThat(engine.asked).isEmpty();
  }
}
