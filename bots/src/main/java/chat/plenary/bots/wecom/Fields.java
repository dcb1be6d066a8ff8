package chat.plenary.bots.wecom;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object as clients of the compatible interface write it: numbers as texts and texts as
 * numbers, members that are null, and members that belong to something else. What is not asked for
 * is passed over.
 */
final class Fields {
  private static final int MAX_LIST = 1_000;

  private final JsonObject json;
  private final String path;

  private Fields(JsonObject json, String path) {
    this.json = json;
    this.path = path;
  }

  /** Reads a body. */
  static Fields of(Buffer body) {
    try {
      if (body.length() > 0 && Json.decodeValue(body) instanceof JsonObject object) {
        return new Fields(object, "");
      }
    } catch (DecodeException e) {
      throw Refusal.of(Errcode.PARAMETER, "the body is not JSON");
    }
    throw Refusal.of(Errcode.PARAMETER, "the body must be a JSON object");
  }

  String path(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  /** A text, or null where there is none. */
  @Nullable String text(String name) {
    Object value = json.getValue(name);
    if (value == null) {
      return null;
    }
    if (value instanceof JsonObject || value instanceof JsonArray) {
      throw Refusal.field(path(name), "must be a text");
    }
    return clean(value.toString());
  }

  /** A text, or an empty one. */
  String textOrEmpty(String name) {
    String text = text(name);
    return text == null ? "" : text;
  }

  /** A text that is not empty. */
  String required(String name) {
    String text = text(name);
    if (text == null || text.isBlank()) {
      throw Refusal.field(path(name), "missing");
    }
    return text;
  }

  /** A whole number, also one that is written as a text. */
  long number(String name, long otherwise) {
    Object value = json.getValue(name);
    if (value instanceof Number number) {
      return number.longValue();
    }
    if (value instanceof Boolean flag) {
      return flag ? 1 : 0;
    }
    if (value == null || value.equals("")) {
      return otherwise;
    }
    if (value instanceof String text && text.strip().matches("-?[0-9]{1,18}")) {
      return Long.parseLong(text.strip());
    }
    throw Refusal.field(path(name), "must be a whole number");
  }

  /** Any number as it came, or null. */
  @Nullable Number any(String name) {
    return json.getValue(name) instanceof Number number ? number : null;
  }

  boolean flag(String name) {
    return number(name, 0) != 0;
  }

  /** An object, or null where there is none. */
  @Nullable Fields object(String name) {
    Object value = json.getValue(name);
    if (value == null) {
      return null;
    }
    if (value instanceof JsonObject object) {
      return new Fields(object, path(name));
    }
    throw Refusal.field(path(name), "must be an object");
  }

  /** An object; an empty one where there is none. */
  Fields part(String name) {
    Fields part = object(name);
    return part == null ? new Fields(new JsonObject(), path(name)) : part;
  }

  /** The objects of a list; none where there is no list. */
  List<Fields> objects(String name) {
    JsonArray list = list(name);
    List<Fields> found = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      String at = path(name) + "[" + i + "]";
      if (!(list.getValue(i) instanceof JsonObject object)) {
        throw Refusal.field(at, "must be an object");
      }
      found.add(new Fields(object, at));
    }
    return found;
  }

  /** The texts of a list, without what is null or empty. */
  List<String> texts(String name) {
    List<String> found = new ArrayList<>();
    for (Object value : list(name)) {
      if (value instanceof String || value instanceof Number) {
        String text = clean(value.toString()).strip();
        if (!text.isEmpty()) {
          found.add(text);
        }
      }
    }
    return found;
  }

  private JsonArray list(String name) {
    Object value = json.getValue(name);
    if (value == null || value.equals("")) {
      return new JsonArray();
    }
    if (!(value instanceof JsonArray list)) {
      throw Refusal.field(path(name), "must be a list");
    }
    if (list.size() > MAX_LIST) {
      throw Refusal.field(path(name), "has more than " + MAX_LIST + " members");
    }
    return list;
  }

  /** The same JSON in one form, whatever the order of its members and the space between them. */
  JsonObject sorted() {
    return sorted(json);
  }

  private static JsonObject sorted(JsonObject object) {
    JsonObject out = new JsonObject();
    object.fieldNames().stream()
        .sorted()
        .forEach(name -> out.put(name, sorted(object.getValue(name))));
    return out;
  }

  private static @Nullable Object sorted(@Nullable Object value) {
    if (value instanceof JsonObject object) {
      return sorted(object);
    }
    if (value instanceof JsonArray list) {
      JsonArray out = new JsonArray();
      list.forEach(one -> out.add(sorted(one)));
      return out;
    }
    return value;
  }

  /** Bytes of UTF-8. */
  static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** The beginning of a text that has at most so many bytes of UTF-8, in whole characters. */
  static String cut(String text, int most) {
    int size = 0;
    int end = 0;
    while (end < text.length()) {
      int point = text.codePointAt(end);
      size += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
      if (size > most) {
        return text.substring(0, end);
      }
      end += Character.charCount(point);
    }
    return text;
  }

  /** The beginning of a text that has at most so many characters. */
  static String cutCharacters(String text, int most) {
    return text.codePointCount(0, text.length()) <= most
        ? text
        : text.substring(0, text.offsetByCodePoints(0, most));
  }

  /** Without NUL and halves of characters, which no store keeps as they are. */
  private static String clean(String text) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints()
        .filter(point -> point != 0)
        .forEach(
            point ->
                out.appendCodePoint(
                    point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE
                        ? 0xFFFD
                        : point));
    return out.toString();
  }
}
