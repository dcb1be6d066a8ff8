package chat.plenary.messaging.search;

import chat.plenary.messaging.fault.Fault;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The named threads on which texts are folded and compared. */
final class Workers implements AutoCloseable {
  private static final int THREADS = 2;

  private final ThreadPoolExecutor threads;

  /**
   * @param queue tasks that wait, at the most
   */
  Workers(int queue) {
    AtomicInteger number = new AtomicInteger();
    threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            30,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(queue),
            task -> {
              Thread thread = new Thread(task, "plenary-search-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
  }

  /** Does a piece of work; the result comes on the caller's context where there is one. */
  <T> Future<T> work(Callable<T> task) {
    Promise<T> promise = Promise.promise();
    Context context = Vertx.currentContext();
    try {
      threads.execute(
          () -> {
            Future<T> result = result(task);
            if (context == null) {
              result.onComplete(promise);
            } else {
              context.runOnContext(back -> result.onComplete(promise));
            }
          });
    } catch (RejectedExecutionException e) {
      return Future.failedFuture(Fault.of(Fault.Code.UNAVAILABLE, "Search is stopping."));
    }
    return promise.future();
  }

  private static <T> Future<T> result(Callable<T> task) {
    try {
      return Future.succeededFuture(task.call());
    } catch (Exception e) {
      return Future.failedFuture(e);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
