package chat.plenary.messaging.caption;

import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.interpretation.SpeechInterpreter;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Audio that a speaker gave and the engine has not taken. It is judged as it comes: in pieces, and
 * in real time. Not safe for threads: the feed guards it.
 */
final class WaitingAudio {
  /** Bytes of a millisecond of audio. */
  private static final int MILLI = SpeechInterpreter.RATE * 2 / 1_000;

  private static final int SHORTEST = 20;
  private static final int LONGEST = 500;
  private static final long AHEAD = 3_000;

  /** So much waits for the engine before the speaker's socket is read no further. */
  private static final int MOST = 1_000 * MILLI;

  private final Deque<Buffer> queue = new ArrayDeque<>();
  private int bytes;
  private @Nullable Promise<Void> room;
  private boolean begun;
  private long began;
  private long given;

  /** Whether there ever was any. */
  boolean begun() {
    return begun;
  }

  /**
   * Takes the next piece.
   *
   * @param now milliseconds of a monotonic clock
   * @return what is wrong with it; null where it was taken
   */
  @Nullable Fault add(Buffer audio, long now) {
    int length = audio.length();
    if (length % 2 != 0 || length < SHORTEST * MILLI || length > LONGEST * MILLI) {
      return Fault.invalid(
          "audio", "A frame holds 20 to 500 ms of 16-bit samples: 640 to 16,000 bytes, even.");
    }
    if (!begun) {
      begun = true;
      began = now;
    }
    // Who was silent for a while has saved nothing up by that.
    given = Math.max(given, now - began) + length / MILLI;
    if (given - (now - began) > AHEAD) {
      return Fault.invalid("audio", "This is more than 3 s ahead of real time: send as you speak.");
    }
    queue.add(audio);
    bytes += length;
    return null;
  }

  /** The next piece for the engine, or null. */
  @Nullable Buffer poll() {
    Buffer next = queue.poll();
    bytes -= next == null ? 0 : next.length();
    return next;
  }

  /** Succeeds when there is room for more. */
  Future<Void> room() {
    if (bytes <= MOST) {
      return Future.succeededFuture();
    }
    Promise<Void> wait = room == null ? Promise.promise() : room;
    room = wait;
    return wait.future();
  }

  /** Who waits for room, where there is some now; to be completed by the caller. */
  @Nullable Promise<Void> roomy() {
    Promise<Void> waits = bytes <= MOST ? room : null;
    room = waits == null ? room : null;
    return waits;
  }

  /** Forgets all of it; who waited for room, or null. */
  @Nullable Promise<Void> clear() {
    queue.clear();
    bytes = 0;
    Promise<Void> waits = room;
    room = null;
    return waits;
  }
}
