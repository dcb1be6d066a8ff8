package chat.plenary.integrations.camel;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.ThreadPoolBuilder;
import org.apache.camel.util.concurrent.ThreadPoolRejectedPolicy;

/**
 * Threads of a Camel context on which routes run, that drop nothing: whoever hands something over
 * that is not going to be run is told so.
 *
 * <p>Camel's own pools let the caller run what they have no room for, which may be an event loop,
 * and drop without a word what comes when they have been shut down, or waits then: somebody waits
 * for that for ever.
 */
public final class RouteThreads implements AutoCloseable {
  private final CamelContext camel;
  private final ExecutorService threads;
  private final Set<Promise<Exchange>> underWay = ConcurrentHashMap.newKeySet();

  private record Task(Runnable work, Runnable left) implements Runnable {
    @Override
    public void run() {
      work.run();
    }
  }

  /**
   * Starts them.
   *
   * @param owner for whom, as Camel's management shows it
   * @param name of the threads
   * @param count of threads; 1 or more
   * @param waiting tasks that wait for one, at the most; 1 or more
   */
  public RouteThreads(CamelContext camel, Object owner, String name, int count, int waiting)
      throws Exception {
    this.camel = camel;
    threads =
        new ThreadPoolBuilder(camel)
            .poolSize(count)
            .maxPoolSize(count)
            .maxQueueSize(waiting)
            .rejectedPolicy(ThreadPoolRejectedPolicy.Abort)
            .build(owner, name);
  }

  /**
   * Sends an exchange through a route.
   *
   * @param made makes the exchange, on one of the threads
   * @return the exchange, when the route is done with it, whether it failed or not; fails with
   *     {@link RejectedExecutionException} where there is no room for it, or the threads ended
   *     before the route was done
   */
  public Future<Exchange> process(Supplier<Exchange> made, AsyncProcessor route) {
    Promise<Exchange> done = Promise.promise();
    underWay.add(done);
    run(
        () -> {
          try {
            Exchange exchange = made.get();
            route.process(
                exchange,
                sync -> {
                  underWay.remove(done);
                  done.tryComplete(exchange);
                });
          } catch (RuntimeException e) {
            underWay.remove(done);
            done.tryFail(e);
          }
        },
        () -> {
          underWay.remove(done);
          done.tryFail(new RejectedExecutionException("the route is busy, or has stopped"));
        });
    return done.future();
  }

  /**
   * Does a piece of work on one of the threads.
   *
   * @param left runs instead, here or where the threads are ended, when the work is never begun:
   *     too much waits, or they have ended
   */
  private void run(Runnable work, Runnable left) {
    try {
      threads.execute(new Task(work, left));
    } catch (RejectedExecutionException e) {
      left.run();
    }
  }

  /**
   * Goes on with a route whose next part may block, which is none of an event loop's business. When
   * no thread is to be had any more it ends where it stands: it is never left hanging.
   */
  public void goOn(AsyncCallback callback) {
    run(() -> callback.done(false), () -> callback.done(false));
  }

  /**
   * Ends the threads: what runs is interrupted, what waits is left. A route that was stopped by
   * force may have lost what it held, in a delay for instance; that is told to whoever waits, too.
   */
  @Override
  public void close() {
    for (Runnable task : camel.getExecutorServiceManager().shutdownNow(threads)) {
      ((Task) task).left().run();
    }
    for (Promise<Exchange> lost : underWay) {
      lost.tryFail(new RejectedExecutionException("the route has stopped"));
    }
    underWay.clear();
  }
}
