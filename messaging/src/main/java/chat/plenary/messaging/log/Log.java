package chat.plenary.messaging.log;

import chat.plenary.messaging.id.ConversationId;
import io.vertx.core.Future;
import java.util.List;

/**
 * The log as features use it.
 *
 * <p>Futures complete on the caller's Vert.x context where there is one.
 */
public interface Log {
  /** Lanes of a database; fixed for its life. */
  int LANES = 64;

  /**
   * Appends a command, or finds what became of it before. Bounded: past its deadline of 3 s the
   * answer is unknown.
   *
   * @return always succeeds; failures are outcomes
   */
  Future<Outcome> append(Command command);

  /**
   * A conversation's state at this node's tail. It fails as {@link
   * chat.plenary.messaging.fault.Fault.Code#UNAVAILABLE} where the store does not answer.
   *
   * @return the state; with seq 0 where the conversation does not exist
   */
  Future<State> state(ConversationId conversation);

  /**
   * Reads entries of a conversation by number, lowest first. Nothing beyond {@code to} is returned,
   * so a caller gives the number up to which it has judged access.
   *
   * @param from the first number wanted, from 1
   * @param to the last number wanted
   * @param limit 1 to 1,000: where the range is longer, its beginning is returned
   */
  Future<List<Entry>> read(ConversationId conversation, long from, long to, int limit);

  /**
   * Reads consecutive entries of a lane, lowest first, up to this node's tail.
   *
   * @param after the number after which to begin, from 0
   * @param limit 1 to 1,000
   */
  Future<List<Entry>> readLane(int lane, long after, int limit);

  /** The lane of a conversation, 0 to 63. */
  int lane(ConversationId conversation);

  /** What this node has applied, of all lanes. May be called on any thread. */
  Cursor cursor();

  /**
   * Waits, for a bounded time (2 s), until this node has applied all that a cursor names.
   *
   * @return fails as {@link chat.plenary.messaging.fault.Fault.Code#UNAVAILABLE} when the node
   *     stays behind, and as {@link chat.plenary.messaging.fault.Fault.Code#GONE} when the cursor
   *     is of another epoch (a restored backup)
   */
  Future<Void> reach(Cursor cursor);

  /**
   * Whether this node's lease of freshness is good: only then may anything be written to a socket.
   * May be called on any thread; it looks at the clock.
   */
  boolean isFresh();

  /**
   * Adds a listener that hears of everything applied from now on. To be called before {@code
   * start}.
   */
  void listen(LiveListener listener);

  /** Adds a durable listener. To be called before {@code start}. */
  void listen(DurableListener listener);
}
