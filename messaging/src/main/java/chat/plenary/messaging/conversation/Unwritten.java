package chat.plenary.messaging.conversation;

import chat.plenary.messaging.content.Bson;
import chat.plenary.messaging.conversation.Positions.Moved;
import chat.plenary.messaging.conversation.Positions.Position;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.store.Store;
import chat.plenary.messaging.store.Update;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * Positions that wait to be written, the furthest of each member. A flush writes all of them in
 * bulk; what is asked for while one is under way shares the next. May be used on any thread.
 */
final class Unwritten {
  private static final int MAX_PENDING = 50_000;
  private static final int BULK = 500;

  private final Store store;
  private final Consumer<List<Moved>> written;
  private final Map<Key, Position> pending = new ConcurrentHashMap<>();

  /** Guarded by itself, with what follows. */
  private final Object flushes = new Object();

  private boolean flushing;
  private @Nullable Promise<Void> next;

  private record Key(ConversationId conversation, AccountId account) {
    String row() {
      return Rows.memberId(conversation, account);
    }
  }

  /**
   * Nothing waits yet.
   *
   * @param written is told of positions once they are durable
   */
  Unwritten(Store store, Consumer<List<Moved>> written) {
    this.store = store;
    this.written = written;
  }

  /**
   * Adds a position; one that is not beyond the waiting one changes nothing.
   *
   * @return false where too many wait already
   */
  boolean add(ConversationId conversation, AccountId account, Position position) {
    Key key = new Key(conversation, account);
    if (pending.size() >= MAX_PENDING && !pending.containsKey(key)) {
      return false;
    }
    pending.merge(key, position, Position::max);
    return true;
  }

  /** What waits of one member, or null. */
  @Nullable Position of(ConversationId conversation, AccountId account) {
    return pending.get(new Key(conversation, account));
  }

  /** Writes what waits when it is called. What could not be written yet goes on waiting. */
  Future<Void> flush() {
    Promise<Void> mine = Promise.promise();
    synchronized (flushes) {
      if (flushing) {
        next = next == null ? mine : next;
        return next.future();
      }
      flushing = true;
    }
    flush(mine);
    return mine.future();
  }

  private void flush(Promise<Void> mine) {
    Future.<Void>succeededFuture()
        .compose(v -> write())
        .onComplete(
            done -> {
              Promise<Void> following;
              synchronized (flushes) {
                following = next;
                next = null;
                flushing = following != null;
              }
              mine.handle(done);
              if (following != null) {
                flush(following);
              }
            });
  }

  private Future<Void> write() {
    List<Moved> batch = new ArrayList<>();
    pending.forEach(
        (key, position) -> batch.add(new Moved(key.conversation(), key.account(), position)));
    Future<Void> done = Future.succeededFuture();
    for (int i = 0; i < batch.size(); i += BULK) {
      List<Moved> bulk = batch.subList(i, Math.min(i + BULK, batch.size()));
      done = done.compose(v -> write(bulk));
    }
    return done;
  }

  private Future<Void> write(List<Moved> bulk) {
    List<Update> updates =
        bulk.stream()
            .map(
                one ->
                    Update.of(key(one).row())
                        .max("p", one.position().seq())
                        .max("pm", one.position().m()))
            .toList();
    return store
        .updateAll(Rows.MEMBERS, updates)
        .compose(
            matched -> matched == updates.size() ? Future.succeededFuture(bulk) : durableOf(bulk))
        .map(
            durable -> {
              durable.forEach(one -> pending.remove(key(one), one.position()));
              if (!durable.isEmpty()) {
                written.accept(durable);
              }
              return null;
            });
  }

  /** A member who was just added may have no row yet: which of them do. */
  private Future<List<Moved>> durableOf(List<Moved> bulk) {
    return store
        .get(Rows.MEMBERS, bulk.stream().map(one -> key(one).row()).toList())
        .map(
            rows -> {
              Map<String, Long> stored = new HashMap<>();
              for (BsonDocument row : rows) {
                stored.put(row.getString("_id").getValue(), Bson.number(row, "p", 0));
              }
              return bulk.stream()
                  .filter(one -> stored.getOrDefault(key(one).row(), -1L) >= one.position().seq())
                  .toList();
            });
  }

  private static Key key(Moved moved) {
    return new Key(moved.conversation(), moved.account());
  }
}
