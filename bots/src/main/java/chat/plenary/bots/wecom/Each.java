package chat.plenary.bots.wecom;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** Does something with each of many, so many of them at once. */
final class Each {
  private static final int AT_ONCE = 32;

  private Each() {}

  /**
   * Begins with them in order, until there are no more, or it is to stop.
   *
   * @param stop looked at before each
   * @return succeeds when all that was begun is done; fails as the first that failed
   */
  static <T> Future<Void> of(List<T> all, BooleanSupplier stop, Function<T, Future<Void>> work) {
    AtomicInteger next = new AtomicInteger();
    List<Future<Void>> workers = new ArrayList<>();
    for (int i = 0; i < Math.min(AT_ONCE, all.size()); i++) {
      workers.add(from(all, next, stop, work));
    }
    return Future.join(workers).mapEmpty();
  }

  private static <T> Future<Void> from(
      List<T> all, AtomicInteger next, BooleanSupplier stop, Function<T, Future<Void>> work) {
    int at = next.getAndIncrement();
    return at >= all.size() || stop.getAsBoolean()
        ? Future.succeededFuture()
        : work.apply(all.get(at)).compose(v -> from(all, next, stop, work));
  }
}
