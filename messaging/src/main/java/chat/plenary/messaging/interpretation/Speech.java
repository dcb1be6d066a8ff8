package chat.plenary.messaging.interpretation;

import io.vertx.core.buffer.Buffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an engine heard of a speech. */
public sealed interface Speech {
  /**
   * A sentence so far; one of the same key replaces it.
   *
   * @param key the engine's name of the sentence, unique in the session; 1 to 64 characters
   * @param text what was said so far
   * @param translations what the engine translated, by language
   * @param fromMs where it begins, milliseconds since the beginning of the speech
   * @param toMs where it ends, as far as is known
   * @param complete whether the sentence is over
   */
  record Sentence(
      String key,
      String text,
      Map<String, String> translations,
      long fromMs,
      long toMs,
      boolean complete)
      implements Speech {
    public Sentence {
      translations = Map.copyOf(translations);
    }
  }

  /**
   * A translation spoken, in the form of the audio that was given.
   *
   * @param language the language
   * @param audio the next piece
   */
  record Voice(String language, Buffer audio) implements Speech {}

  /**
   * Nothing more comes.
   *
   * @param problem in words for people, or null where the speech simply ended
   * @param again whether a new session may go on where this one broke off
   */
  record Ended(@Nullable String problem, boolean again) implements Speech {}
}
