package chat.plenary.node;

import chat.plenary.node.configuration.Configuration;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parts of a node: each is opened after the one before has opened, and all are closed in the
 * reverse order. The thread that starts and ends the process waits here, and works nowhere else.
 */
final class Parts {
  private static final Logger LOGGER = LoggerFactory.getLogger(Parts.class);

  /** Whatever is opened, however large the store is. */
  private static final long OPENING_MS = 600_000;

  /** Whatever is closed; what takes longer is left to the end of the process. */
  private static final long CLOSING_MS = 8_000;

  private static final long LOOK_MS = 100;

  private record Part(String name, Supplier<Future<Void>> close) {}

  private final Configuration configuration;
  private final CountDownLatch stop;
  private final Deque<Part> parts = new ArrayDeque<>();
  private @Nullable Context context;

  /**
   * Nothing yet.
   *
   * @param stop whose release ends opening, too
   */
  Parts(Configuration configuration, CountDownLatch stop) {
    this.configuration = configuration;
    this.stop = stop;
  }

  /** From now on everything happens on this context. */
  void on(Context loop) {
    context = loop;
  }

  /**
   * Opens a part, to be closed at the end.
   *
   * @throws Failure that says why it cannot be
   */
  <T> T open(String name, Supplier<Future<T>> opening, Function<T, Future<Void>> closing) {
    T part = step(name, opening);
    parts.push(new Part(name, () -> closing.apply(part)));
    return part;
  }

  /** Takes a step that leaves nothing to be closed. */
  <T> T step(String name, Supplier<Future<T>> work) {
    try {
      CompletableFuture<T> done = begun(work);
      for (long waited = 0; waited < OPENING_MS; waited += LOOK_MS) {
        try {
          return done.get(LOOK_MS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
          if (stop.getCount() == 0) {
            throw Failure.of("Stopped before it had started.");
          }
        }
      }
      throw Failure.of("The " + name + " did not open in ten minutes.");
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      LOGGER.debug("{} did not open", name, cause);
      throw Explanation.of(name, cause, configuration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.of("Interrupted.");
    }
  }

  /** Closes everything that was opened, each part for a bounded time. */
  void close() {
    while (!parts.isEmpty()) {
      Part part = parts.pop();
      try {
        begun(part.close()).get(CLOSING_MS, TimeUnit.MILLISECONDS);
      } catch (ExecutionException e) {
        LOGGER.warn("{} did not close well: {}", part.name(), String.valueOf(e.getCause()));
      } catch (TimeoutException e) {
        LOGGER.warn("{} did not close in time", part.name());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private <T> CompletableFuture<T> begun(Supplier<Future<T>> work) {
    CompletableFuture<T> done = new CompletableFuture<>();
    Runnable begin =
        () -> {
          try {
            work.get().onComplete(done::complete, done::completeExceptionally);
          } catch (RuntimeException | LinkageError e) {
            done.completeExceptionally(e);
          }
        };
    Context loop = context;
    if (loop == null) {
      begin.run();
    } else {
      loop.runOnContext(v -> begin.run());
    }
    return done;
  }
}
