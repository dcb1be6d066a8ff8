package chat.plenary.messaging.meeting;

import java.nio.charset.StandardCharsets;

/**
 * Content lines of RFC 5545: ended by CRLF, folded after at most 75 bytes, never in a character.
 */
final class CalendarText {
  private static final int MAX_BYTES = 75;

  private final StringBuilder out = new StringBuilder();

  /** A line, as it is. */
  void line(String line) {
    int bytes = 0;
    for (int i = 0; i < line.length(); ) {
      int next = line.offsetByCodePoints(i, 1);
      String character = line.substring(i, next);
      int size = character.getBytes(StandardCharsets.UTF_8).length;
      if (bytes + size > MAX_BYTES) {
        out.append("\r\n ");
        bytes = 1;
      }
      out.append(character);
      bytes += size;
      i = next;
    }
    out.append("\r\n");
  }

  /** A property whose value is text. */
  void text(String name, String value) {
    line(
        name
            + ":"
            + value
                .replace("\\", "\\\\")
                .replace(";", "\\;")
                .replace(",", "\\,")
                .replaceAll("\\R", "\\\\n"));
  }

  /** The value of a parameter: in quotes, which it cannot hold itself. */
  static String quoted(String value) {
    return "\"" + value.replace('"', '\'').replaceAll("\\p{Cc}", " ") + "\"";
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
