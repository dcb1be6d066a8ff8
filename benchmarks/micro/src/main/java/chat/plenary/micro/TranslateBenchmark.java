package chat.plenary.micro;

import chat.plenary.integrations.translation.EngineSettings;
import chat.plenary.integrations.translation.TranslationEngines;
import chat.plenary.messaging.Chat;
import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.account.Role;
import chat.plenary.messaging.cluster.VertxBus;
import chat.plenary.messaging.content.MessageBody;
import chat.plenary.messaging.conversation.Conversations;
import chat.plenary.messaging.delivery.Signals;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.id.OrganisationId;
import chat.plenary.messaging.id.Ref;
import chat.plenary.messaging.interpretation.TextTranslator;
import chat.plenary.messaging.log.Lanes;
import chat.plenary.messaging.log.Outcome;
import chat.plenary.messaging.log.Timers;
import chat.plenary.messaging.log.VertxTimers;
import chat.plenary.messaging.organisation.OrganisationState;
import chat.plenary.messaging.store.Store;
import chat.plenary.messaging.store.embedded.EmbeddedOptions;
import chat.plenary.messaging.store.embedded.EmbeddedStore;
import chat.plenary.messaging.translation.LinguaDetector;
import chat.plenary.messaging.translation.Options;
import chat.plenary.messaging.translation.Translations;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * The benchmark of translation: {@code DIRECTORY [RATE] [SECONDS]}. Messages of one group, RATE a
 * second, are posted to an embedded store: first untranslated, then translated into Spanish and
 * French by a real Apertium, then so while the only engine for German never answers.
 */
public final class TranslateBenchmark {
  private static final String[] OPENINGS = {
    "The committee adopted resolution %d by consensus",
    "Please send the report number %d before the end of the week",
    "The next meeting begins at %d and the room is not free",
    "We have received %d answers and we thank all who took part"
  };

  private final PrintStream out;
  private final Chat chat;
  private final int rate;
  private final int seconds;
  private final AtomicInteger number = new AtomicInteger();
  private final Map<Long, Long> accepted = new ConcurrentHashMap<>();
  private final Map<String, ConcurrentLinkedQueue<Long>> delays = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> problems = new ConcurrentHashMap<>();

  private TranslateBenchmark(PrintStream out, Chat chat, int rate, int seconds) {
    this.out = out;
    this.chat = chat;
    this.rate = rate;
    this.seconds = seconds;
  }

  public static void main(String[] arguments) throws Exception {
    if (arguments.length < 1) {
      System.err.println("usage: DIRECTORY [RATE] [SECONDS]");
      System.exit(2);
    }
    int rate = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 120;
    int seconds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 30;
    measure(System.out, Path.of(arguments[0]), EngineSettings.apertium(), rate, seconds);
  }

  /** Measures in a directory that holds no store yet. */
  static void measure(
      PrintStream out, Path directory, EngineSettings apertium, int rate, int seconds)
      throws Exception {
    Path path = Files.createDirectories(directory).resolve("store");
    if (Files.exists(path)) {
      throw new IOException(path + " exists already; the benchmark begins with an empty store");
    }
    Vertx vertx = Vertx.vertx();
    DefaultCamelContext camel = new DefaultCamelContext();
    camel.start();
    Store store = Load.await(EmbeddedStore.open(vertx, path, EmbeddedOptions.defaults()));
    Timers timers = new VertxTimers(vertx, Clock.systemUTC());
    Chat chat =
        Load.await(
            Chat.open(
                store,
                Load.await(VertxBus.open(vertx)),
                timers,
                Lanes.contexts(vertx, 2),
                Chat.Options.defaults()));
    List<TextTranslator> engines =
        new ArrayList<>(
            Load.await(
                TranslationEngines.open(vertx, camel, Clock.systemUTC(), List.of(apertium))));
    engines.add(new Stalled());
    Translations translations =
        Translations.open(
            store,
            chat.log(),
            chat.access(),
            chat.history(),
            chat.signals(),
            timers,
            engines,
            new LinguaDetector(true),
            Options.defaults());
    try {
      Load.await(chat.start());
      new TranslateBenchmark(out, chat, rate, seconds).run(translations);
    } finally {
      Load.await(translations.close());
      Load.await(chat.close());
      camel.stop();
      Load.await(store.close());
      Load.await(vertx.close());
    }
  }

  /** Never answers. */
  private static final class Stalled implements TextTranslator {
    @Override
    public String name() {
      return "stalled";
    }

    @Override
    public String title() {
      return "An engine that never answers";
    }

    @Override
    public boolean outside() {
      return false;
    }

    @Override
    public boolean translates(String from, String to) {
      return to.equals("de");
    }

    @Override
    public Future<String> translate(String text, String from, String to) {
      return Promise.<String>promise().future();
    }
  }

