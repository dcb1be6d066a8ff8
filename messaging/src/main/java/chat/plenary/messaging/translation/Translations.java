package chat.plenary.messaging.translation;

import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.conversation.Access;
import chat.plenary.messaging.conversation.Kinds;
import chat.plenary.messaging.conversation.Marks;
import chat.plenary.messaging.conversation.TranslationPolicy;
import chat.plenary.messaging.delivery.Signals;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.interpretation.Language;
import chat.plenary.messaging.interpretation.TextTranslator;
import chat.plenary.messaging.log.Log;
import chat.plenary.messaging.log.Timers;
import chat.plenary.messaging.message.EntryView;
import chat.plenary.messaging.message.History;
import chat.plenary.messaging.store.Store;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Translations of messages and captions, and what they are made by. */
public final class Translations {
  /** Messages that are asked for at once, at the most. */
  public static final int MAX_RANGE = 100;

  /** Translations that are made on demand at once on a node; more are begun when asked again. */
  private static final int MAX_ON_DEMAND = 1_000;

  private static final Duration AGAIN = Duration.ofMinutes(1);

  private final Access access;
  private final History history;
  private final Timers timers;
  private final Engines engines;
  private final Detector detector;
  private final Members members;
  private final Glossaries glossaries;
  private final Rows rows;
  private final Translating translating;

  private Translations(
      Store store,
      Log log,
      Access access,
      History history,
      Signals signals,
      Timers timers,
      List<TextTranslator> translators,
      Detector detector,
      Options options) {
    this.access = access;
    this.history = history;
    this.timers = timers;
    this.engines = new Engines(translators, store, timers, options);
    this.detector = detector;
    this.members = new Members(store, timers);
    this.glossaries = new Glossaries(store, timers);
    this.rows = new Rows(store, new Marks(log, store));
    this.translating =
        new Translating(
            log, timers, engines, detector, members, glossaries, rows, signals, options);
  }

  /**
   * Opens the feature: from now on it follows the log. To be called before the log starts.
   *
   * @param translators the engines, in the order in which they are asked unless the options say
   *     otherwise; closed with the feature
   * @param detector closed with the feature
   */
  public static Translations open(
      Store store,
      Log log,
      Access access,
      History history,
      Signals signals,
      Timers timers,
      List<TextTranslator> translators,
      Detector detector,
      Options options) {
    Translations opened =
        new Translations(
            store, log, access, history, signals, timers, translators, detector, options);
    log.listen(new TranslationListener(log, timers, opened.translating, opened.rows));
    return opened;
  }

  /**
   * What is known of some messages in a language. What is in that language itself, and what is no
   * text, is in neither list.
   *
   * @param translations what they say, or why that is not known; lowest seq first
   * @param pending messages whose translations are being made; they are told by a frame
   */
  public record Found(List<Translation> translations, List<Long> pending) {}

  /**
   * What the messages of a range say in a language; what is missing is made.
   *
   * @param from the first seq; 0 for the newest {@value #MAX_RANGE} up to {@code to}
   * @param to the last seq, at most {@value #MAX_RANGE} from the first; 0 for the newest
   * @return fails as not found for whoever is no member, as forbidden where nothing is translated
   */
  public Future<Found> range(
      Caller caller, ConversationId conversation, String language, long from, long to) {
    return access
        .view(caller, conversation)
        .compose(
            view -> {
              long last = to == 0 ? view.upTo() : Math.min(to, view.upTo());
              long first = from == 0 ? Math.max(1, last - MAX_RANGE + 1) : from;
              if (to != 0 && from != 0 && to - from >= MAX_RANGE) {
                throw Fault.invalid("to", "At most " + MAX_RANGE + " messages are asked for.");
              }
              if (first > last) {
                return Future.succeededFuture(new Found(List.of(), List.of()));
              }
              return found(view, language, first, Math.min(last, first + MAX_RANGE - 1), null);
            });
  }

  /**
   * The same of some messages, which may stand far apart.
   *
   * @param seqs at most {@value #MAX_RANGE}
   */
  public Future<Found> of(
      Caller caller, ConversationId conversation, Collection<Long> seqs, String language) {
    return access
        .view(caller, conversation)
        .compose(
            view -> {
              List<Translation> translations = new ArrayList<>();
              List<Long> pending = new ArrayList<>();
              List<Long> left = new ArrayList<>(seqs.stream().sorted().distinct().toList());
              Future<Void> done = Future.succeededFuture();
              while (!left.isEmpty()) {
                long first = left.get(0);
                List<Long> some = left.stream().filter(seq -> seq < first + MAX_RANGE).toList();
                left.removeAll(some);
                done =
                    done.compose(
                            v ->
                                found(
                                    view,
                                    language,
                                    first,
                                    some.get(some.size() - 1),
                                    new HashSet<>(some)))
                        .map(
                            found -> {
                              translations.addAll(found.translations());
                              pending.addAll(found.pending());
                              return null;
                            });
              }
              return done.map(v -> new Found(translations, pending));
            });
  }

