package chat.plenary.messaging.voice;

import chat.plenary.messaging.caption.VoiceOut.Voiced;
import chat.plenary.messaging.cluster.Bus;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The way of voice to one other node: one piece after the other. At most 20 s of it wait; the
 * oldest falls away. A piece that is not taken within 2 s is lost.
 */
final class Line {
  static final String TOPIC = "voice";
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final int MOST = 20_000 * WaitingVoice.MILLI;
  private static final int HEAD = Integer.BYTES;

  private final Bus bus;
  private final String node;
  private final VoiceCounts counts;
  private final Deque<Voiced> waiting = new ArrayDeque<>();
  private int bytes;
  private boolean sending;

  Line(Bus bus, String node, VoiceCounts counts) {
    this.bus = bus;
    this.node = node;
    this.counts = counts;
  }

  void send(Voiced voiced) {
    synchronized (this) {
      waiting.add(voiced);
      bytes += voiced.audio().length();
      while (bytes > MOST) {
        int fell = waiting.remove().audio().length();
        bytes -= fell;
        counts.far(fell);
      }
    }
    next();
  }

  private void next() {
    Voiced one;
    synchronized (this) {
      one = sending ? null : waiting.poll();
      if (one == null) {
        return;
      }
      bytes -= one.audio().length();
      sending = true;
    }
    bus.ask(node, TOPIC, write(one), PATIENCE)
        .onComplete(
            done -> {
              synchronized (this) {
                sending = false;
              }
              next();
            });
  }

  private static Buffer write(Voiced voiced) {
    Buffer head =
        new JsonObject()
            .put("m", voiced.meeting())
            .put("l", voiced.language())
            .put("k", voiced.key())
            .put("e", voiced.engine())
            .put("t", voiced.title())
            .toBuffer();
    return Buffer.buffer().appendInt(head.length()).appendBuffer(head).appendBuffer(voiced.audio());
  }

  /** Reads what was sent; null where it cannot be read. */
  static @Nullable Voiced read(Buffer message) {
    int length = message.length() < HEAD ? -1 : message.getInt(0);
    if (length < 0 || HEAD + length > message.length()) {
      return null;
    }
    JsonObject head = message.getBuffer(HEAD, HEAD + length).toJsonObject();
    return new Voiced(
        head.getString("m"),
        head.getString("l"),
        head.getString("k"),
        head.getString("e"),
        head.getString("t"),
        message.getBuffer(HEAD + length, message.length()));
  }
}
