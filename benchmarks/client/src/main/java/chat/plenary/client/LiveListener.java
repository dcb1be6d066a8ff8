package chat.plenary.client;

import java.net.URI;

/**
 * What a live connection tells. Calls come one at a time, in order; the next frame is not read
 * before one returns, so a call must not wait for long, and never for a future of the same {@link
 * Plenary}. While history is fetched for what was left out, frames are read on and wait, {@value
 * Backlog#MAX_FRAMES} at the most; beyond, the server waits.
 */
public interface LiveListener {
  /** A conversation as it is now; its new entries follow by {@link #entry}. */
  default void conversation(Conversation conversation) {}

  /** The next entry of a conversation: each once, in order, none left out that may be seen. */
  default void entry(Entry entry) {}

  /** All that was missed was told. */
  default void current() {}

  /** What may be kept together with all that was told before, to go on from later. */
  default void cursor(String cursor) {}

  /** Typing, positions, receipts, cards, results: no numbers, and may be lost. */
  default void ephemeral(Frame frame) {}

  /** Signed in at a node. */
  default void connected(URI node) {}

  /** The connection was lost; it is tried again unless it was closed or {@link #ended} follows. */
  default void disconnected(URI node, String why) {}

  /** The session is over, or the cursor is of a time before a restored backup; nothing follows. */
  default void ended(Problem problem) {}

  /**
   * Every frame when it is read, before anything else is done with it, and maybe long before it is
   * told. For tests and recorders.
   */
  default void frame(URI node, Frame frame) {}
}
