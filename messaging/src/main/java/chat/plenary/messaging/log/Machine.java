package chat.plenary.messaging.log;

import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.id.ConversationId;
import io.vertx.core.Future;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What the log does not know: the meaning of entries. All methods but {@link #load} and the future
 * that {@link #lacks} leads to are pure, take no time and are called on the lane's own thread.
 */
public interface Machine {
  /**
   * Reads a conversation's state from the store. It may be behind this node's tail, or beyond it:
   * the log folds what is missing, or waits until it has applied what is ahead.
   *
   * @return the state; with seq 0 where the conversation does not exist
   */
  Future<State> load(ConversationId conversation);

  /**
   * The state after one more entry, whose seq is {@code state.seq() + 1}. Unknown kinds only move
   * the numbers.
   */
  State apply(State state, Entry entry);

  /**
   * Facts of the past that judging the command needs and the state has not at hand (who sent the
   * message that is to be recalled).
   *
   * @return null when the state has all; else how to read it: a change that adds what was found to
   *     the then newest state. The log calls it when a reading is sure to see all that this node
   *     has applied
   */
  @Nullable Supplier<Future<UnaryOperator<State>>> lacks(State state, Command command);

  /**
   * Judges a command against the state at exactly the tail that it would be appended to.
   *
   * @return null when it may be appended, else the reason why not
   */
  @Nullable Fault judge(State state, Command command);

  /**
   * Whether what an entry said was taken back by a later one, as far as the state remembers: then
   * no repetition of it is a conflict any more.
   */
  boolean forgets(State state, long seq);

  /**
   * Whether entries of this kind change what later commands are judged by (members, roles,
   * settings, recalls). Such an entry is the last of its conversation in its run.
   */
  boolean closes(String kind);
}
