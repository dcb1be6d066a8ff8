package chat.plenary.messaging.fault;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object that came from outside, read member by member. Whatever is missing, of the wrong
 * type or out of bounds is a {@link Fault} that names the member by its path; {@link #end} refuses
 * members that nobody asked for.
 */
public final class Input {
  private final JsonObject json;
  private final String path;
  private final Set<String> asked = new LinkedHashSet<>();

  private Input(JsonObject json, String path) {
    this.json = json;
    this.path = path;
  }

  /** Reads a whole body. */
  public static Input of(JsonObject json) {
    return new Input(json, "");
  }

  /** Reads an object that stands at a path of something larger. */
  public static Input at(String path, JsonObject json) {
    return new Input(json, path);
  }

  /** The path of a member, as faults name it. */
  public String path(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  /** Whether a member is there and not null. */
  public boolean has(String name) {
    asked.add(name);
    return json.getValue(name) != null;
  }

  /** A text of {@code min} to {@code max} characters (code points). */
  public String text(String name, int min, int max) {
    String value = optionalText(name, min, max);
    if (value == null) {
      throw missing(name);
    }
    return value;
  }

  /**
   * A text of {@code min} to {@code max} characters (code points), or null where it is not given.
   */
  public @Nullable String optionalText(String name, int min, int max) {
    Object value = get(name);
    if (value == null) {
      return null;
    }
    if (!(value instanceof String text)) {
      throw Fault.invalid(path(name), "This must be a text.");
    }
    int length = text.codePointCount(0, text.length());
    if (length < min || length > max) {
      throw Fault.invalid(
          path(name),
          length < min && min == 1
              ? "This must not be empty."
              : "This must have " + min + " to " + max + " characters; it has " + length + ".");
    }
    return text;
  }

  /** A text that a parser accepts; its {@link IllegalArgumentException} becomes a fault. */
  public <T> T parsed(String name, int max, Function<String, T> parser) {
    return parse(name, text(name, 1, max), parser);
  }

  /** The same, or null where it is not given. */
  public <T> @Nullable T optionalParsed(String name, int max, Function<String, T> parser) {
    String value = optionalText(name, 1, max);
    return value == null ? null : parse(name, value, parser);
  }

  /** A whole number between two bounds. */
  public long number(String name, long min, long max) {
    Object value = get(name);
    if (value == null) {
      throw missing(name);
    }
    boolean whole = value instanceof Integer || value instanceof Long;
    long number = whole ? ((Number) value).longValue() : 0;
    if (!whole || number < min || number > max) {
      throw Fault.invalid(
          path(name), "This must be a whole number from " + min + " to " + max + ".");
    }
    return number;
  }

  /** A whole number between two bounds, or {@code otherwise} where it is not given. */
  public long number(String name, long min, long max, long otherwise) {
    return has(name) ? number(name, min, max) : otherwise;
  }

  /** True or false, or {@code otherwise} where it is not given. */
  public boolean flag(String name, boolean otherwise) {
    Object value = get(name);
    if (value == null) {
      return otherwise;
    }
    if (!(value instanceof Boolean flag)) {
      throw Fault.invalid(path(name), "This must be true or false.");
    }
    return flag;
  }

  /** An object. */
  public Input object(String name) {
    return new Input(rawObject(name), path(name));
  }

  /** An object, or null where it is not given. */
  public @Nullable Input optionalObject(String name) {
    return has(name) ? object(name) : null;
  }

  /** An object as it came. */
  public JsonObject rawObject(String name) {
    Object value = get(name);
    if (value == null) {
      throw missing(name);
    }
    if (!(value instanceof JsonObject object)) {
      throw Fault.invalid(path(name), "This must be an object.");
    }
    return object;
  }

  /** A list of objects; empty where it is not given. */
  public List<Input> objects(String name, int max) {
    JsonArray array = array(name, max);
    List<Input> found = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      String at = path(name) + "[" + i + "]";
      if (!(array.getValue(i) instanceof JsonObject object)) {
        throw Fault.invalid(at, "This must be an object.");
      }
      found.add(new Input(object, at));
    }
    return found;
  }

  /** A list of texts that a parser accepts; empty where it is not given. */
  public <T> List<T> texts(String name, int max, int maxLength, Function<String, T> parser) {
    JsonArray array = array(name, max);
    List<T> found = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      String member = name + "[" + i + "]";
      if (!(array.getValue(i) instanceof String text) || text.length() > maxLength) {
        throw Fault.invalid(
            path(member), "This must be a text of at most " + maxLength + " characters.");
      }
      found.add(parse(member, text, parser));
    }
    return found;
  }

  /** Refuses members that were not asked for. To be called last. */
  public void end() {
    for (String name : json.fieldNames()) {
      if (!asked.contains(name)) {
        throw Fault.invalid(path(name), "There is no such member here.");
      }
    }
  }

  private JsonArray array(String name, int max) {
    Object value = get(name);
    if (value == null) {
      return new JsonArray();
    }
    if (!(value instanceof JsonArray array)) {
      throw Fault.invalid(path(name), "This must be a list.");
    }
    if (array.size() > max) {
      throw Fault.invalid(
          path(name), "This list has at most " + max + " members; it has " + array.size() + ".");
    }
    return array;
  }

  private <T> T parse(String name, String value, Function<String, T> parser) {
    try {
      return parser.apply(value);
    } catch (IllegalArgumentException e) {
      String why = e.getMessage();
      throw Fault.invalid(path(name), why == null ? "This is not valid." : "This is " + why + ".");
    }
  }

  private @Nullable Object get(String name) {
    asked.add(name);
    return json.getValue(name);
  }

  private Fault missing(String name) {
    return Fault.invalid(path(name), "This is required.");
  }
}
