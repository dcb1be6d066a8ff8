package chat.plenary.messaging.voice;

import chat.plenary.messaging.interpretation.TextSpeaker;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Finished sentences that an engine reads aloud, one after the other, in the order in which they
 * were said. At most 16 wait; the oldest falls away. One whose text does not come in time, or that
 * the engine cannot speak, is passed over.
 */
final class Reading {
  private static final int MOST = 16;
  private static final long PATIENCE_SECONDS = 8;
  private static final long SPEAKING_SECONDS = 12;

  private final Channel channel;
  private final VoiceCounts counts;
  private final Deque<Sentence> waiting = new ArrayDeque<>();
  private final Map<String, String> keys = Channel.remembering();
  private @Nullable Sentence now;

  /** One that waits. */
  private static final class Sentence {
    final long seq;
    final String key;
    final TextSpeaker speaker;
    final Future<String> text;
    boolean recalled;

    Sentence(long seq, String key, TextSpeaker speaker, Future<String> text) {
      this.seq = seq;
      this.key = key;
      this.speaker = speaker;
      this.text = text;
    }
  }

  Reading(Channel channel, VoiceCounts counts) {
    this.channel = channel;
    this.counts = counts;
  }

  /**
   * Takes a sentence in.
   *
   * @param text what it says in the language of the channel; empty, or a failure, passes it over
   */
  void add(long seq, String key, TextSpeaker speaker, Future<String> text) {
    synchronized (this) {
      keys.put(Long.toString(seq), key);
      waiting.add(new Sentence(seq, key, speaker, text));
      if (waiting.size() > MOST) {
        waiting.remove();
      }
    }
    next();
  }

  /** A sentence was recalled: it is not spoken, nor on. */
  void recall(long seq) {
    String key;
    synchronized (this) {
      waiting.removeIf(one -> one.seq == seq);
      Sentence current = now;
      if (current != null && current.seq == seq) {
        current.recalled = true;
      }
      key = keys.get(Long.toString(seq));
    }
    if (key != null) {
      channel.drop(key);
    }
  }

  private void next() {
    Sentence one;
    synchronized (this) {
      if (now != null) {
        return;
      }
      one = waiting.poll();
      now = one;
    }
    if (one == null) {
      return;
    }
    one.text
        .timeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .compose(
            text -> {
              String said = shortened(text);
              return said.isEmpty() || isRecalled(one)
                  ? Future.succeededFuture()
                  : one.speaker
                      .speak(said, channel.language)
                      .timeout(SPEAKING_SECONDS, TimeUnit.SECONDS)
                      .onSuccess(audio -> counts.spoken(one.speaker.name(), audio.length()))
                      .onFailure(failure -> counts.failed(one.speaker.name()));
            })
        .onSuccess(
            audio -> {
              if (audio != null && !isRecalled(one)) {
                channel.add(one.key, one.speaker.name(), one.speaker.title(), audio);
              }
            })
        .onComplete(
            done -> {
              synchronized (this) {
                now = null;
              }
              next();
            });
  }

  private synchronized boolean isRecalled(Sentence one) {
    return one.recalled;
  }

  private static String shortened(@Nullable String text) {
    String line = text == null ? "" : text.strip();
    if (line.length() <= TextSpeaker.MOST_TEXT) {
      return line;
    }
    int end = TextSpeaker.MOST_TEXT;
    return line.substring(0, Character.isHighSurrogate(line.charAt(end - 1)) ? end - 1 : end);
  }
}
