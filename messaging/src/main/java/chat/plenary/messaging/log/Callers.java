package chat.plenary.messaging.log;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

/** Those who ask, each on a context of their own. */
public final class Callers {
  private Callers() {}

  /** The same, completed on the context on which this is called; anywhere where there is none. */
  public static <T> Future<T> answer(Future<T> future) {
    Context caller = Vertx.currentContext();
    if (caller == null) {
      return future;
    }
    Promise<T> promise = Promise.promise();
    future.onComplete(
        done -> {
          if (Vertx.currentContext() == caller) {
            promise.handle(done);
          } else {
            caller.runOnContext(v -> promise.handle(done));
          }
        });
    return promise.future();
  }
}
