package chat.plenary.messaging.background;

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
import java.util.function.Supplier;

/**
 * A few named threads with a bounded queue. They end after 30 s without work, and never keep the
 * process from ending.
 */
public final class Workers implements AutoCloseable {
  private final ThreadPoolExecutor threads;
  private final Supplier<? extends Exception> refusal;

  /**
   * Makes threads when there is work for them.
   *
   * @param name of the threads, each with its number behind it
   * @param count threads at the most; 1 or more
   * @param queue tasks that wait, at the most; 1 or more
   * @param refusal what a task fails with that finds the queue full, or the workers closed
   */
  public Workers(String name, int count, int queue, Supplier<? extends Exception> refusal) {
    this.refusal = refusal;
    AtomicInteger number = new AtomicInteger();
    threads =
        new ThreadPoolExecutor(
            count,
            count,
            30,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(queue),
            task -> {
              Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
  }

  /**
   * Does a piece of work.
   *
   * @return its result or what it threw, on the caller's context where there is one; the refusal
   *     where it is not begun
   */
  public <T> Future<T> work(Callable<T> task) {
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
      return Future.failedFuture(refusal.get());
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

  /** Whether a further task would be refused now. */
  public boolean isFull() {
    return threads.getQueue().remainingCapacity() == 0;
  }

  /** Ends the threads; what waits is not done any more. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
