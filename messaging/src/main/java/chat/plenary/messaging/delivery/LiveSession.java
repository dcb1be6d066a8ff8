package chat.plenary.messaging.delivery;

import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.conversation.Positions;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.log.Cursor;
import chat.plenary.messaging.log.Entry;
import chat.plenary.messaging.log.Log;
import chat.plenary.messaging.protocol.ServerFrame;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One signed-in connection on this node: what it was sent of each lane, and what it wants to hear
 * besides. Used on its socket's event loop only.
 */
public final class LiveSession {
  private static final int MAX_BACKLOG = 5_000;
  private static final int MAX_POSITIONS = 1_000;

  /** What becomes of entries that come. */
  enum Phase {
    /** Registered, and not greeted yet: what comes waits, and nothing can be missed. */
    REGISTERED,
    /** What was missed is being read; what comes meanwhile waits. */
    RESUMING,
    LIVE,
    /** Something was missed and is still to be read; what comes is passed over. */
    BEHIND
  }

  /**
   * How a conversation is read on this connection.
   *
   * @param language in which language; null for what was said itself
   * @param meeting the meeting whose growing captions are followed; null for none
   */
  record Reading(@Nullable String language, @Nullable String meeting) {}

  /** An entry that waits until what came before it was read. */
  static final class Waiting {
    final Entry entry;
    final byte[] bytes;

    Waiting(Entry entry, byte[] bytes) {
      this.entry = entry;
      this.bytes = bytes;
    }
  }

  final Caller caller;
  final Outbox outbox;
  Phase phase = Phase.REGISTERED;
  final List<Waiting> backlog = new ArrayList<>();

  /** Who brings it up to date now; what was begun before must not go on. */
  @Nullable Resuming reading;

  /** Of each lane, the number up to which this socket was sent all that concerns it. */
  final long[] sent = new long[Log.LANES];

  /** The epoch of those numbers; 0 before the first. */
  int epoch;

  /** Whether something came since the last cursor. */
  boolean told;

  /**
   * Of conversations, up to where they were told when it was brought up to date: that may be beyond
   * what had been handed over by then, and must not come again when it is.
   */
  private Map<ConversationId, Long> toldUpTo = Map.of();

  /** What this node had applied by then. */
  private @Nullable Cursor toldAt;

  @Nullable ConversationId watched;
  final Set<Long> watchedSeqs = new TreeSet<>();
  final Set<Long> movedSeqs = new TreeSet<>();
  final Map<ConversationId, Reading> readings = new HashMap<>();
  private final Map<ConversationId, Positions.Position> moved = new LinkedHashMap<>();
  private final Map<ConversationId, Long> own = new LinkedHashMap<>();

  LiveSession(Caller caller, Outbox outbox) {
    this.caller = caller;
    this.outbox = outbox;
  }

  /** Whose connection it is. */
  public Caller caller() {
    return caller;
  }

  /** Where all that goes to the socket goes. */
  public Outbox outbox() {
    return outbox;
  }

  /** From where it is to read on; null where it was sent nothing and had no cursor. */
  @Nullable Cursor place() {
    return epoch == 0 ? null : Cursor.of(epoch, sent);
  }

  /** Up to there it has everything. */
  void standsAt(Cursor cursor) {
    epoch = cursor.epoch();
    for (int i = 0; i < Log.LANES; i++) {
      sent[i] = Math.max(sent[i], cursor.number(i));
    }
  }

  /**
   * It is live, and was told of conversations up to these numbers; what it was told the time before
   * and was not handed over yet it keeps.
   */
  void live(Map<ConversationId, Long> upTo, Cursor applied) {
    reading = null;
    phase = Phase.LIVE;
    Map<ConversationId, Long> all = new HashMap<>(toldUpTo);
    upTo.forEach((conversation, seq) -> all.merge(conversation, seq, Math::max));
    toldUpTo = all;
    toldAt = applied;
  }

  /** Everything up to there was handed over. */
  void handedOver(Cursor reached) {
    Cursor at = toldAt;
    if (at != null && reached.covers(at)) {
      toldUpTo = Map.of();
      toldAt = null;
    }
  }

