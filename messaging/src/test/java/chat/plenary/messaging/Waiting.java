package chat.plenary.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.messaging.store.embedded.EmbeddedOptions;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Waiting for what must come, in the tests of all modules. Nothing is asserted of how soon: the
 * limit only ends a test that would hang, so it is longer than a slow machine with a slow disk
 * takes.
 */
public final class Waiting {
  /** For how long something is waited for. */
  public static final int SECONDS = 60;

  private static final int PAUSE_MS = 10;

  private Waiting() {}

  /** A store that is as patient. */
  public static EmbeddedOptions store() {
    return EmbeddedOptions.defaults().timeout(Duration.ofSeconds(SECONDS));
  }

  /** The result of a future; throws what it failed with, wrapped. */
  public static <T> T await(Future<T> future) throws Exception {
    try {
      return future.toCompletionStage().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("no answer within " + SECONDS + " s; threads:" + threads(), e);
    }
  }

  /** What every thread does, for whoever is to find out why nothing was answered. */
  public static String threads() {
    StringBuilder all = new StringBuilder();
    Thread.getAllStackTraces()
        .forEach(
            (thread, frames) -> {
              all.append("\n\n").append(thread.getName()).append(' ').append(thread.getState());
              for (StackTraceElement frame : frames) {
                all.append("\n  at ").append(frame);
              }
            });
    return all.toString();
  }

  /** Waits until something is so. */
  public static void until(Callable<Boolean> condition) throws Exception {
    until("it", condition);
  }

  /**
   * Waits until something is so.
   *
   * @param what is waited for, for the message
   */
  public static void until(String what, Callable<Boolean> condition) throws Exception {
    boolean come = condition.call();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (!come && System.nanoTime() < end) {
      Thread.sleep(PAUSE_MS);
      come = condition.call();
    }
    assertThat(come).as(what + " came within " + SECONDS + " s").isTrue();
  }
}
