package chat.plenary.messaging.log;

import chat.plenary.messaging.content.Bson;
import chat.plenary.messaging.store.Store;
import chat.plenary.messaging.store.StoreException;
import chat.plenary.messaging.store.Update;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
  private final Store store;
  private final Timers timers;
  private boolean running;
  private boolean again;
  private Duration pause = FIRST_PAUSE;

  Listening(DurableListener listener, int index, Lanes lanes, Store store, Timers timers) {
    this.listener = listener;
    this.index = index;
    this.lanes = lanes;
    this.store = store;
    this.timers = timers;
  }

  static String id(String name, int lane) {
    return String.format("%s/%02d", name, lane);
  }

  /** Goes on, if there is something to do and it is this node's turn. */
  void wake() {
    if (running) {
      // What was applied while a round was finding nothing must not be forgotten.
      again = true;
      return;
    }
    if (lanes.stopped() || !lanes.owns(index)) {
      return;
    }
    running = true;
    again = false;
    lanes
        .lane(index)
        .onThread(
            round(),
            done -> {
              running = false;
              if (lanes.stopped()) {
                // The store may be closed by now: another node, or the next start, goes on.
                return;
              }
              if (done.failed()) {
                lanes.warn("listener " + listener.name() + " at lane " + index, done.cause());
                pause = min(pause.multipliedBy(2), LONGEST_PAUSE);
                timers.after(pause, () -> lanes.lane(index).run(this::wake));
              } else {
                pause = FIRST_PAUSE;
                if (done.result() || again) {
                  wake();
                }
              }
            });
  }

  private static Duration min(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }

  /** Reads the place and a batch, hands it over, moves the place; whether there may be more. */
  private Future<Boolean> round() {
    return place()
        .compose(
            place ->
                place >= lanes.lane(index).tail()
                    ? Future.succeededFuture(false)
                    : lanes
                        .readLane(index, place, BATCH)
                        .compose(
                            entries ->
                                entries.isEmpty()
                                    ? Future.succeededFuture(false)
                                    : listener
                                        .take(index, entries)
                                        .compose(v -> move(place, entries))));
  }

  private Future<Boolean> move(long place, List<Entry> entries) {
    long to = entries.get(entries.size() - 1).n();
    return store
        .update(COLLECTION, Update.of(id(listener.name(), index)).expect("n", place).set("n", to))
        .map(moved -> true);
  }

  private Future<Long> place() {
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
                              ? place()
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
