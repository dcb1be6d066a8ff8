package chat.plenary.messaging.voice;

import io.vertx.core.buffer.Buffer;

/**
 * Somebody who listens. It is called in order, on any thread, and must not take time nor call back.
 */
public interface Ear {
  /**
   * What comes next is of this sentence.
   *
   * @param key the caption's key, or the beginning of the keys of its speech
   * @param engine the name of what speaks
   * @param title what people call that
   */
  void sentence(String key, String engine, String title);

  /** The next piece: whole samples, at most 200 ms. */
  void audio(Buffer audio);

  /** Some of it fell away, because it could not be played in time. */
  void lost(long milliseconds);

  /** Who is in the group changed: whether this one may still listen is to be looked at. */
  void look();
}
