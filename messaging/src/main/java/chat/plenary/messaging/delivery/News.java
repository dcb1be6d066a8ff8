package chat.plenary.messaging.delivery;

import chat.plenary.messaging.conversation.ConversationState;
import chat.plenary.messaging.log.Entry;
import chat.plenary.messaging.message.EntryView;
import chat.plenary.messaging.message.Targets;
import chat.plenary.messaging.protocol.ServerFrame;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An applied entry on its way to the sockets of this node. Its bytes are made by whoever needs them
 * first and shared by all.
 */
final class News {
  /** With the lease of four seconds that makes the five after which nothing may be written. */
  private static final long LATE = TimeUnit.SECONDS.toNanos(1);

  final Entry entry;

  /** The conversation just after the entry, or later. */
  final ConversationState state;

  private volatile byte @Nullable [] whole;
  private volatile byte @Nullable [] withheld;

  /** Whether this node was fresh when it applied the entry; else it read a backlog. */
  final boolean fresh;

  private final long at;

  /**
   * What was applied.
   *
   * @param at when, in the nanoseconds of {@link System#nanoTime}
   */
  News(Entry entry, ConversationState state, boolean fresh, long at) {
    this.entry = entry;
    this.state = state;
    this.fresh = fresh;
    this.at = at;
  }

  /** Whether it was applied too long ago for its state to say who may still hear of it. */
  boolean isLate() {
    return !fresh || System.nanoTime() - at > LATE;
  }

  /** The frame for those who may see the entry, and what it is about. */
  byte[] bytes() {
    byte[] known = whole;
    if (known == null) {
      known = encode(EntryView.of(entry));
      whole = known;
    }
    return known;
  }

  /** The frame for those who may see the entry, but not what it is about. */
  byte[] withheldBytes() {
    byte[] known = withheld;
    if (known == null) {
      known = encode(Targets.withheld(entry));
      withheld = known;
    }
    return known;
  }

  private static byte[] encode(EntryView view) {
    return Encoded.text(new ServerFrame.Entry(view.toJson()).toJson());
  }
}
