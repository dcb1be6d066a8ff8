package chat.plenary.integrations.camel;

import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.log.Timers;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes along a group once per cluster: takes the place where it is nobody's turn, hands over what
 * comes in order, a bounded number at a time, and moves the place when all before it is settled.
 * Everything happens on one Vert.x context.
 */
final class Walk {
  /** How often a holder says that it is there, and others look. */
  static final Duration BEAT = Duration.ofSeconds(1);

  /** After what silence a holder is taken for gone. */
  static final Duration PATIENCE = Duration.ofSeconds(5);

  /** What may be settled beyond the place in the store: so much comes again after a crash. */
  private static final int MAX_UNSAVED = 100;

  private static final Logger LOGGER = LoggerFactory.getLogger(Walk.class);

  private final String id;
  private final String self;
  private final Places places;
  private final Sight sight;
  private final Predicate<Sight.Seen> wanted;
  private final Function<Sight.Seen, Future<Void>> hand;
  private final Settings settings;
  private final Timers timers;
  private final Context context;
  private final Promise<Void> ended = Promise.promise();
  private final Deque<Step> queue = new ArrayDeque<>();
  private final Deque<Step> flights = new ArrayDeque<>();
  private Places.@Nullable Place seen;
  private long seenAt;
  private boolean holding;
  private long heldAt;
  private long place;
  private long read;
  private int underWay;
  private int unsaved;
  private int turn;
  private boolean reading;
  private boolean again;
  private boolean saving;
  private boolean stopped;
  private volatile boolean holds;
  private volatile long settled;
  private volatile @Nullable String problem;

  /**
   * How it goes.
   *
   * @param inFlight what is handed over and not settled, at the most
   * @param fromBeginning whether a walk that never was begins with the oldest entry
   */
  record Settings(int inFlight, boolean fromBeginning) {}

  /** Something to hand over. */
  private static final class Step {
    final Sight.Seen what;
    boolean done;

    Step(Sight.Seen what) {
      this.what = what;
    }

    long seq() {
      return what.entry().entry().seq();
    }
  }

  /**
   * A walk that has not begun.
   *
   * @param id by what the place is known
   * @param self by what this holder is known; never used before
   * @param hand takes an entry; a failure leaves it unsettled for whoever comes next
   */
  Walk(
      String id,
      String self,
      Places places,
      Sight sight,
      Predicate<Sight.Seen> wanted,
      Function<Sight.Seen, Future<Void>> hand,
      Settings settings,
      Timers timers,
      Context context) {
    this.id = id;
    this.self = self;
    this.places = places;
    this.sight = sight;
    this.wanted = wanted;
    this.hand = hand;
    this.settings = settings;
    this.timers = timers;
    this.context = context;
  }

  void start() {
    context.runOnContext(v -> tick());
  }

  /** There may be something new. May be called on any thread. */
  void wake() {
    if (holds) {
      context.runOnContext(v -> pump());
    }
  }

  /**
   * Hands over nothing more.
   *
   * @return succeeds when what was under way is settled and the place is let go
   */
  Future<Void> stop() {
    context.runOnContext(
        v -> {
          stopped = true;
          queue.clear();
          settle();
        });
    return ended.future();
  }

  /** Whether it is this node's turn, as far as it knows. */
  boolean holds() {
    return holds;
  }

  /** The entry up to which this node has settled everything; 0 where it has not been its turn. */
  long settled() {
    return settled;
  }

  /** Why it does not go on, or null. */
  @Nullable String problem() {
    return problem;
  }

  private void tick() {
    if (stopped) {
      return;
    }
    (holding ? keep() : look())
        .onComplete(
            done -> {
              if (done.failed()) {
                trouble(done.cause());
              }
              timers.after(BEAT, this::tick);
              save();
              pump();
            });
  }

  private Future<Void> keep() {
    int mine = turn;
    return places
        .keep(id, self)
        .map(
            kept -> {
              if (mine == turn && holding) {
                if (kept) {
                  heldAt = timers.elapsed();
                } else {
                  lose();
                }
              }
              return null;
            });
  }

