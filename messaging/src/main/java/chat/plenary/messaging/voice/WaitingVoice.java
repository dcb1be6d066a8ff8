package chat.plenary.messaging.voice;

import chat.plenary.messaging.interpretation.SpeechInterpreter;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Voice that waits for somebody slow: at most so much, the oldest of it falls away. Not safe for
 * threads.
 */
public final class WaitingVoice {
  /** Bytes of a millisecond. */
  static final int MILLI = 2 * SpeechInterpreter.RATE / 1_000;

  private final int most;
  private final Deque<Buffer> pieces = new ArrayDeque<>();
  private int bytes;

  /**
   * A place to wait.
   *
   * @param milliseconds of voice that wait at the most
   */
  public WaitingVoice(int milliseconds) {
    this.most = milliseconds * MILLI;
  }

  /** Takes a piece in; the milliseconds that fell away for it, 0 where there was room. */
  public long add(Buffer piece) {
    pieces.add(piece);
    bytes += piece.length();
    int fell = 0;
    while (bytes > most) {
      int length = pieces.remove().length();
      bytes -= length;
      fell += length;
    }
    return fell / MILLI;
  }

  /** The oldest piece, or null. */
  public @Nullable Buffer poll() {
    Buffer next = pieces.poll();
    bytes -= next == null ? 0 : next.length();
    return next;
  }

  /** Whether nothing waits. */
  public boolean isEmpty() {
    return pieces.isEmpty();
  }
}
