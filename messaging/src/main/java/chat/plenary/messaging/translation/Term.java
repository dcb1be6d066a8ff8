package chat.plenary.messaging.translation;

/**
 * A term of an organisation's glossary.
 *
 * @param from the term, 1 to 100 characters
 * @param to what it is called in the other language, 1 to 100 characters
 * @param language the tag of the term's language
 * @param into the tag of the other language
 */
public record Term(String from, String to, String language, String into) {
  /** Characters of a term, at the most. */
  public static final int MAX_TEXT = 100;

  /** Terms of an organisation, at the most. */
  public static final int MOST = 500;
}