  private Future<Found> found(
      Access.View view, String language, long first, long last, @Nullable Set<Long> wanted) {
    if (view.state().speaking().translation() == TranslationPolicy.OFF) {
      throw Fault.of(Fault.Code.FORBIDDEN, "Nothing is translated in this group.");
    }
    String into = Language.written(language);
    return history
        .between(view, first, last, MAX_RANGE)
        .compose(
            entries -> {
              List<Message> messages = new ArrayList<>();
              for (EntryView entry : entries) {
                if (entry.entry().kind().equals(Kinds.POSTED)
                    && (wanted == null || wanted.contains(entry.entry().seq()))) {
                  add(messages, view, entry);
                }
              }
              List<String> ids =
                  messages.stream()
                      .map(one -> Rows.id(one.conversation(), one.seq(), into))
                      .toList();
              return rows.get(view.state().id(), ids).map(there -> answer(messages, there, into));
            });
  }

  private static void add(List<Message> messages, Access.View view, EntryView entry) {
    EntryView.Edit edit = entry.edit();
    long seq = entry.entry().seq();
    Message message =
        Message.of(
            view.state(),
            seq,
            edit == null ? seq : edit.seq(),
            entry.entry().sender(),
            entry.body());
    if (message != null) {
      messages.add(message);
    }
  }

  private Found answer(List<Message> messages, Map<String, Rows.Row> there, String into) {
    List<Translation> known = new ArrayList<>();
    List<Long> pending = new ArrayList<>();
    for (Message message : messages) {
      Translation own = own(message, into);
      Rows.Row row = there.get(Rows.id(message.conversation(), message.seq(), into));
      if (own != null) {
        known.add(own);
      } else if (row == null || row.of() != message.of()) {
        if (!message.needsNone(into)) {
          pending.add(message.seq());
          make(message, into);
        }
      } else if (row.problem() != null) {
        known.add(Translation.problem(row.seq(), row.of(), into, row.problem()));
        if (timers.clock().millis() - row.at() > AGAIN.toMillis()) {
          make(message, into);
        }
      } else if (row.text() != null) {
        String engine = String.valueOf(row.engine());
        known.add(
            new Translation(
                row.seq(), row.of(), into, row.text(), engine, engines.title(engine), null));
      }
    }
    return new Found(known, pending);
  }

  private @Nullable Translation own(Message message, String into) {
    return message.own().stream()
        .filter(one -> Language.same(one.language(), into))
        .findFirst()
        .map(
            one ->
                new Translation(
                    message.seq(),
                    message.of(),
                    into,
                    one.text(),
                    one.engine(),
                    engines.title(one.engine()),
                    null))
        .orElse(null);
  }

  private void make(Message message, String into) {
    if (translating.underWay() < MAX_ON_DEMAND) {
      translating
          .language(message, into)
          .compose(from -> translating.into(message, from, into))
          .onFailure(why -> {});
    }
  }

  /** The language that the caller reads and writes, or null. */
  public Future<@Nullable String> language(Caller caller) {
    return members.stored(caller.account()).map(found -> found.orElse(null));
  }

  /**
   * Says which language the caller reads and writes.
   *
   * @param language a tag; null for none
   */
  public Future<Void> setLanguage(Caller caller, @Nullable String language) {
    return members.set(caller.account(), language);
  }

  /** The glossary of the caller's organisation. */
  public Future<List<Term>> glossary(Caller caller) {
    return glossaries.all(caller.organisation());
  }

  /**
   * Replaces the glossary of the caller's organisation; what was translated stays as it is.
   *
   * @param terms at most {@value Term#MOST}
   */
  public Future<Void> setGlossary(Caller caller, List<Term> terms) {
    return glossaries.set(caller.organisation(), terms);
  }

  /** What each engine was asked on this node, by its name. */
  public Map<String, Cost> costs() {
    return engines.costs();
  }

  /** Ends the engines and the detector. */
  public Future<Void> close() {
    detector.close();
    return engines.close();
  }
}