  /** Looks whose turn it is, and takes it where it is nobody's. */
  private Future<Void> look() {
    return places
        .find(id)
        .compose(
            found -> {
              if (found == null) {
                Future<Long> begin =
                    settings.fromBeginning() ? Future.succeededFuture(0L) : sight.newest();
                return begin.compose(seq -> places.make(id, seq)).compose(v -> look());
              }
              if (found.holder().equals(self)) {
                hold(found.seq());
                return Future.succeededFuture();
              }
              Places.Place before = seen;
              boolean same =
                  before != null
                      && before.holder().equals(found.holder())
                      && before.beat() == found.beat();
              if (!same) {
                seen = found;
                seenAt = timers.elapsed();
              }
              boolean silent = same && timers.elapsed() - seenAt >= PATIENCE.toMillis();
              return found.holder().isEmpty() || silent ? take(found) : Future.succeededFuture();
            });
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
    if (stopped) {
      return;
    }
    LOGGER.info("consumer {} goes on here after entry {}", id, seq);
    turn++;
    holding = true;
    holds = true;
    heldAt = timers.elapsed();
    place = seq;
    read = seq;
    settled = seq;
    unsaved = 0;
    reading = false;
    saving = false;
    seen = null;
    queue.clear();
    flights.clear();
    pump();
  }

  private void lose() {
    LOGGER.info("consumer {} goes on at another node", id);
    holding = false;
    holds = false;
    turn++;
    queue.clear();
    flights.clear();
  }

  /** Whether another one may have taken the place by now: then nothing more is handed over. */
  private boolean lapsed() {
    return timers.elapsed() - heldAt >= PATIENCE.toMillis();
  }

  private void pump() {
    if (!holding || stopped || lapsed()) {
      return;
    }
    while (underWay < settings.inFlight() && unsaved < MAX_UNSAVED && !queue.isEmpty()) {
      Step step = queue.remove();
      flights.add(step);
      underWay++;
      int mine = turn;
      hand.apply(step.what)
          .onComplete(
              done ->
                  context.runOnContext(
                      v -> {
                        underWay--;
                        if (mine == turn && done.succeeded()) {
                          step.done = true;
                          unsaved++;
                        }
                        settle();
                        pump();
                      }));
    }
    if (queue.isEmpty()) {
      more();
    }
  }

  private void more() {
    if (reading) {
      again = true;
      return;
    }
    reading = true;
    again = false;
    int mine = turn;
    sight
        .after(read)
        .onComplete(
            done -> {
              if (mine != turn) {
                return;
              }
              reading = false;
              if (stopped) {
                return;
              }
              if (done.failed()) {
                trouble(done.cause());
                return;
              }
              problem = null;
              boolean some = done.result().upTo() > read;
              read = done.result().upTo();
              for (Sight.Seen one : done.result().entries()) {
                if (wanted.test(one)) {
                  queue.add(new Step(one));
                }
              }
              settle();
              if (some || again) {
                pump();
              }
            });
  }

  /** Finds up to where everything is settled. */
  private void settle() {
    while (!flights.isEmpty() && flights.element().done) {
      settled = Math.max(settled, flights.remove().seq());
    }
    if (holding) {
      // What was stopped has thrown away what it had read and not handed over.
      if (!stopped) {
        Step first = flights.isEmpty() ? queue.peek() : flights.peek();
        settled = first == null ? read : first.seq() - 1;
      }
      save();
    }
    end();
  }

  private void save() {
    if (!holding || saving || settled <= place) {
      return;
    }
    saving = true;
    int mine = turn;
    long to = settled;
    places
        .move(id, self, place, to)
        .onComplete(
            done -> {
              if (mine != turn) {
                return;
              }
              saving = false;
              if (done.failed()) {
                // It may have landed; then the next attempt is told that the place is elsewhere.
                trouble(done.cause());
              } else if (!done.result()) {
                lose();
              } else {
                place = to;
                heldAt = timers.elapsed();
                unsaved = 0;
                save();
                pump();
              }
              end();
            });
  }

  /** Where it was stopped: lets go of the place when all that was under way is settled. */
  private void end() {
    if (!stopped || underWay > 0 || saving || ended.future().isComplete()) {
      return;
    }
    if (!holding) {
      ended.tryComplete();
      return;
    }
    holding = false;
    holds = false;
    places.release(id, self).onComplete(done -> ended.tryComplete());
  }

  private void trouble(Throwable failure) {
    String text = failure instanceof Fault ? failure.getMessage() : failure.toString();
    if (!text.equals(problem)) {
      LOGGER.warn("consumer {} waits: {}", id, text);
    }
    problem = text;
  }
}
