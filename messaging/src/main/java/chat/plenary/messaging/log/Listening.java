package chat.plenary.messaging.log;

import chat.plenary.messaging.content.Bson;
import chat.plenary.messaging.store.Store;
import chat.plenary.messaging.store.StoreException;
import chat.plenary.messaging.store.Update;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;

/**
 * One durable listener at one lane: while this node sees itself as the lane's owner it hands over
 * entries in batches and then moves the place in the store by compare-and-set. Two nodes that both
 * believe it is their turn do the same work twice, and the place moves once. Used on the lane's
 * thread only.
 */
final class Listening {
  static final String COLLECTION = "cursors";
  private static final int BATCH = 100;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final DurableListener listener;
  private final int index;
  private final Lanes lanes;
  private final Recent recent;
  private final Store store;
  private final Timers timers;
  private boolean running;
  private boolean again;
  private Duration pause = FIRST_PAUSE;

  /** The place in the store as this node moved it last, or -1 where it is to be read. */
  private long stored = -1;

  /** How far there was nothing that the listener wants, as far as this node knows. */
  private long passed;

  private boolean passing;

  Listening(
      DurableListener listener, int index, Lanes lanes, Recent recent, Store store, Timers timers) {
    this.listener = listener;
    this.index = index;
    this.lanes = lanes;
    this.recent = recent;
    this.store = store;
    this.timers = timers;
  }

  static String id(String name, int lane) {
    return String.format("%s/%02d", name, lane);
  }

  /** Up to where it has done its work, as far as this node knows. */
  long reached() {
    return Math.max(stored, passed);
  }

  /** Goes on, if there is something to do and it is this node's turn. */
  void wake() {
    if (running) {
      // What was applied while a round was finding nothing must not be forgotten.
      again = true;
      return;
    }
    if (lanes.stopped()) {
      return;
    }
    if (!lanes.owns(index)) {
      // Another node moves the place meanwhile.
      forget();
      return;
    }
    running = true;
    again = false;
    lanes.lane(index).onThread(round(), this::ended);
  }

  private void ended(AsyncResult<Integer> done) {
    if (lanes.stopped()) {
      // The store may be closed by now: another node, or the next start, goes on.
      running = false;
    } else if (done.failed()) {
      lanes.warn("listener " + listener.name() + " at lane " + index, done.cause());
      forget();
      pause = min(pause.multipliedBy(2), LONGEST_PAUSE);
      rest(pause);
    } else {
      pause = FIRST_PAUSE;
      if (done.result() >= BATCH) {
        running = false;
        wake();
      } else if (done.result() > 0) {
        rest(listener.gathers());
      } else {
        running = false;
        if (again) {
          wake();
        }
      }
    }
  }

  /** Goes on later; what comes meanwhile gathers. */
  private void rest(Duration time) {
    timers.after(
        time,
        () ->
            lanes
                .lane(index)
                .run(
                    () -> {
                      running = false;
                      wake();
                    }));
  }

  private static Duration min(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }

  private void forget() {
    stored = -1;
    passed = 0;
  }

  /** Takes a batch and moves the place; how many entries it was, 0 where there is nothing. */
  private Future<Integer> round() {
    return place().compose(place -> onLane(() -> batch(place)));
  }

  /** What touches this object's fields happens on the lane's thread. */
  private <T> Future<T> onLane(Supplier<Future<T>> then) {
    Promise<T> promise = Promise.promise();
    lanes.lane(index).run(() -> then.get().onComplete(promise));
    return promise.future();
  }

  private Future<Integer> batch(long place) {
    stored = place;
    long from = Math.max(place, passed);
    if (from >= lanes.lane(index).tail()) {
      return Future.succeededFuture(0);
    }
    List<Entry> held = recent.after(from, BATCH);
    Future<List<Entry>> read =
        held.isEmpty() ? lanes.readLane(index, from, BATCH) : Future.succeededFuture(held);
    return read.compose(entries -> onLane(() -> take(place, entries)));
  }

  private Future<Integer> take(long place, List<Entry> entries) {
    if (entries.isEmpty()) {
      return Future.succeededFuture(0);
    }
    long to = entries.get(entries.size() - 1).n();
    List<Entry> wanted = entries.stream().filter(listener::wants).toList();
    if (wanted.isEmpty()) {
      passed = to;
      lanes.heard(index);
      passLater();
      return Future.succeededFuture(entries.size());
    }
    return listener.take(index, wanted).compose(v -> move(place, to)).map(v -> entries.size());
  }

  private Future<Void> move(long place, long to) {
    return store
        .update(COLLECTION, Update.of(id(listener.name(), index)).expect("n", place).set("n", to))
        .compose(
            moved ->
                onLane(
                    () -> {
                      // Where another node moved it meanwhile, that is the place.
                      stored = moved ? to : -1;
                      passed = moved ? passed : 0;
                      lanes.heard(index);
                      return Future.succeededFuture();
                    }));
  }

  /** A place that moved in memory alone is told the store now and then: few are read again. */
  private void passLater() {
    if (passing) {
      return;
    }
    passing = true;
    timers.after(LONGEST_PAUSE, () -> lanes.lane(index).run(this::pass));
  }

  private void pass() {
    passing = false;
    if (lanes.stopped() || stored < 0 || passed <= stored) {
      return;
    }
    if (running) {
      passLater();
      return;
    }
    running = true;
    lanes
        .lane(index)
        .onThread(
            move(stored, passed),
            done -> {
              running = false;
              if (done.failed()) {
                passLater();
              }
              if (again) {
                wake();
              }
            });
  }

  private Future<Long> place() {
    return stored >= 0 ? Future.succeededFuture(stored) : readPlace();
  }

  private Future<Long> readPlace() {
    String id = id(listener.name(), index);
    return store
        .get(COLLECTION, List.of(id))
        .compose(
            found -> {
              if (!found.isEmpty()) {
                return Future.succeededFuture(Bson.number(found.get(0), "n", 0));
              }
              BsonDocument row =
                  new BsonDocument("_id", new BsonString(id)).append("n", new BsonInt64(0));
              return store
                  .insert(COLLECTION, List.of(row))
                  .map(v -> 0L)
                  .recover(
                      failure ->
                          StoreException.isDuplicate(failure)
                              ? readPlace()
                              : Future.failedFuture(failure));
            });
  }

  /** How far a listener has come, by lane; 0 where it has not begun. */
  static Future<long[]> places(Store store, String name) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < Log.LANES; i++) {
      ids.add(id(name, i));
    }
    return store
        .get(COLLECTION, ids)
        .map(
            found -> {
              long[] places = new long[Log.LANES];
              for (BsonDocument row : found) {
                places[ids.indexOf(row.getString("_id").getValue())] = Bson.number(row, "n", 0);
              }
              return places;
            });
  }
}
