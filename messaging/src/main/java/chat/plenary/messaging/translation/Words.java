package chat.plenary.messaging.translation;

import java.lang.Character.UnicodeScript;

/** How much is said in a text. */
final class Words {
  /** A sign of a script without spaces says about as much as so many letters. */
  private static final int SIGN = 3;

  private static final int MAX_ANSWER = 16_000;

  private Words() {}

  /** Words, and signs of scripts without spaces. */
  static int count(String text) {
    int count = 0;
    boolean inside = false;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      boolean letter = Character.isLetter(c);
      if (letter && isSign(c)) {
        count++;
        inside = false;
      } else {
        if (letter && !inside) {
          count++;
        }
        inside = letter || (inside && c == '\'');
      }
    }
    return count;
  }

  /** Whether a text is of a script that parts words by spaces. */
  static boolean isSpaced(String text) {
    return text.codePoints().noneMatch(Words::isSign);
  }

  /**
   * Whether a text could be the translation of another: neither nothing, nor much longer, nor much
   * shorter.
   */
  static boolean couldBe(String translation, String of) {
    long given = weight(of);
    long got = weight(translation);
    return !translation.isBlank()
        && translation.length() <= MAX_ANSWER
        && got <= 3 * given + 20
        && got >= given / 3 - 4;
  }

  private static long weight(String text) {
    return text.codePoints()
        .filter(Character::isLetterOrDigit)
        .mapToLong(c -> isSign(c) ? SIGN : 1)
        .sum();
  }

  private static boolean isSign(int c) {
    UnicodeScript script = UnicodeScript.of(c);
    return script == UnicodeScript.HAN
        || script == UnicodeScript.HIRAGANA
        || script == UnicodeScript.KATAKANA
        || script == UnicodeScript.THAI;
  }
}
