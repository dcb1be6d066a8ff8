package chat.plenary.messaging.log;

import io.vertx.core.Future;
import java.time.Duration;
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
   * Whether an entry means anything to it. What does not is never handed over, and its place moves
   * over it in memory first, in the store within 5 s.
   */
  default boolean wants(Entry entry) {
    return true;
  }

  /**
   * How long entries gather after a batch before the next one is begun, unless a whole batch waits:
   * every batch costs a synced write, whatever it holds. The first entry after a rest waits for
   * nothing.
   */
  default Duration gathers() {
    return Duration.ofMillis(200);
  }

  /**
   * Takes a batch of entries of one lane, in order, without those that it does not want. The place
   * moves on when the future succeeds; after a failure the same entries come again, after a pause
   * that grows to 5 s.
   *
   * @param lane the lane
   * @param entries 1 to 100 entries
   */
  Future<Void> take(int lane, List<Entry> entries);
}
