package chat.plenary.messaging.delivery;

import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * When an event loop does what has gathered. Idle, at once; under pressure a round is put off for
 * twice as long as the last one took, at most 5 ms, so that more goes into one write
 * (docs/adr/0010-what-a-send-costs-beside-its-sockets.md).
 */
final class Rounds {
  private static final int PAUSES = 2;
  private static final long MAX_PAUSE = TimeUnit.MILLISECONDS.toNanos(5);
  private static final long MIN_PAUSE = TimeUnit.MICROSECONDS.toNanos(200);

  private final EventExecutor loop;
  private final Runnable work;
  private final BooleanSupplier more;
  private final AtomicBoolean wanted = new AtomicBoolean();
  private volatile long notBefore = System.nanoTime();

  /**
   * @param work a round, on the loop
   * @param more whether there is something to do for another one
   */
  Rounds(EventExecutor loop, Runnable work, BooleanSupplier more) {
    this.loop = loop;
    this.work = work;
    this.more = more;
  }

  /** There is something to do. May be called on any thread, and by a round itself. */
  void want() {
    if (wanted.compareAndSet(false, true)) {
      long pause = notBefore - System.nanoTime();
      if (pause < MIN_PAUSE) {
        loop.execute(this::round);
      } else {
        loop.schedule(this::round, pause, TimeUnit.NANOSECONDS);
      }
    }
  }

  private void round() {
    long began = System.nanoTime();
    try {
      work.run();
    } finally {
      long ended = System.nanoTime();
      notBefore = ended + Math.min(MAX_PAUSE, PAUSES * (ended - began));
      // Only now: what a round itself writes must not begin the next one at once.
      wanted.set(false);
      if (more.getAsBoolean()) {
        want();
      }
    }
  }
}
