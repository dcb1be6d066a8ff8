package chat.plenary.messaging.translation;

import chat.plenary.messaging.content.Bson;
import chat.plenary.messaging.conversation.Marks;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.log.Callers;
import chat.plenary.messaging.store.Query;
import chat.plenary.messaging.store.Store;
import chat.plenary.messaging.store.StoreException;
import chat.plenary.messaging.store.Update;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * The rows of translations. Before a row is written, and once more when it stands, it is asked what
 * became of the message: a translation of what was recalled or edited meanwhile is not kept. While
 * some rows are written the next gather.
 */
final class Rows {
  static final String COLLECTION = "translations";

  private final Store store;
  private final Marks marks;
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private boolean writing;

  /**
   * A row.
   *
   * @param of the seq of the body that was translated
   * @param text null where the message is in that language itself, or where there is a problem
   * @param problem null where there is none
   * @param at when it was written, in milliseconds since 1970
   */
  record Row(
      ConversationId conversation,
      long seq,
      long of,
      String language,
      @Nullable String text,
      @Nullable String engine,
      @Nullable String problem,
      long at) {
    String id() {
      return Rows.id(conversation, seq, language);
    }

    private BsonDocument document() {
      BsonDocument row =
          new BsonDocument("_id", new BsonString(id())).append("of", new BsonInt64(of));
      if (text != null && engine != null) {
        row.append("text", new BsonString(text)).append("engine", new BsonString(engine));
      }
      if (problem != null) {
        row.append("problem", new BsonString(problem));
      }
      return row.append("at", new BsonDateTime(at));
    }
  }

  private record Waiting(Row row, Promise<Boolean> stands) {}

  Rows(Store store, Marks marks) {
    this.store = store;
    this.marks = marks;
  }

  static String id(ConversationId conversation, long seq, String language) {
    return prefix(conversation, seq) + "/" + language;
  }

  private static String prefix(ConversationId conversation, long seq) {
    return conversation.value() + "/" + String.format("%016x", seq);
  }

  /** Rows of some messages, by their ids. */
  Future<Map<String, Row>> get(ConversationId conversation, Collection<String> ids) {
    return store
        .get(COLLECTION, ids)
        .map(
            found -> {
              Map<String, Row> rows = new HashMap<>();
              for (BsonDocument one : found) {
                String id = one.getString("_id").getValue();
                String[] parts = id.split("/");
                rows.put(
                    id,
                    new Row(
                        conversation,
                        Long.parseLong(parts[1], 16),
                        Bson.number(one, "of", 0),
                        parts[2],
                        Bson.text(one, "text"),
                        Bson.text(one, "engine"),
                        Bson.text(one, "problem"),
                        one.getDateTime("at").getValue()));
              }
              return rows;
            });
  }

  /** Deletes all translations of a message. */
  Future<Void> delete(ConversationId conversation, long seq) {
    String prefix = prefix(conversation, seq);
    return store
        .find(
            Query.in(COLLECTION, "_id")
                .from(new BsonString(prefix + "/"))
                .before(new BsonString(prefix + "0"))
                .limit(Store.MAX_FOUND))
        .compose(
            found ->
                found.isEmpty()
                    ? Future.succeededFuture()
                    : store
                        .delete(
                            COLLECTION,
                            found.stream().map(row -> row.getString("_id").getValue()).toList())
                        .mapEmpty());
  }

  /**
   * Writes a row.
   *
   * @return whether it stands: not where the message was recalled, or its body is older than its
   *     newest edit, or a newer row stands there
   */
  Future<Boolean> put(Row row) {
    Promise<Boolean> stands = Promise.promise();
    synchronized (waiting) {
      waiting.add(new Waiting(row, stands));
      if (writing) {
        return Callers.answer(stands.future());
      }
      writing = true;
    }
    Future<Boolean> answer = Callers.answer(stands.future());
    write();
    return answer;
  }

