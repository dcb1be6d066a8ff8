package chat.plenary.messaging.caption;

import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.log.Timers;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Captions that people type: interpreters on duty, and hosts. */
public final class Typing {
  /** Characters of a key that a client gives, at the most. */
  public static final int MAX_KEY = 64;

  private static final int REMEMBERED = 10_000;

  private final Captions captions;
  private final Timers timers;

  /** When sentences were begun that are not finished. */
  private final Map<String, Instant> begun =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
          return size() > REMEMBERED;
        }
      };

  Typing(Captions captions, Timers timers) {
    this.captions = captions;
    this.timers = timers;
  }

  /**
   * What was typed.
   *
   * @param key the client's name of the sentence, 1 to 64 characters: another text for it replaces
   *     what it said
   * @param language the tag of the language
   * @param text so far
   * @param complete whether the sentence is over
   */
  public record Typed(String key, String language, String text, boolean complete) {}

  /**
   * What became of it.
   *
   * @param key what the sentence is called in the meeting
   * @param seq its entry; 0 while it grows
   */
  public record Taken(String key, long seq) {}

  /** Takes what was typed; fails as forbidden for whoever is neither a host nor on duty. */
  public Future<Taken> type(Caller caller, String id, Typed typed) {
    return captions
        .floor()
        .see(caller, id)
        .compose(
            seen ->
                captions
                    .floor()
                    .types(caller, seen, typed.language())
                    .compose(
                        by ->
                            captions
                                .floor()
                                .speaker(seen.meeting().organisation(), caller.account(), null, "")
                                .compose(speaker -> take(seen.meeting(), speaker, by, typed))));
  }

  private Future<Taken> take(
      CaptionedMeeting meeting, Speaker speaker, Sentence.By by, Typed typed) {
    String key = "typed/" + speaker.account() + "/" + typed.key();
    Instant now = timers.clock().instant();
    Instant from = began(CaptionRows.id(meeting.id(), key), now, typed.complete());
    Sentence sentence =
        new Sentence(
            key,
            speaker,
            typed.language(),
            typed.text(),
            from,
            now,
            List.of(),
            by,
            typed.complete(),
            false);
    return captions.take(meeting, sentence).map(seq -> new Taken(key, seq));
  }

  private Instant began(String id, Instant now, boolean complete) {
    synchronized (begun) {
      Instant known = complete ? begun.remove(id) : begun.putIfAbsent(id, now);
      return known == null ? now : known;
    }
  }
}