  /** Whether it has an entry from being told of its conversation. */
  boolean wasTold(Entry entry) {
    return !toldUpTo.isEmpty() && entry.seq() <= toldUpTo.getOrDefault(entry.conversation(), 0L);
  }

  /** One entry, or several of a conversation whose frames are in the same bytes. */
  void take(List<News> news, ByteBuf bytes, boolean fresh) {
    switch (phase) {
      case REGISTERED, RESUMING -> news.forEach(one -> await(one.entry, one.bytes()));
      case LIVE -> {
        if (fresh) {
          Entry last = news.get(news.size() - 1).entry;
          sent[last.lane()] = Math.max(sent[last.lane()], last.n());
          told = true;
          if (wasTold(news.get(0).entry)) {
            news.stream()
                .filter(one -> !wasTold(one.entry))
                .forEach(one -> outbox.write(one.bytes()));
          } else {
            outbox.write(bytes.retainedDuplicate());
          }
        } else {
          fallBehind();
          news.forEach(one -> lacks(one.entry));
        }
      }
      case BEHIND -> news.forEach(one -> lacks(one.entry));
    }
  }

  /** One entry that this member sees without what it is about. */
  void takeWithheld(News one, boolean fresh) {
    switch (phase) {
      case REGISTERED, RESUMING -> await(one.entry, one.withheldBytes());
      case LIVE -> {
        if (fresh) {
          sent[one.entry.lane()] = Math.max(sent[one.entry.lane()], one.entry.n());
          told = true;
          if (!wasTold(one.entry)) {
            outbox.write(one.withheldBytes());
          }
        } else {
          fallBehind();
          lacks(one.entry);
        }
      }
      case BEHIND -> lacks(one.entry);
    }
  }

  /** An entry that this session is not sent now; it reads on from the store. */
  void passOver(Entry entry) {
    if (phase != Phase.BEHIND) {
      fallBehind();
    }
    lacks(entry);
  }

  /**
   * From now on it is sent nothing, until what it missed was read. Before it was greeted there is
   * nothing to miss: reading begins with the greeting, and covers all that came until then. To
   * begin it now would write entries before the greeting, and tell of them again after it.
   */
  void fallBehind() {
    if (phase == Phase.REGISTERED) {
      backlog.clear();
      return;
    }
    backlog.forEach(one -> lacks(one.entry));
    backlog.clear();
    reading = null;
    phase = Phase.BEHIND;
    outbox.outlet().behind(this);
  }

  /**
   * An entry was passed over, and is to be read. It may stand before others of its lane that were
   * sent: those whose conversation had to be loaded come late. What was sent behind it is then told
   * again, in the frame of its conversation, which clients compare by number. As an entry it does
   * not come again, since each is handed over once.
   */
  void lacks(Entry entry) {
    lacks(entry.lane(), entry.n());
  }

  void lacks(int lane, long n) {
    sent[lane] = Math.min(sent[lane], n - 1);
  }

  private void await(Entry entry, byte[] bytes) {
    if (backlog.size() >= MAX_BACKLOG) {
      backlog.clear();
      outbox.end(
          new ServerFrame.Bye(
              ServerFrame.Bye.Reason.SLOW, "Too much came while you were catching up."));
      return;
    }
    backlog.add(new Waiting(entry, bytes));
  }

  /** This connection itself has read, or sent, up to there: it need not be told. */
  public void read(ConversationId conversation, long seq) {
    own.merge(conversation, seq, Math::max);
    trim(own);
  }

  void moved(ConversationId conversation, Positions.Position position) {
    moved.merge(conversation, position, (a, b) -> a.seq() >= b.seq() ? a : b);
    trim(moved);
  }

  private static void trim(Map<?, ?> map) {
    if (map.size() > MAX_POSITIONS) {
      var oldest = map.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
  }

  /** Tells of positions that other devices moved. */
  void tellMoved() {
    if (moved.isEmpty()) {
      return;
    }
    moved.forEach(
        (conversation, position) -> {
          if (position.seq() > own.getOrDefault(conversation, 0L)) {
            own.put(conversation, position.seq());
            outbox.send(new ServerFrame.Position(conversation, position.seq(), position.m()));
          }
        });
    moved.clear();
    while (own.size() > MAX_POSITIONS) {
      trim(own);
    }
  }
}
