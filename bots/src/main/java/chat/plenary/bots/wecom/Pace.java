package chat.plenary.bots.wecom;

import chat.plenary.messaging.store.Store;
import chat.plenary.messaging.store.StoreException;
import chat.plenary.messaging.store.Update;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;

/**
 * How often a robot speaks: so many times in any minute. The times of its last messages stand in
 * the store and move by compare-and-set, so the limit holds over all nodes, as far as their clocks
 * agree. A node that has seen a robot at its limit refuses it from memory until there is room
 * again.
 */
final class Pace {
  static final String COLLECTION = "wecom_pace";

  /** Messages in any minute. */
  static final int MOST = 20;

  private static final long MINUTE = 60_000;
  private static final int RACES = 40;
  private static final int REMEMBERED = 10_000;

  private final Store store;
  private final Clock clock;

  private final Map<String, Long> full =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > REMEMBERED;
        }
      };

  Pace(Store store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /** Takes one; fails with {@link Errcode#TOO_OFTEN} where there is no room. */
  Future<Void> take(Robot robot) {
    String id = robot.account().value();
    synchronized (full) {
      if (full.getOrDefault(id, 0L) > clock.millis()) {
        return Future.failedFuture(Refusal.of(Errcode.TOO_OFTEN));
      }
    }
    return take(id, RACES);
  }

  /** Forgets a robot that is removed. */
  Future<Void> forget(Robot robot) {
    return store.delete(COLLECTION, List.of(robot.account().value())).mapEmpty();
  }

  private Future<Void> take(String id, int races) {
    if (races == 0) {
      return Future.failedFuture(Refusal.of(Errcode.BUSY));
    }
    return store
        .get(COLLECTION, List.of(id))
        .compose(
            rows -> {
              long now = clock.millis();
              if (rows.isEmpty()) {
                return begin(id, now, races);
              }
              BsonDocument row = rows.get(0);
              List<Long> times = within(row, now);
              if (times.size() >= MOST) {
                long free = times.get(times.size() - MOST) + MINUTE;
                synchronized (full) {
                  full.put(id, free);
                }
                return Future.failedFuture(Refusal.of(Errcode.TOO_OFTEN));
              }
              times.add(now);
              BsonArray at = new BsonArray();
              times.forEach(time -> at.add(new BsonInt64(time)));
              long turn = row.getNumber("v").longValue();
              return store
                  .update(
                      COLLECTION, Update.of(id).expect("v", turn).set("at", at).set("v", turn + 1))
                  .compose(mine -> mine ? Future.succeededFuture() : take(id, races - 1));
            });
  }

  private Future<Void> begin(String id, long now, int races) {
    BsonDocument row =
        new BsonDocument("_id", new BsonString(id))
            .append("v", new BsonInt64(1))
            .append("at", new BsonArray(List.of(new BsonInt64(now))));
    return store
        .insert(COLLECTION, List.of(row))
        .recover(
            failure ->
                StoreException.isDuplicate(failure)
                    ? take(id, races - 1)
                    : Future.failedFuture(failure));
  }

  /** When it spoke in the last minute, in order. */
  private static List<Long> within(BsonDocument row, long now) {
    List<Long> times = new ArrayList<>();
    row.getArray("at")
        .forEach(
            value -> {
              long time = value.asNumber().longValue();
              if (time > now - MINUTE) {
                times.add(time);
              }
            });
    times.sort(null);
    return times;
  }
}
