package chat.plenary.integrations.camel;

import chat.plenary.messaging.log.Timers;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whose turn it is to go along a group, as one that wants to knows it. Used on one context only.
 */
final class Turn {
  /** How often a holder says that it is there, and others look. */
  static final Duration BEAT = Duration.ofSeconds(1);

  /** After what silence a holder is taken for gone. */
  static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final Logger LOGGER = LoggerFactory.getLogger(Turn.class);

  private final String id;
  private final String self;
  private final Places places;
  private final Timers timers;
  private final Supplier<Future<Long>> begin;
  private final Hearing hearing;
  private Places.@Nullable Place seen;
  private long seenAt;
  private boolean holding;
  private long heldAt;
  private long place;
  private int number;
  private boolean moving;
  private boolean closed;

  /**
   * Who is told what becomes of it.
   *
   * @param changed it is ours now, or is not any more
   * @param moved the place has moved, or could not be moved
   * @param trouble something failed and will be tried again
   */
  record Hearing(Runnable changed, Runnable moved, Consumer<Throwable> trouble) {}

  /**
   * A turn that is not ours.
   *
   * @param id by what the place is known
   * @param self by what this holder is known; never used before
   * @param begin where to begin where nobody ever was
   */
  Turn(
      String id,
      String self,
      Places places,
      Timers timers,
      Supplier<Future<Long>> begin,
      Hearing hearing) {
    this.id = id;
    this.self = self;
    this.places = places;
    this.timers = timers;
    this.begin = begin;
    this.hearing = hearing;
  }

  boolean isOurs() {
    return holding;
  }

  /** Counts how often it has changed: what was begun in another turn is none of this one's. */
  int number() {
    return number;
  }

  /** The entry up to which everything is settled, as the store has it. */
  long place() {
    return place;
  }

  /** Whether the place is being moved just now. */
  boolean isMoving() {
    return moving;
  }

  /** Whether another one may have taken it by now: then nothing more is to be begun. */
  boolean isDoubtful() {
    return timers.elapsed() - heldAt >= PATIENCE.toMillis();
  }

  /** Says that we are there, or looks whether the other one is. */
  Future<Void> beat() {
    return holding ? keep() : look();
  }

  private Future<Void> keep() {
    int mine = number;
    return places
        .keep(id, self)
        .map(
            kept -> {
              if (mine == number && holding) {
                if (kept) {
                  heldAt = timers.elapsed();
                } else {
                  lose();
                }
              }
              return null;
            });
  }

  private Future<Void> look() {
    return places
        .find(id)
        .compose(
            found -> {
              if (found == null) {
                return begin.get().compose(seq -> places.make(id, seq)).compose(v -> look());
              }
              if (found.holder().equals(self)) {
                hold(found.seq());
                return Future.succeededFuture();
              }
              return found.holder().isEmpty() || isSilent(found)
                  ? take(found)
                  : Future.succeededFuture();
            });
  }

  private boolean isSilent(Places.Place found) {
    Places.Place before = seen;
    if (before != null && before.holder().equals(found.holder()) && before.beat() == found.beat()) {
      return timers.elapsed() - seenAt >= PATIENCE.toMillis();
    }
    seen = found;
    seenAt = timers.elapsed();
    return false;
  }

  private Future<Void> take(Places.Place found) {
    return places
        .take(id, found, self)
        .compose(taken -> taken ? places.find(id) : Future.succeededFuture())
        .map(
            now -> {
              if (now != null && now.holder().equals(self)) {
                hold(now.seq());
              }
              return null;
            });
  }

  private void hold(long seq) {
    if (closed) {
      return;
    }
    LOGGER.info("consumer {} goes on here after entry {}", id, seq);
    holding = true;
    heldAt = timers.elapsed();
    place = seq;
    moving = false;
    seen = null;
    number++;
    hearing.changed().run();
  }

  private void lose() {
    LOGGER.info("consumer {} goes on elsewhere", id);
    holding = false;
    moving = false;
    number++;
    hearing.changed().run();
  }

  /** Moves the place forward, one move at a time; what comes meanwhile is to be asked for again. */
  void move(long to) {
    if (!holding || moving || to <= place) {
      return;
    }
    moving = true;
    int mine = number;
    places
        .move(id, self, place, to)
        .onComplete(
            done -> {
              if (mine != number) {
                return;
              }
              moving = false;
              if (done.failed()) {
                // It may have landed; then the next attempt is told that the place is elsewhere.
                hearing.trouble().accept(done.cause());
              } else if (done.result()) {
                place = to;
                heldAt = timers.elapsed();
              } else {
                lose();
              }
              hearing.moved().run();
            });
  }

  /** Lets go of it for good, so that others need not wait. */
  Future<Void> close() {
    closed = true;
    boolean ours = holding;
    holding = false;
    return ours
        ? places.release(id, self).<Void>mapEmpty().otherwiseEmpty()
        : Future.succeededFuture();
  }
}
