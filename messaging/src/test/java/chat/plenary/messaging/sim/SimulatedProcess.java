package chat.plenary.messaging.sim;

import chat.plenary.messaging.log.Timers;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One simulated node's thread. Its steps wait while it is paused (SIGSTOP: time goes on for
 * everyone else) and never happen after it was killed. A restarted node is a new process.
 */
public final class SimulatedProcess implements Timers {
  private final Scheduler scheduler;
  private final String name;
  private final List<Runnable> held = new ArrayList<>();
  private Duration skew = Duration.ZERO;
  private boolean paused;
  private boolean killed;

  public SimulatedProcess(Scheduler scheduler, String name) {
    this.scheduler = scheduler;
    this.name = name;
  }

  /** The name, for traces. */
  public String name() {
    return name;
  }

  /** The scheduler that it is on. */
  public Scheduler scheduler() {
    return scheduler;
  }

  @Override
  public Clock clock() {
    return Clock.offset(scheduler.clock(), skew);
  }

  /** Time that does not jump with the clock. */
  @Override
  public long elapsed() {
    return scheduler.elapsed().toMillis();
  }

  /** Sets the clock to what is off by this much. */
  public void skew(Duration off) {
    skew = off;
  }

  /** Whether it was killed. */
  public boolean killed() {
    return killed;
  }

  @Override
  public void after(Duration delay, Runnable task) {
    schedule(delay, "timer", task);
  }

  /** Has something happen in this process after {@code delay}. */
  public Scheduler.Step schedule(Duration delay, String what, Runnable task) {
    return scheduler.schedule(delay, name + ": " + what, () -> take(task));
  }

  /** Stops it between two steps. */
  public void pause() {
    paused = true;
  }

  /** Lets it go on, first with what fell due meanwhile, in that order. */
  public void resume() {
    paused = false;
    var due = List.copyOf(held);
    held.clear();
    due.forEach(task -> schedule(Duration.ZERO, "resumed", task));
  }

  /** Ends it: its memory is gone, its writes under way are not. */
  public void kill() {
    killed = true;
    held.clear();
  }

  /** Whether it is neither paused nor killed. */
  public boolean running() {
    return !paused && !killed;
  }

  private void take(Runnable task) {
    if (killed) {
      return;
    }
    if (paused) {
      held.add(task);
    } else {
      task.run();
    }
  }
}
