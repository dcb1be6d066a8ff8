package chat.plenary.messaging.log;

import chat.plenary.messaging.store.Query;
import chat.plenary.messaging.store.Store;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.function.Consumer;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the store has beyond a lane's tail, one reading at a time: who asks while one is under
 * way shares the next, so that every reading begins after it was asked for.
 */
final class CatchUp {
  private static final int PAGE = 1_000;

  private final Lane lane;
  private final int index;
  private final Store store;
  private final Counters counters;
  private final Consumer<List<BsonDocument>> apply;
  private @Nullable Promise<Void> reading;
  private @Nullable Promise<Void> next;

  CatchUp(
      Lane lane, int index, Store store, Counters counters, Consumer<List<BsonDocument>> apply) {
    this.lane = lane;
    this.index = index;
    this.store = store;
    this.counters = counters;
    this.apply = apply;
  }

  /** Reads, and applies it. May be called on any thread. */
  Future<Void> read() {
    Promise<Void> promise = Promise.promise();
    lane.run(
        () -> {
          if (reading == null) {
            reading = promise;
            page(promise);
          } else if (next == null) {
            next = promise;
          } else {
            next.future().onComplete(promise);
          }
        });
    return promise.future();
  }

  private void page(Promise<Void> promise) {
    counters.caughtUp();
    lane.onThread(
        store.find(
            Query.in(EntryCodec.COLLECTION, "_id")
                .after(new BsonString(EntryCodec.id(index, lane.tail())))
                .upTo(new BsonString(EntryCodec.id(index, Long.MAX_VALUE)))
                .limit(PAGE)),
        read -> {
          if (read.failed()) {
            done(promise, read.cause());
            return;
          }
          apply.accept(read.result());
          if (read.result().size() == PAGE) {
            page(promise);
          } else {
            done(promise, null);
          }
        });
  }

  private void done(Promise<Void> promise, @Nullable Throwable failure) {
    Promise<Void> following = next;
    reading = following;
    next = null;
    if (following != null) {
      page(following);
    }
    if (failure == null) {
      promise.complete();
    } else {
      promise.fail(failure);
    }
  }
}
