package chat.plenary.messaging.log;

import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Real time, by Vert.x timers. */
public final class VertxTimers implements Timers {
  private final Vertx vertx;
  private final Clock clock;

  public VertxTimers(Vertx vertx, Clock clock) {
    this.vertx = vertx;
    this.clock = clock;
  }

  @Override
  public Clock clock() {
    return clock;
  }

  /**
   * By the clock that goes on while a process is stopped, and does not jump when the time is set.
   */
  @Override
  public long elapsed() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
  }

  @Override
  public void after(Duration delay, Runnable task) {
    vertx.setTimer(Math.max(1, delay.toMillis()), id -> task.run());
  }
}
