package chat.plenary.messaging.search;

import java.lang.Character.UnicodeScript;

/** What search knows of writing systems. */
final class Scripts {
  private static final int PROLONGED = 0x30fc;
  private static final int VOICED = 0x3099;
  private static final int HALF_VOICED = 0x309a;

  private Scripts() {}

  /**
   * Whether a character stands for itself, not as a part of a word between spaces: Chinese,
   * Japanese, Thai, Lao, Khmer, Myanmar, and pictures.
   */
  static boolean isUnspaced(int c) {
    if (c < 0x0e00) {
      return false;
    }
    if (c == PROLONGED || c == VOICED || c == HALF_VOICED) {
      return true;
    }
    if (Character.getType(c) == Character.OTHER_SYMBOL) {
      return true;
    }
    return switch (UnicodeScript.of(c)) {
      case HAN, HIRAGANA, KATAKANA, BOPOMOFO, THAI, LAO, KHMER, MYANMAR -> true;
      default -> false;
    };
  }

  /** Whether a character belongs to a word that is written with spaces around it. */
  static boolean isWord(int c) {
    return switch (Character.getType(c)) {
      case Character.UPPERCASE_LETTER,
          Character.LOWERCASE_LETTER,
          Character.TITLECASE_LETTER,
          Character.MODIFIER_LETTER,
          Character.OTHER_LETTER,
          Character.DECIMAL_DIGIT_NUMBER,
          Character.LETTER_NUMBER,
          Character.OTHER_NUMBER,
          Character.NON_SPACING_MARK,
          Character.COMBINING_SPACING_MARK ->
          !isUnspaced(c);
      default -> false;
    };
  }

  /**
   * Whether a combining mark only adorns (accents, points of Arabic and Hebrew): a word is found
   * without it. Vowels of Indian and south-east Asian scripts are no adornment.
   */
  static boolean adorns(int c) {
    if (Character.getType(c) != Character.NON_SPACING_MARK || c == VOICED || c == HALF_VOICED) {
      return false;
    }
    return switch (UnicodeScript.of(c)) {
      case INHERITED, LATIN, GREEK, CYRILLIC, ARABIC, HEBREW, SYRIAC -> true;
      default -> false;
    };
  }

  /** Whether a character is folded together with the one before it. */
  static boolean joins(int c) {
    if (c < 0x0300) {
      return false;
    }
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK ->
          true;
      // The half-width voicing marks, and the vowels and finals of Hangul in pieces.
      default ->
          c == 0xff9e
              || c == 0xff9f
              || (c >= 0x1160 && c <= 0x11ff)
              || (c >= 0xd7b0 && c <= 0xd7ff);
    };
  }
}
