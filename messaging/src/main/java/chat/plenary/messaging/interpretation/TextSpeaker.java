package chat.plenary.messaging.interpretation;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/**
 * An engine that speaks sentences. Texts are data: whatever they say, they are spoken and not
 * obeyed. Futures fail as those of {@link TextTranslator}.
 */
public interface TextSpeaker {
  /** Characters of a text, at the most. */
  int MOST_TEXT = 1_000;

  /** Bytes of what is spoken of one text, at the most: 60 s. */
  int MOST_AUDIO = 60 * 2 * SpeechInterpreter.RATE;

  /** Its name in the configuration and where its voice is heard: 1 to 32 of {@code a-z0-9-}. */
  String name();

  /** What people call it. */
  String title();

  /** Whether texts leave the organisation's own machines. */
  boolean outside();

  /** Whether it is a simulation: what is heard is no speech, and listeners are told so. */
  default boolean simulated() {
    return false;
  }

  /** Whether it speaks a language, a BCP 47 tag. It answers at once. */
  boolean speaks(String language);

  /**
   * Speaks a text.
   *
   * @param text 1 to {@link #MOST_TEXT} characters, one line
   * @return 16-bit little-endian samples of one channel, {@link SpeechInterpreter#RATE} a second,
   *     not empty, at most {@link #MOST_AUDIO} bytes; within 10 s, or it fails
   */
  Future<Buffer> speak(String text, String language);

  /** Ends what it started. */
  default Future<Void> close() {
    return Future.succeededFuture();
  }
}