  private void run(Translations translations) throws Exception {
    OrganisationId home =
        Load.await(chat.organisations().create("Bench", "alice", "Alice", "correct horse battery"));
    OrganisationState state =
        (OrganisationState) Load.await(chat.log().state(ConversationId.of(home)));
    AccountId owner = Objects.requireNonNull(state.byUserid("alice"), "the owner").id();
    Caller alice = new Caller(owner, home, null, Role.OWNER, false);
    ConversationId group =
        Load.await(
                chat.conversations()
                    .createGroup(alice, "g", "Group", List.of(), true, new Ref("create")))
            .id();
    chat.signals().listen(this::told);
    out.printf(Locale.ROOT, "%d messages/s for %d s, each phase%n", rate, seconds);
    phase("untranslated", alice, group);
    speak(alice, group, List.of("en", "es", "fr"));
    warm(alice, group);
    phase("translated", alice, group);
    settle();
    report();
    speak(alice, group, List.of("en", "es", "fr", "de"));
    phase("beside an engine that never answers", alice, group);
    settle();
    report();
    out.printf(
        Locale.ROOT,
        "into de, by the engine that never answers: %,d problems said, the others left%n",
        problems("de"));
    translations
        .costs()
        .forEach(
            (name, cost) ->
                out.printf(
                    Locale.ROOT,
                    "%s: %,d texts, %,d characters, %,d failures, %,d found again, %,d skipped%n",
                    name,
                    cost.texts(),
                    cost.characters(),
                    cost.failures(),
                    cost.hits(),
                    cost.skipped()));
  }

  private void report() {
    for (String language : List.of("es", "fr")) {
      List<Long> sorted = delays(language);
      out.printf(
          Locale.ROOT,
          "into %s: %,d of %,d, after the accept p50 %,d ms, p99 %,d ms, most %,d ms; %d problems%n",
          language,
          sorted.size(),
          rate * seconds,
          part(sorted, 50),
          part(sorted, 99),
          part(sorted, 100),
          problems(language));
    }
  }

  private void speak(Caller alice, ConversationId group, List<String> languages)
      throws IOException {
    Conversations.Wish wish = new Conversations.Wish(null, null, languages, null);
    Ref ref = new Ref("speak" + languages.size());
    Load.await(chat.conversations().change(alice, group, wish, ref));
  }

  /** Lingua reads its models and the pipelines start with the first text. */
  private void warm(Caller alice, ConversationId group) throws Exception {
    post(alice, group, "The committee begins its work this morning.");
    for (int i = 0; i < 300 && (delays("es").isEmpty() || delays("fr").isEmpty()); i++) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
    out.printf(Locale.ROOT, "the first translation took %,d ms%n", part(delays("fr"), 100));
  }

  private void phase(String name, Caller alice, ConversationId group) throws Exception {
    accepted.clear();
    delays.clear();
    problems.clear();
    ConcurrentLinkedQueue<Long> took = new ConcurrentLinkedQueue<>();
    int all = rate * seconds;
    AtomicInteger done = new AtomicInteger();
    long began = System.nanoTime();
    for (int i = 0; i < all; i++) {
      long due = began + TimeUnit.SECONDS.toNanos(1) * i / rate;
      long left = due - System.nanoTime();
      if (left > 0) {
        TimeUnit.NANOSECONDS.sleep(left);
      }
      int n = number.incrementAndGet();
      String text = String.format(Locale.ROOT, OPENINGS[n % OPENINGS.length], n) + ".";
      long sent = System.nanoTime();
      post(alice, group, text)
          .onComplete(
              v -> {
                took.add((System.nanoTime() - sent) / 1_000);
                done.incrementAndGet();
              });
    }
    while (done.get() < all) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    List<Long> sorted = took.stream().sorted().toList();
    out.printf(
        Locale.ROOT,
        "%s: %,d accepted, %.0f/s, p50 %.1f ms, p99 %.1f ms, most %.1f ms%n",
        name,
        accepted.size(),
        all / ((System.nanoTime() - began) / 1e9),
        part(sorted, 50) / 1e3,
        part(sorted, 99) / 1e3,
        part(sorted, 100) / 1e3);
  }

  private Future<Outcome> post(Caller alice, ConversationId group, String text) {
    return chat.messages()
        .post(alice, group, new Ref("m" + number.incrementAndGet()), MessageBody.text(text), "path")
        .onSuccess(
            outcome -> {
              if (outcome instanceof Outcome.Accepted one) {
                accepted.put(one.seq(), System.nanoTime());
              }
            });
  }

  private void told(Signals.Signal signal) {
    if (signal instanceof Signals.Signal.Translated one) {
      if (one.text() == null) {
        problems.computeIfAbsent(one.language(), l -> new AtomicInteger()).incrementAndGet();
      } else {
        long since = accepted.getOrDefault(one.seq(), System.nanoTime());
        delays
            .computeIfAbsent(one.language(), l -> new ConcurrentLinkedQueue<>())
            .add((System.nanoTime() - since) / 1_000_000);
      }
    }
  }

  private void settle() throws InterruptedException {
    int before = -1;
    for (int i = 0; i < 60; i++) {
      int now = delays("es").size() + delays("fr").size();
      if (now == before || now >= 2 * rate * seconds) {
        return;
      }
      before = now;
      TimeUnit.SECONDS.sleep(1);
    }
  }

  private List<Long> delays(String language) {
    return delays.getOrDefault(language, new ConcurrentLinkedQueue<>()).stream().sorted().toList();
  }

  private int problems(String language) {
    return problems.getOrDefault(language, new AtomicInteger()).get();
  }

  private static long part(List<Long> sorted, int percent) {
    return sorted.isEmpty()
        ? 0
        : sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
  }
}
