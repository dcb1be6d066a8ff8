package chat.plenary.messaging.delivery;

import chat.plenary.messaging.conversation.ConversationState;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.log.Applied;
import chat.plenary.messaging.log.Cursor;
import chat.plenary.messaging.log.Entry;
import chat.plenary.messaging.log.LiveListener;
import chat.plenary.messaging.log.Log;
import chat.plenary.messaging.log.State;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Hands applied entries to the sockets in order, each with its conversation's state, and knows of
 * each lane up to where everything was handed over. An entry whose conversation is not in memory
 * waits until it was loaded, with those of the same conversation that come behind it.
 */
final class Handed implements LiveListener {
  private static final int MAX_WAITING = 10_000;

  private final Log log;
  private final Consumer<News> outlets;
  private final Consumer<Entry> missed;
  private final LaneEnd[] lanes = new LaneEnd[Log.LANES];

  /** One lane; guarded by itself. */
  private static final class LaneEnd {
    long handed = -1;
    final TreeSet<Long> waiting = new TreeSet<>();
    final Map<ConversationId, Deque<Stalled>> stalled = new HashMap<>();
  }

  /** What waits for its conversation, and when it was applied. */
  private record Stalled(Applied one, boolean fresh, long at) {}

  /**
   * The hand-over.
   *
   * @param outlets takes what is ready
   * @param missed is called where an entry could not be judged, so that all sessions read by number
   */
  Handed(Log log, Consumer<News> outlets, Consumer<Entry> missed) {
    this.log = log;
    this.outlets = outlets;
    this.missed = missed;
    for (int i = 0; i < Log.LANES; i++) {
      lanes[i] = new LaneEnd();
    }
  }

  /** The log has started: what it applied before nobody was told, and nobody listened. */
  void start() {
    Cursor now = log.cursor();
    for (int i = 0; i < Log.LANES; i++) {
      synchronized (lanes[i]) {
        if (lanes[i].handed < 0) {
          lanes[i].handed = now.number(i);
        }
      }
    }
  }

  /** Up to where everything was handed over. */
  Cursor cursor() {
    long[] numbers = new long[Log.LANES];
    for (int i = 0; i < Log.LANES; i++) {
      LaneEnd lane = lanes[i];
      synchronized (lane) {
        long handed = Math.max(0, lane.handed);
        numbers[i] = lane.waiting.isEmpty() ? handed : Math.min(handed, lane.waiting.first() - 1);
      }
    }
    return Cursor.of(log.cursor().epoch(), numbers);
  }

  @Override
  public void applied(int index, List<Applied> applied) {
    LaneEnd lane = lanes[index];
    boolean fresh = log.isFresh();
    long at = System.nanoTime();
    synchronized (lane) {
      for (Applied one : applied) {
        take(lane, new Stalled(one, fresh, at));
      }
      lane.handed = applied.get(applied.size() - 1).entry().n();
    }
  }

  private void take(LaneEnd lane, Stalled taken) {
    Applied one = taken.one();
    Entry entry = one.entry();
    if (entry.conversation().isOrganisation()) {
      return;
    }
    Deque<Stalled> before = lane.stalled.get(entry.conversation());
    if (before != null) {
      if (lane.waiting.size() < MAX_WAITING) {
        before.add(taken);
        lane.waiting.add(entry.n());
      } else {
        missed.accept(entry);
      }
    } else if (one.after() instanceof ConversationState state) {
      outlets.accept(new News(entry, state, taken.fresh(), taken.at()));
    } else {
      Deque<Stalled> stalled = new ArrayDeque<>();
      stalled.add(taken);
      lane.stalled.put(entry.conversation(), stalled);
      lane.waiting.add(entry.n());
      log.state(entry.conversation())
          .onComplete(
              loaded ->
                  release(lane, entry.conversation(), loaded.succeeded() ? loaded.result() : null));
    }
  }

  private void release(LaneEnd lane, ConversationId conversation, @Nullable State loaded) {
    synchronized (lane) {
      Deque<Stalled> stalled = lane.stalled.remove(conversation);
      if (stalled == null) {
        return;
      }
      for (Stalled taken : stalled) {
        Applied one = taken.one();
        State own = one.after() == null ? loaded : one.after();
        if (own instanceof ConversationState state && state.seq() >= one.entry().seq()) {
          outlets.accept(new News(one.entry(), state, taken.fresh(), taken.at()));
        } else {
          missed.accept(one.entry());
        }
        lane.waiting.remove(one.entry().n());
      }
    }
  }
}
