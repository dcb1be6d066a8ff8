package chat.plenary.messaging.log;

import java.util.List;

/**
 * Hears on every node of what the node has applied, in the order of each lane, once. Best effort
 * across a restart: what was missed is read by number. It is called on the lane's thread and must
 * not take time.
 */
public interface LiveListener {
  /**
   * Entries that this node has just applied.
   *
   * @param lane the lane
   * @param applied consecutive entries of the lane, each with the states of its conversation, where
   *     they are in memory
   */
  void applied(int lane, List<Applied> applied);
}
