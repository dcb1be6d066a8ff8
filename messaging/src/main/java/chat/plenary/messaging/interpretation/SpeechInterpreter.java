package chat.plenary.messaging.interpretation;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * An engine that follows speech and writes it down, and may translate it and speak it in another
 * language. Futures fail as those of {@link TextTranslator}.
 */
public interface SpeechInterpreter {
  /** Samples a second of the audio: 16-bit, little-endian, one channel. */
  int RATE = 16_000;

  /** Its name in the configuration and below captions: 1 to 32 of {@code a-z0-9-}. */
  String name();

  /** What people call it. */
  String title();

  /** Whether audio leaves the organisation's own machines. */
  boolean outside();

  /** Whether it understands a language, a BCP 47 tag. It answers at once. */
  boolean hears(String language);

  /** Whether it translates what it hears itself. It answers at once. */
  boolean interprets(String from, String to);

  /**
   * Whether it can also speak what it translates, of pairs that it {@link #interprets}. It answers
   * at once.
   */
  default boolean speaks(String from, String to) {
    return false;
  }

  /**
   * Begins to listen.
   *
   * @param language what is spoken
   * @param into languages to translate into, of those that it {@link #interprets}; may be empty
   * @param heard is told what was heard, in order, never by two threads at once; the last thing it
   *     is told is an {@link Speech.Ended}
   */
  Future<Session> open(String language, List<String> into, Consumer<Speech> heard);

  /** Ends what it started. */
  default Future<Void> close() {
    return Future.succeededFuture();
  }

  /** One speech. */
  interface Session {
    /**
     * Gives the next piece of audio, no faster than it was spoken.
     *
     * @param audio 20 to 500 ms
     * @return succeeds when the next may come; fails when the session is over
     */
    Future<Void> audio(Buffer audio);

    /**
     * Says into which languages voice is wanted from the next sentence on, in place of those that
     * were wanted before; none at the beginning. Voice never holds up what is heard.
     *
     * @param languages of those that the session translates into; may be empty
     * @return those of them that it will speak
     */
    default Set<String> aloud(Set<String> languages) {
      return Set.of();
    }

    /** Says that nothing more comes; what was said is still heard. */
    void end();
  }
}
