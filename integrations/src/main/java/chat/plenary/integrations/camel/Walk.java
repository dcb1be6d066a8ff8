package chat.plenary.integrations.camel;

import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.log.Timers;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes along a group once per cluster: while it is its {@link Turn}, it hands over what comes in
 * order, a bounded number at a time, and moves the place when all before it is settled. Everything
 * happens on one Vert.x context.
 */
final class Walk {
  /** What may be settled beyond the place in the store: so much comes again after a crash. */
  private static final int MAX_UNSAVED = 100;

  private static final Logger LOGGER = LoggerFactory.getLogger(Walk.class);

  private final String id;
  private final Turn turn;
  private final Sight sight;
  private final Predicate<Sight.Seen> wanted;
  private final Function<Sight.Seen, Future<Void>> hand;
  private final int inFlight;
  private final Timers timers;
  private final Context context;
  private final Promise<Void> ended = Promise.promise();
  private final Deque<Step> queue = new ArrayDeque<>();
  private final Deque<Step> flights = new ArrayDeque<>();
  private long read;
  private int underWay;
  private int unsaved;
  private boolean reading;
  private boolean again;
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
    this.sight = sight;
    this.wanted = wanted;
    this.hand = hand;
    this.inFlight = settings.inFlight();
    this.timers = timers;
    this.context = context;
    this.turn =
        new Turn(
            id,
            self,
            places,
            timers,
            () -> settings.fromBeginning() ? Future.succeededFuture(0L) : sight.newest(),
            new Turn.Hearing(this::changed, this::moved, this::trouble));
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
    turn.beat()
        .onComplete(
            done -> {
              if (done.failed()) {
                trouble(done.cause());
              }
              timers.after(Turn.BEAT, this::tick);
              turn.move(settled);
              pump();
            });
  }

  private void changed() {
    queue.clear();
    flights.clear();
    reading = false;
    holds = turn.isOurs();
    if (holds) {
      read = turn.place();
      settled = turn.place();
      unsaved = 0;
      pump();
    }
  }

  private void moved() {
    if (settled == turn.place()) {
      unsaved = 0;
    } else if (problem == null) {
      turn.move(settled);
    }
    pump();
    end();
  }

  private void pump() {
    if (!turn.isOurs() || stopped || turn.isDoubtful()) {
      return;
    }
    while (underWay < inFlight && unsaved < MAX_UNSAVED && !queue.isEmpty()) {
      Step step = queue.remove();
      flights.add(step);
      underWay++;
      int mine = turn.number();
      hand.apply(step.what)
          .onComplete(done -> context.runOnContext(v -> handed(step, mine, done.succeeded())));
    }
    if (queue.isEmpty()) {
      more();
    }
  }

  private void handed(Step step, int mine, boolean well) {
    underWay--;
    if (mine == turn.number() && well) {
      step.done = true;
      unsaved++;
    }
    settle();
    pump();
  }

  private void more() {
    if (reading) {
      again = true;
      return;
    }
    reading = true;
    again = false;
    int mine = turn.number();
    sight
        .after(read)
        .onComplete(
            done -> {
              if (mine != turn.number()) {
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
              done.result().entries().stream()
                  .filter(wanted)
                  .forEach(one -> queue.add(new Step(one)));
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
    // What was stopped has thrown away what it had read and not handed over.
    if (turn.isOurs() && !stopped) {
      Step first = flights.isEmpty() ? queue.peek() : flights.peek();
      settled = first == null ? read : first.seq() - 1;
    }
    turn.move(settled);
    end();
  }

  /** Where it was stopped: lets go of the place when all that was under way is settled. */
  private void end() {
    if (stopped && underWay == 0 && !turn.isMoving() && !ended.future().isComplete()) {
      holds = false;
      turn.close().onComplete(done -> ended.tryComplete());
    }
  }

  private void trouble(Throwable failure) {
    String text = String.valueOf(failure instanceof Fault ? failure.getMessage() : failure);
    if (!text.equals(problem)) {
      LOGGER.warn("consumer {} waits: {}", id, text);
    }
    problem = text;
  }
}
