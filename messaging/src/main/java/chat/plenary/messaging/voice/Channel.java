package chat.plenary.messaging.voice;

import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.log.Timers;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The voice of one meeting in one language, for those who listen at this node: one sentence after
 * the other, at the pace of speech. At most 20 s of it wait: then the oldest sentences fall away,
 * so that what is heard keeps up with what is said; a single one may take 60 s. Who comes in the
 * middle of a sentence hears from the next one on.
 */
final class Channel {
  private static final int PIECE = 200 * WaitingVoice.MILLI;
  private static final int MOST = 20_000 * WaitingVoice.MILLI;
  private static final int LONGEST = 60_000 * WaitingVoice.MILLI;
  private static final int REMEMBERED = 64;

  /** What comes after a silence of so many milliseconds is told as the beginning of a sentence. */
  private static final long SILENCE = 500;

  /** So much is told ahead of its time, against the jitter of timers and networks. */
  private static final long LEAD = 400;

  final String meeting;
  final ConversationId conversation;
  final String language;
  private final Timers timers;
  private final VoiceCounts counts;
  private final List<Listener> listeners = new ArrayList<>();
  private final Deque<Spoken> waiting = new ArrayDeque<>();
  private final Map<String, String> speakers = remembering();
  private int bytes;
  private long free;
  private boolean timed;
  private @Nullable String saying;

  private static final class Listener {
    final Caller caller;
    final Ear ear;
    boolean begun;

    Listener(Caller caller, Ear ear) {
      this.caller = caller;
      this.ear = ear;
    }
  }

  /** What waits of one sentence. */
  private static final class Spoken {
    final String key;
    final String engine;
    final String title;
    final Deque<Buffer> pieces = new ArrayDeque<>();

    Spoken(String key, String engine, String title) {
      this.key = key;
      this.engine = engine;
      this.title = title;
    }
  }

  Channel(
      String meeting,
      ConversationId conversation,
      String language,
      Timers timers,
      VoiceCounts counts) {
    this.meeting = meeting;
    this.conversation = conversation;
    this.language = language;
    this.timers = timers;
    this.counts = counts;
  }

  static <V> Map<String, V> remembering() {
    return new LinkedHashMap<>() {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
        return size() > REMEMBERED;
      }
    };
  }

  synchronized void join(Caller caller, Ear ear) {
    listeners.add(new Listener(caller, ear));
  }

  /** Somebody listens no more; whether nobody does. */
  synchronized boolean leave(Ear ear) {
    listeners.removeIf(one -> one.ear == ear);
    return listeners.isEmpty();
  }

  /** One of those who listen, or null. */
  synchronized @Nullable Caller anyone() {
    return listeners.isEmpty() ? null : listeners.get(0).caller;
  }

  synchronized void look() {
    listeners.forEach(one -> one.ear.look());
  }

  /**
   * Takes voice in. What another engine speaks already is not spoken again.
   *
   * @param audio whole samples
   */
  synchronized void add(String key, String engine, String title, Buffer audio) {
    String first = speakers.putIfAbsent(key, engine);
    if (listeners.isEmpty() || (first != null && !first.equals(engine))) {
      return;
    }
    Spoken spoken = find(key);
    if (spoken == null) {
      spoken = new Spoken(key, engine, title);
      waiting.add(spoken);
    }
    int end = audio.length() - audio.length() % 2;
    for (int at = 0; at < end; at += PIECE) {
      spoken.pieces.add(audio.getBuffer(at, Math.min(end, at + PIECE)));
    }
    bytes += end;
    shorten();
    speak();
  }

  private @Nullable Spoken find(String key) {
    return waiting.stream().filter(one -> one.key.equals(key)).findFirst().orElse(null);
  }

  private void shorten() {
    int fell = 0;
    while (bytes > MOST && waiting.size() > 1) {
      fell += forget(waiting.removeFirst());
    }
    while (bytes > LONGEST) {
      Buffer oldest = take();
      fell += oldest == null ? 0 : oldest.length();
    }
    if (fell > 0) {
      long lost = fell / WaitingVoice.MILLI;
      counts.late(lost);
      listeners.forEach(one -> one.ear.lost(lost));
    }
  }

  private int forget(Spoken spoken) {
    int forgotten = spoken.pieces.stream().mapToInt(Buffer::length).sum();
    spoken.pieces.clear();
    bytes -= forgotten;
    return forgotten;
  }

  /** The next piece, of the first sentence that has any; null where nothing waits. */
  private @Nullable Buffer take() {
    while (!waiting.isEmpty()) {
      Spoken first = waiting.getFirst();
      Buffer piece = first.pieces.poll();
      if (piece != null) {
        bytes -= piece.length();
        return piece;
      }
      waiting.removeFirst();
    }
    return null;
  }

  /** Forgets what waits of a sentence: it was recalled. */
  synchronized void drop(String key) {
    Spoken spoken = find(key);
    if (spoken != null) {
      forget(spoken);
    }
  }

  private void speak() {
    if (timed) {
      return;
    }
    long now = timers.elapsed();
    if (now - free > SILENCE) {
      saying = null;
    }
    free = Math.max(free, now);
    while (free - now < LEAD) {
      Buffer piece = take();
      if (piece == null) {
        return;
      }
      Spoken of = waiting.getFirst();
      if (!of.key.equals(saying)) {
        saying = of.key;
        for (Listener one : listeners) {
          one.begun = true;
          one.ear.sentence(of.key, of.engine, of.title);
        }
      }
      for (Listener one : listeners) {
        if (one.begun) {
          one.ear.audio(piece);
        }
      }
      free += piece.length() / WaitingVoice.MILLI;
    }
    timed = true;
    timers.after(Duration.ofMillis(free - now - LEAD / 2), this::due);
  }

  private synchronized void due() {
    timed = false;
    speak();
  }
}
