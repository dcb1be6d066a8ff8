package chat.plenary.messaging.interpretation;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an engine heard of a speech. */
public sealed interface Speech {
  /** Bytes of a piece of voice, at the most: 500 ms. */
  int MOST_VOICE = SpeechInterpreter.RATE;

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
   * @param language the language, one of those that the session was asked to speak
   * @param key the sentence's key; null where the engine does not say which it is of
   * @param audio the next piece: whole samples, at most {@link #MOST_VOICE} bytes
   */
  record Voice(String language, @Nullable String key, Buffer audio) implements Speech {
    public Voice {
      if (audio.length() == 0 || audio.length() > MOST_VOICE || audio.length() % 2 != 0) {
        throw new IllegalArgumentException(
            "voice comes in pieces of whole samples, at most 500 ms");
      }
    }

    /** Pieces of audio of any length; half a sample at its end is left out. */
    public static List<Voice> pieces(String language, @Nullable String key, Buffer audio) {
      List<Voice> pieces = new ArrayList<>();
      int end = audio.length() - audio.length() % 2;
      for (int at = 0; at < end; at += MOST_VOICE) {
        pieces.add(new Voice(language, key, audio.getBuffer(at, Math.min(end, at + MOST_VOICE))));
      }
      return pieces;
    }
  }

  /**
   * Nothing more comes.
   *
   * @param problem in words for people, or null where the speech simply ended
   * @param again whether a new session may go on where this one broke off
   */
  record Ended(@Nullable String problem, boolean again) implements Speech {}
}
