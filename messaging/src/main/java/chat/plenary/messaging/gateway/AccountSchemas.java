package chat.plenary.messaging.gateway;

import chat.plenary.messaging.organisation.Organisations;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** JSON Schemas (2020-12) of what the endpoints of accounts and organisations take and give. */
final class AccountSchemas {
  static final JsonObject TEXT = new JsonObject().put("type", "string");
  static final JsonObject FLAG = new JsonObject().put("type", "boolean");
  static final JsonObject TEXTS = list(TEXT);
  static final JsonObject USERID =
      new JsonObject().put("type", "string").put("pattern", "^[A-Za-z0-9_@.-]{1,64}$");
  static final JsonObject NAME = text(1, 64);
  static final JsonObject PASSWORD = text(8, 256);
  static final JsonObject ROLE =
      new JsonObject().put("enum", new JsonArray(List.of("owner", "admin", "member")));
  static final JsonObject NAMED = object("id", TEXT, "name", TEXT);
  static final JsonObject RETENTION = object("days", number(0, Organisations.MAX_RETENTION_DAYS));
  static final JsonObject OPTIONAL_OBJECT =
      new JsonObject().put("type", new JsonArray(List.of("object", "null")));
  static final JsonObject OPTIONAL_TEXT =
      new JsonObject().put("type", new JsonArray(List.of("string", "null")));

  static final JsonObject ME =
      object(
          "id",
          TEXT,
          "userid",
          USERID,
          "name",
          TEXT,
          "role",
          ROLE,
          "bot",
          FLAG,
          "organisation",
          NAMED);
  static final JsonObject SIGNED_IN =
      optional(
          object("accessToken", TEXT, "expiresIn", number(1, 600), "session", TEXT, "account", ME),
          "refreshToken",
          TEXT);
  static final JsonObject MEMBER =
      object(
          "id",
          TEXT,
          "userid",
          USERID,
          "name",
          TEXT,
          "role",
          ROLE,
          "bot",
          FLAG,
          "disabled",
          FLAG,
          "departments",
          TEXTS);
  static final JsonObject DEPARTMENT = optional(NAMED, "parent", OPTIONAL_TEXT);

  private AccountSchemas() {}

  static JsonObject organisation() {
    return object(
        "id",
        TEXT,
        "name",
        TEXT,
        "departments",
        list(DEPARTMENT),
        "retention",
        RETENTION,
        "limits",
        new JsonObject().put("type", "object"));
  }

  static JsonObject account() {
    return object("id", TEXT, "userid", USERID, "name", TEXT, "bot", FLAG, "disabled", FLAG);
  }

  static JsonObject candidate() {
    return optional(
        object("userid", USERID, "name", NAME),
        "password",
        PASSWORD,
        "role",
        ROLE,
        "departments",
        TEXTS);
  }

  /** An object of names and schemas in turn, all required. */
  static JsonObject object(Object... members) {
    JsonObject properties = new JsonObject();
    JsonArray required = new JsonArray();
    for (int i = 0; i < members.length; i += 2) {
      String name = (String) members[i];
      properties.put(name, ((JsonObject) members[i + 1]).copy());
      required.add(name);
    }
    return new JsonObject()
        .put("type", "object")
        .put("properties", properties)
        .put("required", required);
  }

  /** The same with members that may be left out. */
  static JsonObject optional(JsonObject object, Object... members) {
    JsonObject more = object.copy();
    for (int i = 0; i < members.length; i += 2) {
      more.getJsonObject("properties")
          .put((String) members[i], ((JsonObject) members[i + 1]).copy());
    }
    return more;
  }

  static JsonObject list(JsonObject items) {
    return new JsonObject().put("type", "array").put("items", items.copy());
  }

  static JsonObject list(JsonObject items, int min, int max) {
    return list(items).put("minItems", min).put("maxItems", max);
  }

  static JsonObject text(int min, int max) {
    return new JsonObject().put("type", "string").put("minLength", min).put("maxLength", max);
  }

  static JsonObject number(int min, int max) {
    return new JsonObject().put("type", "integer").put("minimum", min).put("maximum", max);
  }
}