  private void write() {
    List<Waiting> some = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    synchronized (waiting) {
      while (!waiting.isEmpty()
          && some.size() < Store.MAX_RUN
          && ids.add(waiting.element().row().id())) {
        some.add(waiting.remove());
      }
      if (some.isEmpty()) {
        writing = false;
        return;
      }
    }
    living(some)
        .compose(this::stored)
        .compose(this::living)
        .onComplete(
            done -> {
              Set<Waiting> stand = done.succeeded() ? new HashSet<>(done.result()) : Set.of();
              for (Waiting one : some) {
                if (done.failed()) {
                  one.stands().fail(done.cause());
                } else {
                  one.stands().complete(stand.contains(one));
                }
              }
              write();
            });
  }

  /** Those whose message says what was translated; the rows of recalled ones go. */
  private Future<List<Waiting>> living(List<Waiting> some) {
    Map<ConversationId, Set<Long>> messages = new HashMap<>();
    for (Waiting one : some) {
      messages
          .computeIfAbsent(one.row().conversation(), id -> new HashSet<>())
          .add(one.row().seq());
    }
    List<Waiting> living = new ArrayList<>();
    Future<Void> done = Future.succeededFuture();
    for (Map.Entry<ConversationId, Set<Long>> entry : messages.entrySet()) {
      done =
          done.compose(v -> marks.fates(entry.getKey(), entry.getValue()))
              .compose(
                  fates -> {
                    Future<Void> dropped = Future.succeededFuture();
                    for (Map.Entry<Long, Marks.Fate> fate : fates.entrySet()) {
                      if (fate.getValue().recalled()) {
                        dropped = dropped.compose(v -> delete(entry.getKey(), fate.getKey()));
                      }
                    }
                    some.stream()
                        .filter(one -> one.row().conversation().equals(entry.getKey()))
                        .filter(one -> isNewest(one.row(), fates.get(one.row().seq())))
                        .forEach(living::add);
                    return dropped;
                  });
    }
    return done.map(v -> living);
  }

  private static boolean isNewest(Row row, Marks.@Nullable Fate fate) {
    return fate != null && !fate.recalled() && row.of() >= fate.edit();
  }

  private Future<List<Waiting>> stored(List<Waiting> some) {
    if (some.isEmpty()) {
      return Future.succeededFuture(some);
    }
    return store
        .insert(COLLECTION, some.stream().map(one -> one.row().document()).toList())
        .map(v -> some)
        .recover(
            failure ->
                StoreException.isDuplicate(failure)
                    ? oneByOne(some)
                    : Future.failedFuture(failure));
  }

  private Future<List<Waiting>> oneByOne(List<Waiting> some) {
    List<Waiting> stored = new ArrayList<>();
    Future<Void> done = Future.succeededFuture();
    for (Waiting one : some) {
      done =
          done.compose(v -> one(one.row()))
              .map(
                  stands -> {
                    if (stands) {
                      stored.add(one);
                    }
                    return null;
                  });
    }
    return done.map(v -> stored);
  }

  /** A newer body goes before an older one, and a translation before a problem. */
  private Future<Boolean> one(Row row) {
    return get(row.conversation(), List.of(row.id()))
        .compose(
            found -> {
              Row before = found.get(row.id());
              if (before == null) {
                return store
                    .insert(COLLECTION, List.of(row.document()))
                    .map(v -> true)
                    .recover(
                        failure ->
                            StoreException.isDuplicate(failure)
                                ? Future.succeededFuture(false)
                                : Future.failedFuture(failure));
              }
              boolean replaces =
                  row.of() > before.of() || (row.of() == before.of() && before.problem() != null);
              if (!replaces) {
                return Future.succeededFuture(
                    row.of() == before.of() && before.text() != null && row.text() != null);
              }
              Update update = Update.of(row.id()).expect("of", before.of());
              for (String field : List.of("text", "engine", "problem")) {
                if (!row.document().containsKey(field)) {
                  update = update.unset(field);
                }
              }
              for (Map.Entry<String, BsonValue> field : row.document().entrySet()) {
                if (!field.getKey().equals("_id")) {
                  update = update.set(field.getKey(), field.getValue());
                }
              }
              return store.update(COLLECTION, update);
            });
  }
}
