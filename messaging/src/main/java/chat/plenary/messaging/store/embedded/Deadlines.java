package chat.plenary.messaging.store.embedded;

import chat.plenary.messaging.store.Answer;
import chat.plenary.messaging.store.StoreException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Fails as unknown what takes too long. All operations have the same time, so they expire in the
 * order in which they began, and time is counted in ticks. A tick that comes late is one tick:
 * while this process was stopped, or its machine, the disk was asked for nothing.
 */
final class Deadlines implements AutoCloseable {
  private static final long TICK_MS = 250;

  private final ScheduledExecutorService ticking;
  private final Queue<Started> started = new ConcurrentLinkedQueue<>();
  private final Duration timeout;
  private final long ticks;
  private final AtomicLong now = new AtomicLong();

  private record Started(Answer<?> answer, long tick) {}

  Deadlines(Duration timeout) {
    this.timeout = timeout;
    this.ticks = timeout.toMillis() / TICK_MS + 1;
    this.ticking =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              var thread = new Thread(work, "plenary-store-deadlines");
              thread.setDaemon(true);
              return thread;
            });
    ticking.scheduleWithFixedDelay(this::tick, TICK_MS, TICK_MS, TimeUnit.MILLISECONDS);
  }

  void add(Answer<?> answer) {
    started.add(new Started(answer, now.get()));
  }

  private void tick() {
    var tick = now.incrementAndGet();
    for (var first = started.peek(); first != null; first = started.peek()) {
      if (!first.answer().isGiven()) {
        if (tick - first.tick() < ticks) {
          return;
        }
        first
            .answer()
            .fail(
                new StoreException(
                    StoreException.Kind.UNKNOWN, "the disk took longer than " + timeout, null));
      }
      started.remove();
    }
  }

  /** Stops counting; what has not been answered is answered as unknown. */
  @Override
  public void close() {
    ticking.shutdownNow();
    for (var each = started.poll(); each != null; each = started.poll()) {
      each.answer()
          .fail(new StoreException(StoreException.Kind.UNKNOWN, "the store was closed", null));
    }
  }
}
