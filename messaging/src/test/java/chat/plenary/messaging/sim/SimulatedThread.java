package chat.plenary.messaging.sim;

import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * An event loop of a simulated node: tasks in order, each a step of its own, at once where the
 * caller is on this loop already.
 */
final class SimulatedThread implements Executor {
  private static final Duration SOON = Duration.ofNanos(50_000);

  private final SimulatedProcess process;
  private long due;
  private boolean here;

  SimulatedThread(SimulatedProcess process) {
    this.process = process;
  }

  @Override
  public void execute(Runnable task) {
    if (here) {
      task.run();
      return;
    }
    Scheduler scheduler = process.scheduler();
    long now = scheduler.elapsed().toNanos();
    due = Math.max(due, now + scheduler.between(Duration.ZERO, SOON).toNanos());
    process.schedule(Duration.ofNanos(due - now), "lane's thread", () -> take(task));
  }

  private void take(Runnable task) {
    here = true;
    try {
      task.run();
    } finally {
      here = false;
    }
  }
}
