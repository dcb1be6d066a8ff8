package chat.plenary.messaging.store.embedded;

import org.rocksdb.RocksDBException;

/**
 * What a caller wants written. Made on the judging thread, one at a time, so each is atomic against
 * all others.
 */
interface Change<T> {
  /**
   * Reads and writes through the group. What it has written when it throws stays in the group (a
   * run's prefix).
   */
  T make(Group group) throws RocksDBException;

  /** About how much memory it holds while it waits. */
  int bytes();

  /** Whether it is to be made when everything before it has been committed, in a group alone. */
  default boolean alone() {
    return false;
  }
}
