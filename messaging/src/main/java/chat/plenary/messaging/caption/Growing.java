package chat.plenary.messaging.caption;

import chat.plenary.messaging.log.Timers;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Captions that grow: each is told at most five times a second, and the newest of what came
 * meanwhile. Nothing is kept; what is forgotten here is told again with the next word.
 */
final class Growing {
  private static final Duration STEP = Duration.ofMillis(200);
  private static final int MOST = 1_000;

  private final Timers timers;
  private final BiConsumer<CaptionedMeeting, Sentence> tell;
  private final Map<String, Grown> sentences = new LinkedHashMap<>();

  private static final class Grown {
    long told;
    boolean waits;
    @Nullable Sentence newest;
  }

  Growing(Timers timers, BiConsumer<CaptionedMeeting, Sentence> tell) {
    this.timers = timers;
    this.tell = tell;
  }

  /** A sentence has grown. */
  void grow(CaptionedMeeting meeting, Sentence sentence) {
    String id = CaptionRows.id(meeting.id(), sentence.key());
    boolean now;
    long wait = 0;
    synchronized (this) {
      Grown grown = sentences.get(id);
      long elapsed = timers.elapsed();
      now = grown == null || (!grown.waits && elapsed - grown.told >= STEP.toMillis());
      if (grown == null) {
        grown = new Grown();
        sentences.put(id, grown);
        trim();
      }
      if (now) {
        grown.told = elapsed;
      } else {
        grown.newest = sentence;
        if (grown.waits) {
          return;
        }
        grown.waits = true;
        wait = Math.max(1, grown.told + STEP.toMillis() - elapsed);
      }
    }
    if (now) {
      tell.accept(meeting, sentence);
    } else {
      timers.after(Duration.ofMillis(wait), () -> due(meeting, id));
    }
  }

  private void due(CaptionedMeeting meeting, String id) {
    Sentence sentence;
    synchronized (this) {
      Grown grown = sentences.get(id);
      if (grown == null) {
        return;
      }
      grown.waits = false;
      grown.told = timers.elapsed();
      sentence = grown.newest;
      grown.newest = null;
    }
    if (sentence != null) {
      tell.accept(meeting, sentence);
    }
  }

  /** A sentence is over: what waits of it is not told any more. */
  synchronized void over(String meeting, String key) {
    sentences.remove(CaptionRows.id(meeting, key));
  }

  private void trim() {
    if (sentences.size() > MOST) {
      Iterator<Grown> oldest = sentences.values().iterator();
      oldest.next();
      oldest.remove();
    }
  }
}
