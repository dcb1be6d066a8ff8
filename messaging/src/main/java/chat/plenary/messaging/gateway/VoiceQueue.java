package chat.plenary.messaging.gateway;

import chat.plenary.messaging.voice.VoiceCounts;
import chat.plenary.messaging.voice.WaitingVoice;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * What is on its way to one listener: sentences' beginnings and audio, in order. What the listener
 * does not take waits for at most 3 s; the oldest falls away, which is told. Not safe for threads.
 */
final class VoiceQueue {
  private static final int MILLIS = 3_000;

  private final Taker taker;
  private final VoiceCounts counts;
  private final WaitingVoice waiting = new WaitingVoice(MILLIS);
  private @Nullable JsonObject head;
  private long lost;

  /** Where it goes. */
  interface Taker {
    /** Whether more may be written now. */
    boolean takes();

    void text(JsonObject frame);

    void audio(Buffer audio);
  }

  VoiceQueue(Taker taker, VoiceCounts counts) {
    this.taker = taker;
    this.counts = counts;
  }

  /** The next piece begins a sentence. */
  void begin(JsonObject sentence) {
    head = sentence;
  }

  void add(Buffer audio) {
    long fell = waiting.add(new WaitingVoice.Piece(head, audio));
    counts.slow(fell);
    lost += fell;
    head = null;
    flush();
  }

  /** So much fell away before it came here. */
  void lost(long milliseconds) {
    lost += milliseconds;
  }

  /** Writes what waits, as far as it is taken. */
  void flush() {
    while (taker.takes()) {
      WaitingVoice.Piece next = waiting.poll();
      if (next == null) {
        return;
      }
      if (lost > 0) {
        taker.text(new JsonObject().put("type", "lost").put("milliseconds", lost));
        lost = 0;
      }
      JsonObject begins = next.head();
      if (begins != null) {
        taker.text(begins);
      }
      taker.audio(next.audio());
      counts.sent(next.audio().length());
    }
  }
}
