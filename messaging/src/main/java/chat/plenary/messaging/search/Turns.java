package chat.plenary.messaging.search;

import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.id.AccountId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Lets a few searches run at once on a node; some more wait, of one account not many, and who finds
 * no place comes again later. Safe for any thread.
 */
final class Turns {
  private final int atOnce;
  private final int waiting;
  private final int each;
  private final Deque<Promise<Void>> queue = new ArrayDeque<>();
  private final Map<AccountId, Integer> taken = new HashMap<>();
  private int running;

  /**
   * @param atOnce searches that run
   * @param waiting searches that wait, at the most
   * @param each searches of one account that run or wait, at the most
   */
  Turns(int atOnce, int waiting, int each) {
    this.atOnce = atOnce;
    this.waiting = waiting;
    this.each = each;
  }

  /** Runs a search when it is its turn; fails as too many where there is no place. */
  <T> Future<T> take(AccountId account, Supplier<Future<T>> search) {
    Promise<Void> turn = Promise.promise();
    synchronized (this) {
      int own = taken.getOrDefault(account, 0);
      if (own >= each || (running >= atOnce && queue.size() >= waiting)) {
        return Future.failedFuture(Fault.tooMany("Too many searches are under way.", 1));
      }
      taken.put(account, own + 1);
      if (running < atOnce) {
        running++;
        turn.complete();
      } else {
        queue.add(turn);
      }
    }
    return turn.future().compose(v -> search.get()).onComplete(done -> left(account));
  }

  private void left(AccountId account) {
    Promise<Void> next;
    synchronized (this) {
      taken.computeIfPresent(account, (id, own) -> own == 1 ? null : own - 1);
      next = queue.poll();
      if (next == null) {
        running--;
      }
    }
    if (next != null) {
      next.complete();
    }
  }
}
