package chat.plenary.messaging.translation;

import chat.plenary.messaging.content.Bson;
import chat.plenary.messaging.conversation.ConversationState;
import chat.plenary.messaging.conversation.Kinds;
import chat.plenary.messaging.conversation.TranslationPolicy;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.interpretation.Language;
import chat.plenary.messaging.log.DurableListener;
import chat.plenary.messaging.log.Entry;
import chat.plenary.messaging.log.Log;
import chat.plenary.messaging.log.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bson.BsonDocument;

/**
 * Translates what is posted and edited into the languages of its group, and drops what was
 * recalled. A batch is waited for 0.5 s at the most, and not for a language that is behind already:
 * what then is under way goes on beside the lane, and what is beyond 300 of a lane and language is
 * left, until somebody reads it.
 */
final class TranslationListener implements DurableListener {
  static final Duration PATIENCE = Duration.ofMillis(500);
  static final int MAX_UNDER_WAY = 300;

  private final Log log;
  private final Timers timers;
  private final Translating translating;
  private final Rows rows;
  private final Map<String, Integer> underWay = new ConcurrentHashMap<>();

  TranslationListener(Log log, Timers timers, Translating translating, Rows rows) {
    this.log = log;
    this.timers = timers;
    this.translating = translating;
    this.rows = rows;
  }

  @Override
  public String name() {
    return "translations";
  }

  @Override
  public boolean wants(Entry entry) {
    return !entry.conversation().isOrganisation();
  }

  /** A reader waits for it. */
  @Override
  public Duration gathers() {
    return Duration.ofMillis(20);
  }

  @Override
  public Future<Void> take(int lane, List<Entry> entries) {
    Map<ConversationId, Map<Long, Entry>> newest = new LinkedHashMap<>();
    Future<Void> done = Future.succeededFuture();
    for (Entry entry : entries) {
      BsonDocument body = entry.body();
      if (body == null || entry.conversation().isOrganisation()) {
        continue;
      }
      switch (entry.kind()) {
        case Kinds.POSTED -> of(newest, entry).put(entry.seq(), entry);
        case Kinds.EDITED -> of(newest, entry).put(Bson.number(body, "target", 0), entry);
        case Kinds.RECALLED -> {
          long target = Bson.number(body, "target", 0);
          of(newest, entry).remove(target);
          done = done.compose(v -> rows.delete(entry.conversation(), target));
        }
        default -> {}
      }
    }
    List<Future<Void>> awaited = new ArrayList<>();
    Map<String, Boolean> behind = new HashMap<>();
    Future<Void> begun = done;
    for (Map.Entry<ConversationId, Map<Long, Entry>> one : newest.entrySet()) {
      begun = begun.compose(v -> begin(lane, one.getKey(), one.getValue(), behind, awaited));
    }
    return begun.compose(v -> patiently(awaited));
  }

  private static Map<Long, Entry> of(Map<ConversationId, Map<Long, Entry>> newest, Entry entry) {
    return newest.computeIfAbsent(entry.conversation(), id -> new LinkedHashMap<>());
  }

  private Future<Void> begin(
      int lane,
      ConversationId conversation,
      Map<Long, Entry> entries,
      Map<String, Boolean> behind,
      List<Future<Void>> awaited) {
    return log.state(conversation)
        .compose(
            known -> {
              ConversationState state = (ConversationState) known;
              List<String> languages = languages(state);
              List<Message> messages = messages(state, entries);
              if (languages.isEmpty() || messages.isEmpty()) {
                return Future.succeededFuture();
              }
              List<String> ids = new ArrayList<>();
              messages.forEach(
                  message ->
                      languages.forEach(
                          into -> ids.add(Rows.id(conversation, message.seq(), into))));
              return rows.get(conversation, ids)
                  .map(
                      there -> {
                        for (Message message : messages) {
                          begin(lane, message, languages, there, behind, awaited);
                        }
                        return null;
                      });
            });
  }

  private static List<String> languages(ConversationState state) {
    return state.speaking().translation() == TranslationPolicy.OFF
        ? List.of()
        : state.speaking().languages().stream().map(Language::written).distinct().toList();
  }

  private static List<Message> messages(ConversationState state, Map<Long, Entry> entries) {
    List<Message> messages = new ArrayList<>();
    entries.forEach(
        (seq, entry) -> {
          BsonDocument body = entry.body();
          BsonDocument says =
              body != null && entry.kind().equals(Kinds.EDITED)
                  ? body.getDocument("body", new BsonDocument())
                  : body;
          Message message = Message.of(state, seq, entry.seq(), entry.sender(), says);
          if (message != null && !state.isRecalled(seq)) {
            messages.add(message);
          }
        });
    return messages;
  }

  private void begin(
      int lane,
      Message message,
      List<String> languages,
      Map<String, Rows.Row> there,
      Map<String, Boolean> behind,
      List<Future<Void>> awaited) {
    List<String> wanted = new ArrayList<>();
    for (String into : languages) {
      Rows.Row row = there.get(Rows.id(message.conversation(), message.seq(), into));
      boolean known = row != null && row.of() >= message.of() && row.problem() == null;
      if (!known && !message.needsNone(into)) {
        wanted.add(into);
      }
    }
    if (wanted.isEmpty()) {
      return;
    }
    Future<String> language = translating.language(message, null).map(found -> found);
    for (String into : wanted) {
      String place = lane + "/" + into;
      int before = underWay.getOrDefault(place, 0);
      boolean late = behind.computeIfAbsent(into, l -> before > 0);
      if (before >= MAX_UNDER_WAY) {
        continue;
      }
      underWay.merge(place, 1, Integer::sum);
      Future<Void> one =
          language
              .compose(from -> translating.into(message, from, into))
              .onComplete(
                  v ->
                      underWay.compute(
                          place, (p, count) -> count == null || count <= 1 ? null : count - 1));
      if (!late) {
        awaited.add(one);
      }
    }
  }

  /** Waits for all, but not for long; it fails where one has failed by then. */
  private Future<Void> patiently(List<Future<Void>> awaited) {
    if (awaited.isEmpty()) {
      return Future.succeededFuture();
    }
    Promise<Void> first = Promise.promise();
    timers.after(PATIENCE, () -> first.tryComplete());
    Future.all(awaited)
        .onComplete(
            done -> {
              if (done.succeeded()) {
                first.tryComplete();
              } else {
                first.tryFail(done.cause());
              }
            });
    return first.future();
  }
}
