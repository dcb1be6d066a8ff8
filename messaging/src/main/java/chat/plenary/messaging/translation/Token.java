package chat.plenary.messaging.translation;

/**
 * A piece of a line.
 *
 * @param text what it is in the translation, where it is kept; else what is to be translated
 * @param kept whether it is not translated
 * @param fixed whether it must keep its place among its like: the marks of markdown
 */
record Token(String text, boolean kept, boolean fixed) {
  static Token said(String text) {
    return new Token(text, false, false);
  }

  boolean hasWords() {
    return !kept && text.codePoints().anyMatch(Character::isLetter);
  }
}
