package chat.plenary.messaging.translation;

import chat.plenary.messaging.account.Account;
import chat.plenary.messaging.delivery.Signals;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.id.OrganisationId;
import chat.plenary.messaging.interpretation.Language;
import chat.plenary.messaging.log.Log;
import chat.plenary.messaging.log.Timers;
import chat.plenary.messaging.organisation.OrganisationState;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One message into one language: from its body to the row and to those who read it. What is under
 * way is not begun twice on this node.
 */
final class Translating {
  private static final int SHORT = 3;

  private final Log log;
  private final Timers timers;
  private final Engines engines;
  private final Detector detector;
  private final Members members;
  private final Glossaries glossaries;
  private final Rows rows;
  private final Signals signals;
  private final Options options;
  private final Map<String, Future<Void>> underWay = new ConcurrentHashMap<>();

  Translating(
      Log log,
      Timers timers,
      Engines engines,
      Detector detector,
      Members members,
      Glossaries glossaries,
      Rows rows,
      Signals signals,
      Options options) {
    this.log = log;
    this.timers = timers;
    this.engines = engines;
    this.detector = detector;
    this.members = members;
    this.glossaries = glossaries;
    this.rows = rows;
    this.signals = signals;
    this.options = options;
  }

  /** How many are under way on this node. */
  int underWay() {
    return underWay.size();
  }

  /**
   * The language of a message, or null where nothing tells it.
   *
   * @param reader the language that is wanted, which it may be in already
   */
  Future<@Nullable String> language(Message message, @Nullable String reader) {
    String own = message.language();
    if (own != null) {
      return Future.succeededFuture(own);
    }
    String said = Text.of(message.text(), message.markdown(), List.of(), List.of()).said();
    if (said.isBlank()) {
      return Future.succeededFuture(null);
    }
    return members
        .language(message.sender())
        .compose(
            profile -> {
              String senders = profile.orElse(null);
              if (senders != null && Words.count(said) < SHORT) {
                return Future.succeededFuture(senders);
              }
              Set<String> among = among(message, senders, reader);
              return among.size() == 1
                  ? Future.succeededFuture(among.iterator().next())
                  : detector.detect(said, among).map(found -> found == null ? senders : found);
            });
  }

  private Set<String> among(Message message, @Nullable String senders, @Nullable String reader) {
    Set<String> among = new LinkedHashSet<>(message.speaking().languages());
    if (among.isEmpty()) {
      among.addAll(options.languages());
    }
    for (String more : Arrays.asList(senders, reader)) {
      if (more != null && among.stream().noneMatch(known -> Language.same(known, more))) {
        among.add(more);
      }
    }
    return among;
  }

  /**
   * Translates a message into a language, stores what came of it and tells those who read it. It
   * fails only where the store does.
   *
   * @param from the message's language; null where it is not known
   * @param into a language without a region
   */
  Future<Void> into(Message message, @Nullable String from, String into) {
    String id = Rows.id(message.conversation(), message.seq(), into) + "/" + message.of();
    Future<Void> known = underWay.get(id);
    if (known != null) {
      return known;
    }
    Future<Void> begun =
        made(message, from, into)
            .compose(
                row ->
                    rows.put(row)
                        .map(
                            stands -> {
                              if (stands) {
                                tell(row);
                              }
                              return null;
                            }));
    underWay.put(id, begun);
    begun.onComplete(done -> underWay.remove(id, begun));
    return begun;
  }

  private Future<Rows.Row> made(Message message, @Nullable String from, String into) {
    if (from == null && !hasWords(message)) {
      return Future.succeededFuture(row(message, into, null, null, null));
    }
    if (from == null) {
      return Future.succeededFuture(
          row(message, into, null, null, "The language of this message is not known."));
    }
    if (Language.same(from, into)) {
      return Future.succeededFuture(row(message, into, null, null, null));
    }
    return names(message.organisation(), message.mentions())
        .compose(
            names ->
                glossaries
                    .of(message.organisation(), from, into)
                    .map(terms -> Text.of(message.text(), message.markdown(), names, terms)))
        .compose(
            text ->
                text.lines().isEmpty()
                    ? Future.succeededFuture(row(message, into, null, null, null))
                    : engines
                        .translate(
                            message.organisation(),
                            message.speaking().translation(),
                            Language.written(from),
                            into,
                            text)
                        .map(
                            answer ->
                                row(message, into, answer.text(), answer.engine().name(), null)))
        .recover(
            why ->
                why instanceof Fault fault
                    ? Future.succeededFuture(
                        row(message, into, null, null, String.valueOf(fault.getMessage())))
                    : Future.failedFuture(why));
  }

  private static boolean hasWords(Message message) {
    return !Text.of(message.text(), message.markdown(), List.of(), List.of()).lines().isEmpty();
  }

  private Rows.Row row(
      Message message,
      String into,
      @Nullable String text,
      @Nullable String engine,
      @Nullable String problem) {
    return new Rows.Row(
        message.conversation(),
        message.seq(),
        message.of(),
        into,
        text,
        engine,
        problem,
        timers.clock().millis());
  }

  private void tell(Rows.Row row) {
    if (row.text() != null || row.problem() != null) {
      String engine = row.engine();
      signals.send(
          new Signals.Signal.Translated(
              row.conversation(),
              row.seq(),
              row.of(),
              row.language(),
              row.text(),
              engine,
              engine == null ? null : engines.title(engine),
              row.problem()));
    }
  }

  private Future<List<String>> names(OrganisationId organisation, List<AccountId> accounts) {
    if (accounts.isEmpty()) {
      return Future.succeededFuture(List.of());
    }
    return log.state(ConversationId.of(organisation))
        .map(
            state -> {
              List<String> names = new ArrayList<>();
              for (AccountId id : accounts) {
                Account account = ((OrganisationState) state).account(id);
                if (account != null) {
                  names.add(account.name());
                }
              }
              return names;
            });
  }
}
