package chat.plenary.messaging.log;

import java.time.Clock;
import java.time.Duration;

/** Time for the log: what a clock says, and being called later. Simulated in tests. */
public interface Timers {
  /** The clock that deadlines and leases are reckoned by. */
  Clock clock();

  /**
   * Runs something once, no sooner than after {@code delay}, on the thread (or context) that asked.
   */
  void after(Duration delay, Runnable task);
}
