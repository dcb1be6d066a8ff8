package chat.plenary.messaging.content;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** JSON and BSON, both ways, for what both can say. */
public final class Bson {
  private Bson() {}

  /** A JSON object as BSON; the order of members is kept. */
  public static BsonDocument document(JsonObject json) {
    BsonDocument document = new BsonDocument();
    for (Map.Entry<String, Object> member : json) {
      document.append(member.getKey(), value(member.getValue()));
    }
    return document;
  }

  /** A BSON document as JSON; datetimes become RFC 3339 texts. */
  public static JsonObject json(BsonDocument document) {
    JsonObject json = new JsonObject();
    document.forEach((name, value) -> json.put(name, plain(value)));
    return json;
  }

  /** A list of texts as BSON. */
  public static BsonArray strings(Iterable<String> texts) {
    BsonArray array = new BsonArray();
    texts.forEach(text -> array.add(new BsonString(text)));
    return array;
  }

  /** The texts of a member that is a list; empty where it is missing. */
  public static List<String> strings(BsonDocument document, String name) {
    List<String> texts = new ArrayList<>();
    if (document.get(name) instanceof BsonArray array) {
      array.forEach(value -> texts.add(value.asString().getValue()));
    }
    return texts;
  }

  /**
   * A member that is a whole number (of 32 or 64 bits), or {@code otherwise} where it is missing.
   */
  public static long number(BsonDocument document, String name, long otherwise) {
    BsonValue value = document.get(name);
    return value != null && value.isNumber() ? value.asNumber().longValue() : otherwise;
  }

  /** A member that is a text, or null where it is missing. */
  public static @Nullable String text(BsonDocument document, String name) {
    return document.get(name) instanceof BsonString text ? text.getValue() : null;
  }

  /** A member that is true or false; false where it is missing. */
  public static boolean flag(BsonDocument document, String name) {
    return document.get(name) instanceof BsonBoolean flag && flag.getValue();
  }

  private static BsonValue value(@Nullable Object value) {
    if (value == null) {
      return BsonNull.VALUE;
    } else if (value instanceof String text) {
      return new BsonString(text);
    } else if (value instanceof Boolean flag) {
      return BsonBoolean.valueOf(flag);
    } else if (value instanceof Integer number) {
      return new BsonInt32(number);
    } else if (value instanceof Long number) {
      return new BsonInt64(number);
    } else if (value instanceof Number number) {
      return new BsonDouble(number.doubleValue());
    } else if (value instanceof JsonObject object) {
      return document(object);
    } else if (value instanceof JsonArray list) {
      BsonArray array = new BsonArray();
      for (Object member : list) {
        array.add(value(member));
      }
      return array;
    }
    throw new IllegalArgumentException("not a value of JSON: " + value.getClass());
  }

  private static @Nullable Object plain(BsonValue value) {
    return switch (value.getBsonType()) {
      case STRING -> value.asString().getValue();
      case BOOLEAN -> value.asBoolean().getValue();
      case INT32 -> value.asInt32().getValue();
      case INT64 -> value.asInt64().getValue();
      case DOUBLE -> value.asDouble().getValue();
      case DATE_TIME -> Instant.ofEpochMilli(value.asDateTime().getValue()).toString();
      case DOCUMENT -> json(value.asDocument());
      case ARRAY -> {
        JsonArray list = new JsonArray();
        value.asArray().forEach(member -> list.add(plain(member)));
        yield list;
      }
      default -> null;
    };
  }
}
