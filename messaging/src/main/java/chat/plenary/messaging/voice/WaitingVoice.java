package chat.plenary.messaging.voice;

import chat.plenary.messaging.interpretation.SpeechInterpreter;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
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
  private final Deque<Piece> pieces = new ArrayDeque<>();
  private int bytes;

  /**
   * A piece.
   *
   * @param head what is to be told before it, where a sentence begins with it; else null
   * @param audio whole samples
   */
  public record Piece(@Nullable JsonObject head, Buffer audio) {}

  /**
   * A place to wait.
   *
   * @param milliseconds of voice that wait at the most
   */
  public WaitingVoice(int milliseconds) {
    this.most = milliseconds * MILLI;
  }

  /**
   * Takes a piece in. Of a sentence whose beginning fell away the head goes over to what is left.
   *
   * @return the milliseconds that fell away for it, 0 where there was room
   */
  public long add(Piece piece) {
    pieces.add(piece);
    bytes += piece.audio().length();
    int fell = 0;
    while (bytes > most) {
      Piece oldest = pieces.remove();
      bytes -= oldest.audio().length();
      fell += oldest.audio().length();
      Piece first = pieces.peek();
      if (oldest.head() != null && first != null && first.head() == null) {
        pieces.remove();
        pieces.addFirst(new Piece(oldest.head(), first.audio()));
      }
    }
    return fell / MILLI;
  }

  /** The oldest piece, or null. */
  public @Nullable Piece poll() {
    Piece next = pieces.poll();
    bytes -= next == null ? 0 : next.audio().length();
    return next;
  }
}
