package chat.plenary.messaging.log;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Watches the deadlines of all that waits by one timer, not by one each. */
final class Deadlines {
  private final Timers timers;
  private final Executor thread;
  private final Supplier<List<Waiting>> waiting;
  private final Consumer<Waiting> expire;
  private long armed = Long.MAX_VALUE;

  /**
   * Deadlines.
   *
   * @param waiting all that waits now, in order
   * @param expire hears of each that is past its deadline, in that order; of some more than once
   */
  Deadlines(
      Timers timers, Executor thread, Supplier<List<Waiting>> waiting, Consumer<Waiting> expire) {
    this.timers = timers;
    this.thread = thread;
    this.waiting = waiting;
    this.expire = expire;
  }

  void watch(Waiting one) {
    arm(one.deadline);
  }

  private void arm(long deadline) {
    if (deadline < armed) {
      armed = deadline;
      timers.after(
          Duration.ofMillis(Math.max(1, deadline - timers.elapsed())),
          () -> thread.execute(() -> fired(deadline)));
    }
  }

  private void fired(long deadline) {
    if (armed != deadline) {
      return;
    }
    armed = Long.MAX_VALUE;
    List<Waiting> due = new ArrayList<>();
    long next = Long.MAX_VALUE;
    for (Waiting one : waiting.get()) {
      if (one.deadline <= timers.elapsed()) {
        due.add(one);
      } else {
        next = Math.min(next, one.deadline);
      }
    }
    due.forEach(expire);
    if (next < Long.MAX_VALUE) {
      arm(next);
    }
  }
}
