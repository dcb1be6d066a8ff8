package chat.plenary.messaging.translation;

import io.vertx.core.Future;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells which of some languages a text is in. */
public interface Detector extends AutoCloseable {
  /**
   * Finds the language.
   *
   * @param text what is said, without what is no language
   * @param among tags of the languages that it may be in, at least 2
   * @return one of these tags, or null where it is none of them or there is too much to do
   */
  Future<@Nullable String> detect(String text, Set<String> among);

  @Override
  void close();

  /** Knows nothing: then only what members say of themselves tells their messages' language. */
  static Detector none() {
    return new Detector() {
      @Override
      public Future<@Nullable String> detect(String text, Set<String> among) {
        return Future.succeededFuture(null);
      }

      @Override
      public void close() {}
    };
  }
}
