package chat.plenary.messaging.translation;

import chat.plenary.messaging.conversation.TranslationPolicy;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.id.OrganisationId;
import chat.plenary.messaging.interpretation.TextTranslator;
import chat.plenary.messaging.log.Timers;
import chat.plenary.messaging.store.Store;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All engines, in which order they are asked, and a message through one of them. */
final class Engines {
  /** Lines of one message that an engine is given at once. */
  private static final int AT_ONCE = 8;

  private final Map<String, Engine> engines = new LinkedHashMap<>();
  private final Options options;

  Engines(List<TextTranslator> translators, Store store, Timers timers, Options options) {
    this.options = options;
    Cache cache = new Cache(timers);
    Quota inside = new Quota(store, timers, "inside", options.insideQuota());
    Quota outside = new Quota(store, timers, "outside", options.outsideQuota());
    for (TextTranslator translator : translators) {
      Quota quota = translator.outside() ? outside : inside;
      if (engines.put(translator.name(), new Engine(translator, cache, quota, timers, options))
          != null) {
        throw new IllegalArgumentException("two engines are named " + translator.name());
      }
    }
    options
        .order()
        .forEach(
            (pair, names) -> {
              for (String name : names) {
                if (!engines.containsKey(name)) {
                  throw new IllegalArgumentException(
                      "the order of " + pair + " names no engine: " + name);
                }
              }
            });
  }

  /**
   * A message in another language.
   *
   * @param text what it says
   * @param engine who translated all of it
   */
  record Answer(String text, TextTranslator engine) {}

  /**
   * Translates a message, by the first engine that can. Fails with a fault, in words for people.
   */
  Future<Answer> translate(
      OrganisationId organisation, TranslationPolicy policy, String from, String to, Text text) {
    List<Engine> able = new ArrayList<>();
    boolean outside = false;
    for (Engine engine : order(from, to)) {
      if (engine.translator().translates(from, to)) {
        if (policy == TranslationPolicy.OUTSIDE || !engine.translator().outside()) {
          able.add(engine);
        } else {
          outside = true;
        }
      }
    }
    return able.isEmpty()
        ? Future.failedFuture(nobody(from, to, outside))
        : first(able, 0, organisation, from, to, text, null);
  }

  private Future<Answer> first(
      List<Engine> able,
      int index,
      OrganisationId organisation,
      String from,
      String to,
      Text text,
      @Nullable Throwable last) {
    if (index == able.size()) {
      return Future.failedFuture(last == null ? nobody(from, to, false) : last);
    }
    Engine engine = able.get(index);
    return message(engine, organisation, from, to, text)
        .map(said -> new Answer(said, engine.translator()))
        .recover(why -> first(able, index + 1, organisation, from, to, text, why));
  }

  private static Future<String> message(
      Engine engine, OrganisationId organisation, String from, String to, Text text) {
    List<Line> lines = text.lines();
    List<String> translated = new ArrayList<>();
    Future<Void> done = Future.succeededFuture();
    for (int i = 0; i < lines.size(); i += AT_ONCE) {
      List<Line> some = lines.subList(i, Math.min(lines.size(), i + AT_ONCE));
      done =
          done.compose(v -> each(some, line -> line(engine, organisation, from, to, line)))
              .map(
                  said -> {
                    translated.addAll(said);
                    return null;
                  });
    }
    return done.map(v -> text.with(translated));
  }

  private static Future<String> line(
      Engine engine, OrganisationId organisation, String from, String to, Line line) {
    return engine
        .translate(organisation, line.masked(), from, to)
        .compose(
            answer -> {
              String whole = line.unmasked(answer);
              return whole != null
                  ? Future.succeededFuture(whole)
                  : each(line.between(), part -> engine.translate(organisation, part, from, to))
                      .map(line::joined);
            });
  }

  private interface Step<A> {
    Future<String> take(A one);
  }

  private static <A> Future<List<String>> each(List<A> all, Step<A> step) {
    List<Future<String>> answers = all.stream().map(step::take).toList();
    return Future.all(answers).map(v -> answers.stream().map(Future::result).toList());
  }

  private List<Engine> order(String from, String to) {
    for (String pair : List.of(from + ">" + to, "*>" + to, from + ">*", "*>*")) {
      List<String> names = options.order().get(pair);
      if (names != null) {
        List<Engine> found = new ArrayList<>();
        for (String name : names) {
          Engine engine = engines.get(name);
          if (engine != null) {
            found.add(engine);
          }
        }
        return found;
      }
    }
    return List.copyOf(engines.values());
  }

  private static Fault nobody(String from, String to, boolean outside) {
    return Fault.of(
        Fault.Code.NOT_FOUND,
        "No engine here translates from "
            + name(from)
            + " into "
            + name(to)
            + (outside ? "; the group's owner has not allowed engines outside." : "."));
  }

  private static String name(String language) {
    return Locale.forLanguageTag(language).getDisplayName(Locale.ENGLISH);
  }

  /** What people call an engine; its name where there is none of that name. */
  String title(String name) {
    Engine engine = engines.get(name);
    return engine == null ? name : engine.translator().title();
  }

  Map<String, Cost> costs() {
    Map<String, Cost> costs = new LinkedHashMap<>();
    engines.forEach((name, engine) -> costs.put(name, engine.cost()));
    return costs;
  }

  Future<Void> close() {
    return Future.join(
            engines.values().stream().map(engine -> engine.translator().close()).toList())
        .transform(done -> Future.succeededFuture());
  }
}
