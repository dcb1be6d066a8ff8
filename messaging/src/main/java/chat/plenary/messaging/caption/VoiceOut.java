package chat.plenary.messaging.caption;

import io.vertx.core.buffer.Buffer;
import java.util.Set;

/** Where the voice goes that engines give with what they hear. May be called on any thread. */
public interface VoiceOut {
  /**
   * The tags of the languages in which somebody listens to a meeting, at any node, as known now.
   */
  Set<String> wanted(String meeting);

  /**
   * Says that an engine speaks into some languages what it hears in one speech, so that nobody else
   * does; to be said again each second while it is so.
   *
   * @param speech what the keys of the speech's sentences begin with
   */
  void gives(String meeting, String speech, Set<String> languages);

  /** Counts that a speech broke off while the engine spoke what it heard in it. */
  void failed(String engine);

  /** Passes on a piece of voice, as far as there is room; it is lost where there is none. */
  void voice(Voiced voiced);

  /**
   * A piece of voice.
   *
   * @param meeting the meeting's id
   * @param language the tag of its language
   * @param key the caption's key, or what the keys of the speech's sentences begin with where the
   *     engine does not say which sentence it is of
   * @param engine the name of the engine
   * @param title what people call the engine
   * @param audio whole samples, at most 500 ms
   */
  record Voiced(
      String meeting, String language, String key, String engine, String title, Buffer audio) {}

  /** Where nobody listens. */
  static VoiceOut none() {
    return new VoiceOut() {
      @Override
      public Set<String> wanted(String meeting) {
        return Set.of();
      }

      @Override
      public void gives(String meeting, String speech, Set<String> languages) {
        // Nobody listens.
      }

      @Override
      public void failed(String engine) {
        // Nobody listens.
      }

      @Override
      public void voice(Voiced voiced) {
        // Nobody listens.
      }
    };
  }
}
