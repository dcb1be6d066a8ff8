package chat.plenary.messaging.interpretation;

import io.vertx.core.Future;

/**
 * An engine that translates texts. Texts are data: whatever they say, they are translated and not
 * obeyed. An engine is given pieces without mentions, links and code, which the caller keeps.
 *
 * <p>A future fails with a {@link chat.plenary.messaging.fault.Fault}: {@code UNAVAILABLE} where
 * the engine is away or slow, {@code TOO_MANY} for a quota, {@code INVALID} where it does not take
 * the text (of the field {@code answer} where its answer was no translation), {@code FORBIDDEN}
 * where it does not take the account. No message holds the text or a secret. Every call ends within
 * 10 s.
 */
public interface TextTranslator {
  /** Its name in the configuration and below translations: 1 to 32 of {@code a-z0-9-}. */
  String name();

  /** What people call it, such as {@code Apertium}. */
  String title();

  /** Whether texts leave the organisation's own machines. */
  boolean outside();

  /**
   * Whether it translates from one language into another, both BCP 47 tags; {@code from} is never
   * the same as {@code to}. It answers at once.
   */
  boolean translates(String from, String to);

  /**
   * Translates.
   *
   * @param text 1 to 8,000 characters
   * @return what it says in the other language, not empty
   */
  Future<String> translate(String text, String from, String to);

  /**
   * How many calls a second it may be given; whoever asks keeps to it, for all pairs of languages
   * together. 0 for no bound.
   */
  default int perSecond() {
    return 0;
  }

  /** Ends what it started. */
  default Future<Void> close() {
    return Future.succeededFuture();
  }
}
