package chat.plenary.integrations.meeting.wire;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Checks of settings; each failure names the setting and never its value where that is secret. */
public final class Checks {
  private Checks() {}

  /** A number in its range. */
  public static void range(String name, long value, long min, long max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(name + " must be " + min + " to " + max);
    }
  }

  /** A text that is there, of at most so many characters. */
  public static String text(String name, @Nullable String value, int min, int max) {
    if (value == null || value.length() < min || value.length() > max) {
      throw new IllegalArgumentException(name + " must have " + min + " to " + max + " characters");
    }
    return value;
  }

  /** A provider's name. */
  public static String name(String value) {
    if (!value.matches("[a-z0-9-]{1,32}")) {
      throw new IllegalArgumentException("name must be 1 to 32 of a-z, 0-9 and -");
    }
    return value;
  }

  /** An address of http or https with a host, without query; a slash at its end is taken off. */
  public static URI base(String name, URI value) {
    String scheme = value.getScheme();
    boolean good =
        ("http".equals(scheme) || "https".equals(scheme))
            && value.getHost() != null
            && value.getRawQuery() == null
            && value.getRawFragment() == null
            && value.getRawUserInfo() == null;
    if (!good) {
      throw new IllegalArgumentException(name + " must be an address of http or https");
    }
    String text = value.toString();
    return text.endsWith("/") ? URI.create(text.substring(0, text.length() - 1)) : value;
  }
}
