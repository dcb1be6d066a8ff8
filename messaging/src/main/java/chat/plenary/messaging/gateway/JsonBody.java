package chat.plenary.messaging.gateway;

import chat.plenary.messaging.fault.Fault;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON from outside more strictly than is usual: a member that is given twice, nesting
 * without end and halves of characters are refused by name, since what two programs read
 * differently can be used against one of them.
 */
final class JsonBody {
  /** Objects and lists within each other. */
  static final int MAX_DEPTH = 32;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH + 8)
                  .maxNumberLength(64)
                  .build())
          .build();

  private JsonBody() {}

  /**
   * A body that must be a JSON object.
   *
   * @throws Fault naming what is wrong
   */
  static JsonObject object(Buffer bytes) {
    if (bytes.length() == 0) {
      throw Fault.invalid("body", "A JSON object is required.");
    }
    try (JsonParser in = JSON.createParser(bytes.getBytes())) {
      if (in.nextToken() != JsonToken.START_OBJECT) {
        throw Fault.invalid("body", "This must be a JSON object.");
      }
      JsonObject object = object(in, "", 1);
      if (in.nextToken() != null) {
        throw Fault.invalid("body", "There is something after the JSON object.");
      }
      return object;
    } catch (JsonProcessingException e) {
      var at = e.getLocation();
      String where =
          at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
      throw Fault.invalid("body", "This is not JSON" + where + ".");
    } catch (IOException e) {
      throw Fault.invalid("body", "This is not JSON in UTF-8.");
    }
  }

  private static JsonObject object(JsonParser in, String path, int depth) throws IOException {
    JsonObject object = new JsonObject();
    while (in.nextToken() != JsonToken.END_OBJECT) {
      String name = in.currentName();
      String at = path.isEmpty() ? shown(name) : path + "." + shown(name);
      whole(name, at);
      if (name.indexOf('\0') >= 0) {
        throw Fault.invalid(at, "The name of a member holds no NUL.");
      }
      if (object.containsKey(name)) {
        throw Fault.invalid(at, "This member is given twice.");
      }
      in.nextToken();
      object.put(name, value(in, at, depth));
    }
    return object;
  }

  private static JsonArray array(JsonParser in, String path, int depth) throws IOException {
    JsonArray array = new JsonArray();
    while (in.nextToken() != JsonToken.END_ARRAY) {
      array.add(value(in, path + "[" + array.size() + "]", depth));
    }
    return array;
  }

  private static @Nullable Object value(JsonParser in, String at, int depth) throws IOException {
    if (in.currentToken().isStructStart() && depth >= MAX_DEPTH) {
      throw Fault.invalid(top(at), "This is nested more than " + MAX_DEPTH + " deep.");
    }
    return switch (in.currentToken()) {
      case START_OBJECT -> object(in, at, depth + 1);
      case START_ARRAY -> array(in, at, depth + 1);
      case VALUE_STRING -> whole(in.getText(), at);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> in.getNumberValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> throw new UncheckedIOException(new IOException("no value: " + in.currentToken()));
    };
  }

  /** A text without halves of characters, which no store keeps as they are. */
  private static String whole(String text, String at) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        throw Fault.invalid(at, "This text holds half a character (a lone surrogate).");
      }
    }
    return text;
  }

  /** A name as a problem may repeat it: short, without controls. */
  private static String shown(String name) {
    String clean = name.replaceAll("[\\p{Cc}\\p{Cs}]", "?");
    return clean.length() <= 64 ? clean : clean.substring(0, 64) + "…";
  }

  /** The beginning of a path: the rest of one that is too deep helps nobody. */
  private static String top(String path) {
    return path.length() <= 64 ? path : path.substring(0, 64) + "…";
  }
}
