package chat.plenary.messaging.log;

import java.time.Clock;
import java.time.Duration;

/** Time for the log: what a clock says, and being called later. Simulated in tests. */
public interface Timers {
  /** The clock by which entries are stamped. It may jump; nothing but stamps rests on it. */
  Clock clock();

  /**
   * Milliseconds that only grow, from an arbitrary beginning: deadlines and leases are reckoned by
   * them.
   */
  default long elapsed() {
    return clock().millis();
  }

  /**
   * Runs something once, no sooner than after {@code delay}, on the thread (or context) that asked.
   */
  void after(Duration delay, Runnable task);
}
