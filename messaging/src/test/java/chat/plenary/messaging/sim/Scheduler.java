package chat.plenary.messaging.sim;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.BooleanSupplier;

/**
 * The queue of what is still to happen, in virtual time. Not thread-safe: all of a simulation is on
 * one thread. Steps due at the same moment are taken in the order in which they were scheduled, so
 * a choice of order is a choice of delays; draw these from {@link #random()} or {@link #between}.
 */
public final class Scheduler {
  /** Where virtual time begins if nothing else is said. */
  public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private static final int REMEMBERED = 300;

  /** A step that waits for its time. */
  public static final class Step {
    private final long at;
    private final long order;
    private final String name;
    private final Runnable what;
    private boolean cancelled;

    private Step(long at, long order, String name, Runnable what) {
      this.at = at;
      this.order = order;
      this.name = name;
      this.what = what;
    }

    /** Does nothing once the step was taken. */
    public void cancel() {
      cancelled = true;
    }
  }

  private final long seed;
  private final Instant start;
  private final Random random;
  private final PriorityQueue<Step> queue =
      new PriorityQueue<>(
          Comparator.<Step>comparingLong(step -> step.at).thenComparingLong(step -> step.order));
  private final Deque<String> trace = new ArrayDeque<>();
  private long nanos;
  private long scheduled;
  private long taken;

  /** A world that begins at {@link #START}. */
  public Scheduler(long seed) {
    this(seed, START);
  }

  /** A world that begins at some other time. */
  public Scheduler(long seed, Instant start) {
    this.seed = seed;
    this.start = start;
    this.random = new Random(seed);
  }

  /** The one source of chance of this simulation. */
  public Random random() {
    return random;
  }

  /** Whether something of this rate happens now; draws nothing when the rate is 0. */
  public boolean chance(double rate) {
    return rate > 0 && random.nextDouble() < rate;
  }

  /** A random time between the two, to the nanosecond. */
  public Duration between(Duration least, Duration most) {
    long range = most.toNanos() - least.toNanos();
    return range <= 0 ? least : least.plusNanos((long) (random.nextDouble() * range));
  }

  /** Virtual time since the beginning. */
  public Duration elapsed() {
    return Duration.ofNanos(nanos);
  }

  /** Virtual time as a clock, in UTC. */
  public Clock clock() {
    return new Clock() {
      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return Clock.offset(this, Duration.ZERO);
      }

      @Override
      public Instant instant() {
        return start.plusNanos(nanos);
      }
    };
  }

  /** Has {@code what} happen after {@code delay}. */
  public Step schedule(Duration delay, Runnable what) {
    return schedule(delay, "step", what);
  }

  /** Has {@code what} happen after {@code delay}, under a name that {@link #trace()} shows. */
  public Step schedule(Duration delay, String name, Runnable what) {
    var step = new Step(nanos + Math.max(0, delay.toNanos()), scheduled++, name, what);
    queue.add(step);
    return step;
  }

  /** Whether nothing is left to happen. */
  public boolean idle() {
    skipCancelled();
    return queue.isEmpty();
  }

  /**
   * Takes the next step; what it throws comes out of here with the seed and the last steps.
   *
   * @return false if there was none
   */
  public boolean step() {
    skipCancelled();
    var next = queue.poll();
    if (next == null) {
      return false;
    }
    nanos = next.at;
    taken++;
    if (trace.size() == REMEMBERED) {
      trace.removeFirst();
    }
    trace.addLast(nanos / 1_000 + " us " + next.name);
    try {
      next.what.run();
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError(describe() + "\n" + trace(), e);
    }
    return true;
  }

  /** Takes all steps that are due within {@code time} and lets that much time pass. */
  public void runFor(Duration time) {
    long end = nanos + time.toNanos();
    skipCancelled();
    for (var next = queue.peek(); next != null && next.at <= end; next = queue.peek()) {
      step();
      skipCancelled();
    }
    nanos = end;
  }

  /**
   * Takes steps until {@code done}, nothing is left or {@code most} has passed.
   *
   * @return whether it is done
   */
  public boolean runUntil(BooleanSupplier done, Duration most) {
    long end = nanos + most.toNanos();
    while (!done.getAsBoolean()) {
      skipCancelled();
      var next = queue.peek();
      if (next == null || next.at > end) {
        return false;
      }
      step();
    }
    return true;
  }

  /** The last 300 steps taken, one a line, with their times in microseconds. */
  public String trace() {
    return String.join("\n", trace);
  }

  /** Seed, steps and time, for the message of a failure. */
  public String describe() {
    return "seed " + seed + ", step " + taken + ", " + elapsed();
  }

  private void skipCancelled() {
    for (var next = queue.peek(); next != null && next.cancelled; next = queue.peek()) {
      queue.remove();
    }
  }
}
