package chat.plenary.messaging.search;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One step after the other, any number of them: composed futures would pile up on the stack. */
final class Steps {
  private Steps() {}

  /**
   * Steps from state to state.
   *
   * @param step the next state; null where this one is the last
   */
  static <S> Future<S> from(S first, Function<S, @Nullable Future<S>> step) {
    Promise<S> end = Promise.promise();
    go(first, step, end);
    return end.future();
  }

  private static <S> void go(S first, Function<S, @Nullable Future<S>> step, Promise<S> end) {
    S state = first;
    while (true) {
      Future<S> next;
      try {
        next = step.apply(state);
      } catch (RuntimeException e) {
        end.fail(e);
        return;
      }
      if (next == null) {
        end.complete(state);
        return;
      }
      if (!next.isComplete()) {
        next.onComplete(reached -> go(reached, step, end), end::fail);
        return;
      }
      if (next.failed()) {
        end.fail(next.cause());
        return;
      }
      state = next.result();
    }
  }
}
