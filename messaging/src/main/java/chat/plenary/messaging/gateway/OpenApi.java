package chat.plenary.messaging.gateway;

import chat.plenary.messaging.http.Route;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes the OpenAPI document (3.1) of all endpoints from what they say of themselves. */
final class OpenApi {
  private static final Pattern PARAMETER = Pattern.compile("\\{([A-Za-z]+)}");
  private static final String JSON = "application/json";

  static final JsonObject PROBLEM =
      AccountSchemas.optional(
          AccountSchemas.object(
              "type",
              AccountSchemas.TEXT,
              "title",
              AccountSchemas.TEXT,
              "status",
              AccountSchemas.number(400, 599),
              "detail",
              AccountSchemas.TEXT),
          "field",
          AccountSchemas.TEXT,
          "retryAfter",
          new JsonObject().put("type", "integer").put("minimum", 1));

  private final String version;

  OpenApi(String version) {
    this.version = version;
  }

  /**
   * The document.
   *
   * @throws IllegalArgumentException naming an endpoint that does not describe itself, or is there
   *     twice
   */
  JsonObject of(List<Route> routes) {
    JsonObject paths = new JsonObject();
    Set<String> seen = new HashSet<>();
    for (Route route : routes) {
      String name = route.method() + " " + route.path();
      if (!seen.add(name)) {
        throw new IllegalArgumentException(name + " is there twice");
      }
      check(name, route);
      JsonObject path = paths.getJsonObject(route.path());
      if (path == null) {
        path = new JsonObject();
        paths.put(route.path(), path);
      }
      path.put(route.method().name().toLowerCase(Locale.ROOT), operation(route));
    }
    paths.put("/api/v1/connect", new JsonObject().put("get", connect()));
    return new JsonObject()
        .put("openapi", "3.1.0")
        .put(
            "info",
            new JsonObject()
                .put("title", "Plenary")
                .put("version", version)
                .put("license", new JsonObject().put("name", "Apache-2.0")))
        .put("jsonSchemaDialect", "https://spec.openapis.org/oas/3.1/dialect/base")
        .put("paths", paths)
        .put("components", components());
  }

  private static void check(String name, Route route) {
    if (!route.path().startsWith("/")) {
      throw new IllegalArgumentException(name + ": a path begins with a slash");
    }
    if (route.summary().isBlank()) {
      throw new IllegalArgumentException(name + " has no summary");
    }
    check(name + ": the body", route.requestSchema());
    check(name + ": the answer", route.responseSchema());
    for (Route.Parameter parameter : route.parameters()) {
      check(name + ": " + parameter.name(), parameter.schema());
      if (parameter.description().isBlank()) {
        throw new IllegalArgumentException(name + ": " + parameter.name() + " is not described");
      }
    }
  }

  private static void check(String what, @org.jspecify.annotations.Nullable JsonObject schema) {
    if (schema != null && schema.isEmpty()) {
      throw new IllegalArgumentException(what + " has a schema that says nothing");
    }
  }

  private static JsonObject operation(Route route) {
    JsonArray parameters = new JsonArray();
    Matcher matcher = PARAMETER.matcher(route.path());
    while (matcher.find()) {
      parameters.add(
          new JsonObject()
              .put("name", matcher.group(1))
              .put("in", "path")
              .put("required", true)
              .put("schema", new JsonObject().put("type", "string")));
    }
    boolean withinPath = !parameters.isEmpty();
    for (Route.Parameter parameter : route.parameters()) {
      parameters.add(
          new JsonObject()
              .put("name", parameter.name())
              .put("in", "query")
              .put("description", parameter.description())
              .put("required", false)
              .put("schema", parameter.schema()));
    }
    boolean open = route.access() == Route.Access.PUBLIC;
    JsonObject operation =
        new JsonObject()
            .put("operationId", operationId(route))
            .put("summary", route.summary())
            .put("tags", new JsonArray().add(tag(route.path())))
            .put("security", open ? new JsonArray() : bearer())
            .put("responses", responses(route, withinPath));
    if (route.access() == Route.Access.ADMIN || route.access() == Route.Access.OWNER) {
      operation.put(
          "description",
          route.access() == Route.Access.OWNER
              ? "For owners of the organisation."
              : "For owners and administrators of the organisation.");
    }
    if (!parameters.isEmpty()) {
      operation.put("parameters", parameters);
    }
    JsonObject body = route.requestSchema();
    if (body != null) {
      operation.put(
          "requestBody",
          new JsonObject()
              .put("required", !body.getJsonArray("required", new JsonArray()).isEmpty())
              .put("content", content(JSON, body)));
    }
    return operation;
  }

  private static JsonObject responses(Route route, boolean withinPath) {
    JsonObject success = new JsonObject().put("description", "It was done.");
    JsonObject schema = route.responseSchema();
    if (schema != null) {
      success.put("content", content(JSON, schema));
    }
    JsonObject responses = new JsonObject().put("2XX", success);
    if (route.requestSchema() != null || !route.parameters().isEmpty()) {
      responses.put("400", problem());
    }
    if (route.access() != Route.Access.PUBLIC) {
      responses.put("401", problem()).put("403", problem());
    }
    if (withinPath) {
      responses.put("404", problem());
    }
    if (route.requestSchema() != null) {
      responses.put("409", problem()).put("413", problem()).put("415", problem());
      responses.put("429", problem());
    }
    return responses.put("503", problem()).put("default", problem());
  }

  private static JsonObject connect() {
    return new JsonObject()
        .put("operationId", "connect")
        .put("summary", "Opens the live connection, a WebSocket whose first frame is hello.")
        .put("tags", new JsonArray().add("connect"))
        .put("security", new JsonArray())
        .put(
            "responses",
            new JsonObject()
                .put("101", new JsonObject().put("description", "The WebSocket is open."))
                .put("403", problem())
                .put("426", problem())
                .put("default", problem()));
  }

  private static JsonObject components() {
    return new JsonObject()
        .put("schemas", new JsonObject().put("Problem", PROBLEM))
        .put(
            "responses",
            new JsonObject()
                .put(
                    "Problem",
                    new JsonObject()
                        .put("description", "It could not be done (RFC 9457).")
                        .put(
                            "content",
                            content(
                                "application/problem+json",
                                new JsonObject().put("$ref", "#/components/schemas/Problem")))))
        .put(
            "securitySchemes",
            new JsonObject()
                .put(
                    "bearer",
                    new JsonObject()
                        .put("type", "http")
                        .put("scheme", "bearer")
                        .put("description", "An access token, or the token of a bot.")));
  }

  private static JsonArray bearer() {
    return new JsonArray().add(new JsonObject().put("bearer", new JsonArray()));
  }

  private static JsonObject problem() {
    return new JsonObject().put("$ref", "#/components/responses/Problem");
  }

  private static JsonObject content(String type, JsonObject schema) {
    return new JsonObject().put(type, new JsonObject().put("schema", schema.copy()));
  }

  private static String tag(String path) {
    String rest = path.startsWith("/api/v1/") ? path.substring("/api/v1/".length()) : "server";
    int slash = rest.indexOf('/');
    return slash < 0 ? rest : rest.substring(0, slash);
  }

  /** Such as {@code postConversationsIdMessages}. */
  private static String operationId(Route route) {
    StringBuilder id = new StringBuilder(route.method().name().toLowerCase(Locale.ROOT));
    String path = route.path().startsWith("/api/v1/") ? route.path().substring(7) : route.path();
    for (String word : path.split("[^A-Za-z0-9]+", -1)) {
      if (!word.isEmpty()) {
        id.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
      }
    }
    return id.toString();
  }
}
