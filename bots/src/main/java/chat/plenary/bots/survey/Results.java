package chat.plenary.bots.survey;

import chat.plenary.messaging.content.Bson;
import chat.plenary.messaging.delivery.Signals;
import chat.plenary.messaging.log.Timers;
import chat.plenary.messaging.store.Store;
import chat.plenary.messaging.store.StoreException;
import chat.plenary.messaging.store.Update;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is published of a run: one row that all nodes show. Live, it is replaced only when at least
 * a step of answers came since it was last counted, and holds counts rounded down to steps; so two
 * publications never differ by fewer answers. There is no running counter, since one that could be
 * told which answers it has counted would know their order: answers are counted anew, at a pace
 * that costs at most a tenth of the time.
 */
final class Results {
  static final String COLLECTION = "survey_results";
  private static final Logger LOGGER = LoggerFactory.getLogger(Results.class);
  private static final Duration PAUSE = Duration.ofMillis(250);
  private static final int MODESTY = 10;

  private final Store store;
  private final Answers answers;
  private final Signals signals;
  private final Timers timers;
  private final int step;
  private final int threshold;
  private final Map<String, Counting> counting = new ConcurrentHashMap<>();
  private volatile boolean closed;

  Results(Store store, Answers answers, Signals signals, Timers timers, int step, int threshold) {
    this.store = store;
    this.answers = answers;
    this.signals = signals;
    this.timers = timers;
    this.step = step;
    this.threshold = threshold;
  }

  /** Whether a count of a run is due, or under way and to be repeated. */
  private static final class Counting {
    boolean again;
  }

  /**
   * What stands in the row.
   *
   * @param counted how many answers there were when it was counted
   * @param last whether it is the exact, last one
   */
  record Published(Tally tally, long counted, boolean last) {}

  Future<@Nullable Published> find(Run run) {
    return store
        .get(COLLECTION, List.of(run.key()))
        .map(
            rows -> {
              if (rows.isEmpty()) {
                return null;
              }
              BsonDocument row = rows.get(0);
              return new Published(
                  Tally.read(row.getDocument("t")),
                  Bson.number(row, "at", 0),
                  Bson.flag(row, "last"));
            });
  }

  /** Counts soon, once for all who ask meanwhile. */
  void refresh(Run run) {
    Counting[] begun = new Counting[1];
    counting.compute(
        run.key(),
        (key, known) -> {
          if (known != null) {
            known.again = true;
            return known;
          }
          begun[0] = new Counting();
          return begun[0];
        });
    if (begun[0] != null) {
      timers.after(PAUSE, () -> count(run));
    }
  }

  /** Counts nothing more of its own accord. */
  void close() {
    closed = true;
  }

  private void count(Run run) {
    if (closed) {
      return;
    }
    long began = timers.elapsed();
    counting.computeIfPresent(
        run.key(),
        (key, known) -> {
          known.again = false;
          return known;
        });
    publish(run)
        .onFailure(
            failure -> LOGGER.warn("counting {} failed: {}", run.survey(), failure.toString()))
        .onComplete(
            done -> {
              long pause = Math.max(PAUSE.toMillis(), MODESTY * (timers.elapsed() - began));
              timers.after(Duration.ofMillis(pause), () -> next(run));
            });
  }

  private void next(Run run) {
    Counting left =
        counting.computeIfPresent(run.key(), (key, known) -> known.again ? known : null);
    if (left != null) {
      count(run);
    }
  }

  /** Counts now and publishes where that is due. */
  Future<Void> publish(Run run) {
    return find(run)
        .compose(
            known -> {
              if (known != null && known.last()) {
                return Future.succeededFuture();
              }
              return answers
                  .count(run)
                  .compose(
                      tally -> {
                        long before = known == null ? 0 : known.counted();
                        return tally.all() < threshold || tally.all() < before + step
                            ? Future.succeededFuture()
                            : write(run, known, tally.rounded(step), tally.all(), false);
                      });
            });
  }

  /** Publishes the exact figures, once: whoever comes later finds these. */
  Future<Void> publishLast(Run run) {
    return answers
        .count(run)
        .compose(
            tally ->
                find(run)
                    .compose(
                        known ->
                            known != null && known.last()
                                ? Future.succeededFuture()
                                : write(run, known, tally, tally.all(), true)));
  }

  private Future<Void> write(
      Run run, @Nullable Published known, Tally shown, long counted, boolean last) {
    Future<Boolean> written =
        known != null
            ? store.update(
                COLLECTION,
                Update.of(run.key())
                    .expect("at", known.counted())
                    .expect("last", BsonBoolean.FALSE)
                    .set("at", counted)
                    .set("last", BsonBoolean.valueOf(last))
                    .set("t", shown.toBson()))
            : store
                .insert(
                    COLLECTION,
                    List.of(
                        new BsonDocument("_id", new BsonString(run.key()))
                            .append("at", new BsonInt64(counted))
                            .append("last", BsonBoolean.valueOf(last))
                            .append("t", shown.toBson())))
                .map(true)
                .recover(
                    failure ->
                        StoreException.isDuplicate(failure)
                            ? Future.succeededFuture(false)
                            : Future.failedFuture(failure));
    return written.compose(
        done -> {
          if (done) {
            signals.send(new Signals.Signal.Results(run.organisation(), run.survey()));
            return Future.succeededFuture();
          }
          // Another node was faster; the last figures must not be lost to it.
          return last ? publishLast(run) : Future.succeededFuture();
        });
  }
}
