package chat.plenary.integrations.meeting.wire;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads answers of services that do not keep to their own documents: numbers come as texts, members
 * are missing, times are in seconds or milliseconds. Nothing here throws; what cannot be read is
 * not there.
 */
public final class Loose {
  private static final long MILLIS_FROM = 100_000_000_000L;

  private Loose() {}

  /** A text or a number as a text; empty where it is neither. */
  public static String text(@Nullable JsonObject json, String name) {
    Object value = json == null ? null : json.getValue(name);
    return value instanceof String || value instanceof Number ? value.toString() : "";
  }

  /** A text of at most so many characters, cut where it is longer. */
  public static String text(@Nullable JsonObject json, String name, int max) {
    String text = text(json, name);
    if (text.length() <= max) {
      return text;
    }
    return text.substring(0, Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max);
  }

  /** A whole number, also as a text; {@code otherwise} where it is neither. */
  public static long number(@Nullable JsonObject json, String name, long otherwise) {
    Object value = json == null ? null : json.getValue(name);
    if (value instanceof Number number) {
      return number.longValue();
    }
    try {
      return value instanceof String text ? Long.parseLong(text.strip()) : otherwise;
    } catch (NumberFormatException e) {
      return otherwise;
    }
  }

  /** A time in seconds or milliseconds since 1970, as a number or a text. */
  public static @Nullable Instant time(@Nullable JsonObject json, String name) {
    long value = number(json, name, 0);
    if (value <= 0 || value > MILLIS_FROM * 100) {
      return null;
    }
    return value < MILLIS_FROM ? Instant.ofEpochSecond(value) : Instant.ofEpochMilli(value);
  }

  /** An object, or an empty one. */
  public static JsonObject object(@Nullable JsonObject json, String name) {
    return json != null && json.getValue(name) instanceof JsonObject object
        ? object
        : new JsonObject();
  }

  /** The objects of a list, at most so many; whatever else stands in it is passed over. */
  public static List<JsonObject> objects(@Nullable JsonObject json, String name, int max) {
    List<JsonObject> found = new ArrayList<>();
    if (json != null && json.getValue(name) instanceof JsonArray array) {
      for (int i = 0; i < array.size() && found.size() < max; i++) {
        if (array.getValue(i) instanceof JsonObject object) {
          found.add(object);
        }
      }
    }
    return found;
  }

  /** The first of some texts that is not empty; empty where all are. */
  public static String first(String... texts) {
    for (String text : texts) {
      if (!text.isEmpty()) {
        return text;
      }
    }
    return "";
  }

  /**
   * What a service said, fit to be shown: one line, at most 200 characters, and no addresses, which
   * may let somebody in.
   */
  public static String words(String said) {
    String line =
        said.replaceAll("(?i)\\b[a-z]+://\\S+", "…").replaceAll("\\p{Cntrl}+", " ").strip();
    return line.length() <= 200 ? line : line.substring(0, 199) + "…";
  }
}
