package chat.plenary.lab.load;

import java.nio.charset.StandardCharsets;

/**
 * The number of a message, at the end of its text: a sign that stands in nothing else that is sent,
 * and eight digits. It is found without reading the rest.
 */
final class Marker {
  static final int TEXT = 100;
  static final byte SIGN = '~';
  private static final int DIGITS = 8;

  private Marker() {}

  /** A text of 100 bytes. */
  static String text(int number) {
    return "m".repeat(TEXT - 1 - DIGITS) + (char) SIGN + digits(number);
  }

  static byte[] bytes(int number) {
    return text(number).getBytes(StandardCharsets.US_ASCII);
  }

  static String digits(int number) {
    String hex = Integer.toHexString(number);
    return "0".repeat(DIGITS - hex.length()) + hex;
  }

  /** The number that is marked last; -1 where none is. */
  static int last(byte[] bytes, int from, int to) {
    for (int i = to - 1; i >= from; i--) {
      if (bytes[i] == SIGN) {
        return number(bytes, i + 1, to);
      }
    }
    return -1;
  }

  /** The eight digits at a place; -1 where they are not there. */
  static int number(byte[] bytes, int from, int to) {
    if (to - from < DIGITS) {
      return -1;
    }
    int number = 0;
    for (int i = from; i < from + DIGITS; i++) {
      int digit = Character.digit(bytes[i], 16);
      if (digit < 0) {
        return -1;
      }
      number = number << 4 | digit;
    }
    return number;
  }
}
