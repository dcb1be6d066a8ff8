package chat.plenary.messaging.store;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a caller of an adapter waits for: given once, on the caller's context where there is one.
 * What is given later is passed over.
 */
public final class Answer<T> {
  private static final Logger LOG = LoggerFactory.getLogger(Answer.class);

  private final Promise<T> promise = Promise.promise();
  private final AtomicBoolean given = new AtomicBoolean();
  private final @Nullable Context context;

  /**
   * @param context where to complete the future; null for any thread
   */
  public Answer(@Nullable Context context) {
    this.context = context;
  }

  /** For whoever calls now. */
  public static <T> Answer<T> toCaller() {
    return new Answer<>(Vertx.currentContext());
  }

  /** What the caller gets. */
  public Future<T> future() {
    return promise.future();
  }

  /** Whether the caller has been answered, or is about to be. */
  public boolean isGiven() {
    return given.get();
  }

  /** Answers with a result. */
  public void succeed(T result) {
    give(() -> promise.complete(result));
  }

  /** Answers with a failure. */
  public void fail(StoreException failure) {
    give(() -> promise.fail(failure));
  }

  /** No failure of a listener, and no context that is gone, may stop the store's threads. */
  private void give(Runnable completion) {
    if (!given.compareAndSet(false, true)) {
      return;
    }
    try {
      if (context == null) {
        completion.run();
      } else {
        context.runOnContext(ignored -> completion.run());
      }
    } catch (Throwable e) {
      LOG.warn("a caller could not be answered", e);
      promise.tryFail(new StoreException(StoreException.Kind.UNKNOWN, "context is closed", e));
    }
  }
}
