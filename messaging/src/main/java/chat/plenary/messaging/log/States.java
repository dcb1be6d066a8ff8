package chat.plenary.messaging.log;

import chat.plenary.messaging.id.ConversationId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The conversations of a lane that this node holds in memory, each exactly at the lane's tail. One
 * that is not there is read, with what the log has beyond its rows, and joins when it has come to
 * the tail. Used on the lane's thread only.
 */
final class States {
  private static final int PAGE = 1_000;

  private final Machine machine;
  private final Lane lane;
  private final Supplier<Future<Void>> fence;
  private final int most;
  private final LinkedHashMap<ConversationId, Slot> slots = new LinkedHashMap<>(64, 0.75f, true);

  private static final class Slot {
    @Nullable State state;

    /** The newest entry that was applied to the lane while the state was being read. */
    long seen;

    final Promise<State> loaded = Promise.promise();
  }

  /**
   * States of a lane.
   *
   * @param fence a majority write that begins now: a read after it sees whatever this node may have
   *     heard of
   * @param most conversations that are kept
   */
  States(Machine machine, Lane lane, Supplier<Future<Void>> fence, int most) {
    this.machine = machine;
    this.lane = lane;
    this.fence = fence;
    this.most = most;
  }

  /** The state at the tail, or null while it is not in memory. */
  @Nullable State get(ConversationId conversation) {
    Slot slot = slots.get(conversation);
    return slot == null ? null : slot.state;
  }

  /** The state at the tail, read where it is not in memory. */
  Future<State> load(ConversationId conversation) {
    Slot known = slots.get(conversation);
    if (known != null) {
      State state = known.state;
      return state == null ? known.loaded.future() : Future.succeededFuture(state);
    }
    Slot slot = new Slot();
    slots.put(conversation, slot);
    shrink();
    lane.onThread(
        fence.get().compose(v -> machine.load(conversation)),
        read -> {
          if (read.succeeded()) {
            fold(conversation, slot, read.result());
          } else {
            failed(conversation, slot, read.cause());
          }
        });
    return slot.loaded.future();
  }

  private void fold(ConversationId conversation, Slot slot, State rows) {
    lane.onThread(
        lane.readConversation(conversation, rows.seq() + 1, PAGE),
        read -> {
          if (read.failed()) {
            failed(conversation, slot, read.cause());
            return;
          }
          State state = rows;
          List<Entry> entries = read.result();
          for (Entry entry : entries) {
            if (entry.seq() == state.seq() + 1) {
              state = machine.apply(state, entry);
            }
          }
          if (entries.size() == PAGE || state.seq() < slot.seen) {
            fold(conversation, slot, state);
          } else if (state.n() > lane.tail()) {
            State ahead = state;
            lane.onThread(
                lane.catchUp(),
                done -> {
                  if (done.failed() || ahead.n() > lane.tail()) {
                    failed(
                        conversation,
                        slot,
                        done.failed()
                            ? done.cause()
                            : new IllegalStateException("a conversation is ahead of its lane"));
                  } else {
                    fold(conversation, slot, ahead);
                  }
                });
          } else {
            slot.state = state;
            slot.loaded.complete(state);
          }
        });
  }

  private void failed(ConversationId conversation, Slot slot, Throwable why) {
    slots.remove(conversation, slot);
    slot.loaded.fail(why);
  }

  /** An entry was applied to the lane: its conversation moves on with it. */
  Applied apply(Entry entry) {
    Slot slot = slots.get(entry.conversation());
    if (slot == null) {
      return new Applied(entry, null, null);
    }
    State before = slot.state;
    if (before == null) {
      slot.seen = entry.seq();
      return new Applied(entry, null, null);
    }
    if (before.seq() + 1 != entry.seq()) {
      // Cannot be while lanes are dense; forgetting is always safe.
      slots.remove(entry.conversation());
      return new Applied(entry, null, null);
    }
    State after = machine.apply(before, entry);
    slot.state = after;
    return new Applied(entry, before, after);
  }

  /** Adds facts to a state that is in memory. */
  void change(ConversationId conversation, java.util.function.UnaryOperator<State> change) {
    Slot slot = slots.get(conversation);
    if (slot != null && slot.state != null) {
      slot.state = change.apply(slot.state);
    }
  }

  private void shrink() {
    Iterator<Map.Entry<ConversationId, Slot>> oldest = slots.entrySet().iterator();
    while (slots.size() > most && oldest.hasNext()) {
      if (oldest.next().getValue().state != null) {
        oldest.remove();
      }
    }
  }
}
