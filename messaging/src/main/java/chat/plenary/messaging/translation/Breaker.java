package chat.plenary.messaging.translation;

import chat.plenary.messaging.log.Timers;
import java.time.Duration;

/**
 * Leaves an engine alone that does not answer: after some failures in a row it is not asked for a
 * while, then once, and again only where that went well. Each pause is twice the one before.
 */
final class Breaker {
  private static final int FAILURES = 5;
  private static final Duration FIRST = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private final Timers timers;
  private int failures;
  private long until;
  private Duration pause = FIRST;
  private boolean trying;

  Breaker(Timers timers) {
    this.timers = timers;
  }

  /** Whether it may be asked; after a pause one caller may, and tells how it went. */
  synchronized boolean allows() {
    if (until == 0) {
      return true;
    }
    if (timers.elapsed() < until || trying) {
      return false;
    }
    trying = true;
    return true;
  }

  synchronized boolean isOpen() {
    return until != 0;
  }

  synchronized void succeeded() {
    failures = 0;
    until = 0;
    trying = false;
    pause = FIRST;
  }

  /** What was asked says nothing of whether it is well. */
  synchronized void neither() {
    trying = false;
  }

  /** It did not answer; true where it is left alone from now on. */
  synchronized boolean failed() {
    if (until != 0 && !trying) {
      return false;
    }
    if (++failures < FAILURES && !trying) {
      return false;
    }
    open(pause);
    pause = pause.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : pause.multipliedBy(2);
    return true;
  }

  /** It asked to be left alone. */
  synchronized void open(Duration time) {
    trying = false;
    until = Math.max(1, timers.elapsed() + time.toMillis());
  }
}
