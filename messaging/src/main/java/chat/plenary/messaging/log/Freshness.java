package chat.plenary.messaging.log;

import chat.plenary.messaging.store.Store;
import chat.plenary.messaging.store.StoreException;
import chat.plenary.messaging.store.Update;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

/**
 * Whether this node may write to sockets. Once a second it makes a majority write and then compares
 * the heads of all lanes with the store; the lease counts from the beginning of the last write
 * after whose acknowledgement such a check was begun, answered and applied ({@code
 * docs/spec/Fresh.tla}). The writes also serve as fences: a read that begins after one sees
 * whatever was committed when it began.
 */
final class Freshness {
  static final Duration LEASE = Duration.ofSeconds(4);
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final String COLLECTION = "freshness";

  private final Store store;
  private final Timers timers;
  private final String node;
  private final Lanes lanes;
  private final Object lock = new Object();
  private @Nullable Promise<Void> writing;
  private @Nullable Promise<Void> next;
  private boolean there;
  private long writes;
  private volatile long lease = Long.MIN_VALUE / 2;
  private volatile boolean stopped;

  Freshness(Store store, Timers timers, String node, Lanes lanes) {
    this.store = store;
    this.timers = timers;
    this.node = node;
    this.lanes = lanes;
  }

  boolean isFresh() {
    return timers.elapsed() - lease <= LEASE.toMillis();
  }

  /** Earns the lease once, then every second. */
  Future<Void> start() {
    return check().onComplete(done -> timers.after(EVERY, this::tick));
  }

  void stop() {
    stopped = true;
  }

  private void tick() {
    if (!stopped) {
      long began = timers.elapsed();
      check()
          .onComplete(
              done ->
                  timers.after(
                      Duration.ofMillis(Math.max(1, EVERY.toMillis() - (timers.elapsed() - began))),
                      this::tick));
    }
  }

  private Future<Void> check() {
    long began = timers.elapsed();
    return fence()
        .compose(v -> heads())
        .map(
            v -> {
              synchronized (lock) {
                lease = Math.max(lease, began);
              }
              return null;
            });
  }

  /** One reading of every T + 1; a lane of which it finds one is behind, and reads on. */
  private Future<Void> heads() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < Log.LANES; i++) {
      ids.add(EntryCodec.id(i, lanes.lane(i).tail() + 1));
    }
    return store
        .get(EntryCodec.COLLECTION, ids)
        .compose(
            found -> {
              List<Future<Void>> behind = new ArrayList<>();
              for (BsonDocument document : found) {
                behind.add(lanes.lane(EntryCodec.entry(document).lane()).catchUp());
              }
              return Future.all(behind).mapEmpty();
            });
  }

  /**
   * A majority write that begins after this call; calls that come while one is under way share the
   * next.
   */
  Future<Void> fence() {
    Promise<Void> mine;
    synchronized (lock) {
      if (writing != null) {
        if (next == null) {
          next = Promise.promise();
        }
        return next.future();
      }
      mine = Promise.promise();
      writing = mine;
    }
    write(mine);
    return mine.future();
  }

  private void write(Promise<Void> mine) {
    long number;
    synchronized (lock) {
      number = ++writes;
    }
    Future<Void> written =
        there ? update(number) : insert(number).compose(v -> Future.succeededFuture());
    written.onComplete(
        done -> {
          Promise<Void> following;
          synchronized (lock) {
            there |= done.succeeded();
            following = next;
            writing = following;
            next = null;
          }
          mine.handle(done);
          if (following != null) {
            write(following);
          }
        });
  }

  private Future<Void> update(long number) {
    return store
        .update(
            COLLECTION,
            Update.of(node).set("w", number).set("at", new BsonDateTime(timers.clock().millis())))
        .compose(
            matched -> {
              if (!matched) {
                throw new StoreException(
                    StoreException.Kind.UNKNOWN, "this node's row of freshness is gone", null);
              }
              return Future.succeededFuture();
            });
  }

  private Future<Void> insert(long number) {
    BsonDocument row =
        new BsonDocument("_id", new BsonString(node))
            .append("w", new BsonInt64(number))
            .append("at", new BsonDateTime(timers.clock().millis()));
    return store
        .insert(COLLECTION, List.of(row))
        .recover(
            failure ->
                StoreException.isDuplicate(failure)
                    ? update(number)
                    : Future.failedFuture(failure));
  }
}
