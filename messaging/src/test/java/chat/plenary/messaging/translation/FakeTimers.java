package chat.plenary.messaging.translation;

import chat.plenary.messaging.TestClock;
import chat.plenary.messaging.log.Timers;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Time that a test lets pass. */
final class FakeTimers implements Timers {
  private final TestClock clock = new TestClock();
  private final List<Due> due = new ArrayList<>();

  private record Due(long at, Runnable task) {}

  @Override
  public Clock clock() {
    return clock;
  }

  @Override
  public synchronized void after(Duration delay, Runnable task) {
    due.add(new Due(clock.millis() + delay.toMillis(), task));
  }

  /** Lets time pass, and does what was put off until then. */
  void pass(Duration time) {
    clock.pass(time);
    List<Due> now;
    synchronized (this) {
      now =
          due.stream()
              .filter(one -> one.at() <= clock.millis())
              .sorted(Comparator.comparingLong(Due::at))
              .toList();
      due.removeAll(now);
    }
    now.forEach(one -> one.task().run());
  }
}
