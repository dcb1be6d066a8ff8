package chat.plenary.messaging.log;

import io.vertx.core.Future;
import java.util.List;

/**
 * Hears of every entry once per cluster, at least once, in the order of each lane, from the
 * beginning of the log; its place is kept in the store (collection {@code cursors}, moved by
 * compare-and-set). What it does must be idempotent.
 */
public interface DurableListener {
  /** Its name, for ever: 1 to 32 of {@code a-z} and {@code -}. */
  String name();

  /**
   * Takes a batch of consecutive entries of one lane. The place moves on when the future succeeds;
   * after a failure the same entries come again, after a pause that grows to 5 s.
   *
   * @param lane the lane
   * @param entries 1 to 100 consecutive entries
   */
  Future<Void> take(int lane, List<Entry> entries);
}
