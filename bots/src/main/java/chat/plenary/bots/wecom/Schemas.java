package chat.plenary.bots.wecom;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** JSON Schemas of what these endpoints take and give. */
final class Schemas {
  static final JsonObject TEXT = type("string");
  static final JsonObject NUMBER = type("integer");
  static final JsonObject FLAG = type("boolean");
  static final JsonObject LIST = type("array");
  static final JsonObject NEXT =
      new JsonObject().put("type", new JsonArray().add("string").add("null"));

  private Schemas() {}

  private static JsonObject type(String name) {
    return new JsonObject().put("type", name);
  }

  /** An object all of whose members are required. */
  static JsonObject object(Object... namesAndSchemas) {
    JsonObject properties = new JsonObject();
    JsonArray required = new JsonArray();
    for (int i = 0; i < namesAndSchemas.length; i += 2) {
      properties.put((String) namesAndSchemas[i], namesAndSchemas[i + 1]);
      required.add(namesAndSchemas[i]);
    }
    return new JsonObject()
        .put("type", "object")
        .put("properties", properties)
        .put("required", required);
  }

  /** What every answer of the compatible interface has, and some more. */
  static JsonObject answer(Object... namesAndSchemas) {
    JsonObject answer = object("errcode", NUMBER, "errmsg", TEXT);
    answer.getJsonObject("properties").mergeIn(object(namesAndSchemas).getJsonObject("properties"));
    return answer;
  }
}
