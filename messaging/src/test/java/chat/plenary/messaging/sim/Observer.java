package chat.plenary.messaging.sim;

import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.log.Command;
import chat.plenary.messaging.log.Outcome;
import chat.plenary.messaging.message.EntryView;
import java.time.Duration;

/**
 * Is told what happens in a world, as clients would see it who stand right before the nodes. All
 * times are of the one virtual clock, since the world began, and never go back. A removal is a
 * command like others. Calls come on the simulation's thread, in the order of what happened.
 */
public interface Observer {
  /** Listens to nothing. */
  Observer NONE = new Observer() {};

  /** How an entry comes to a reader. */
  enum How {
    /** As soon as the node had applied it. */
    LIVE,
    /** Read from the log, since the reader came or the node had been behind. */
    CAUGHT_UP,
    /** By a page of history, when all was quiet. */
    LAST
  }

  /**
   * A command came to a node.
   *
   * @param number of this attempt, dense from 0
   */
  default void asked(Duration at, int number, Command command, String node) {}

  /** A node answered an attempt, whether or not its client heard it. */
  default void answered(Duration at, int number, Outcome outcome) {}

  /** A reader's connection begins. */
  default void opened(Duration at, String reader, AccountId account, String node) {}

  /** A reader was shown all that its node had applied, and follows live from here on. */
  default void current(Duration at, String reader, AccountId account, String node) {}

  /** A reader's connection ends. */
  default void closed(Duration at, String reader, AccountId account, String node) {}

  /** All is quiet, and a reader that is connected has all that its node has. */
  default void settled(Duration at, String reader, AccountId account, String node) {}

  /** A reader is shown an entry; those that it may not see are not told. */
  default void shown(Duration at, String reader, AccountId account, How how, EntryView entry) {}

  /**
   * A fault begins, or ends.
   *
   * @param node where it is; empty where it is no single node's
   */
  default void fault(Duration at, boolean begins, String node, String what) {}
}
