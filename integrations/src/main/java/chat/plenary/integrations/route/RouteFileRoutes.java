package chat.plenary.integrations.route;

import chat.plenary.integrations.camel.PlenaryConsumer;
import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.conversation.ConversationJson;
import chat.plenary.messaging.http.Request;
import chat.plenary.messaging.http.Response;
import chat.plenary.messaging.http.Route;
import chat.plenary.messaging.organisation.Organisations;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How it stands with routes, for administrators: with files that name their organisation; on a
 * server of one organisation with all, and with the routes that are shipped.
 */
public final class RouteFileRoutes {
  private final @Nullable RouteFiles files;
  private final ShippedRoutes shipped;
  private final Organisations organisations;
  private final String node;

  /**
   * The endpoint.
   *
   * @param files the files; null where no folder is configured
   * @param shipped the routes that are no operator's
   * @param node this node's name: each has its own folder and tells of that
   */
  public RouteFileRoutes(
      @Nullable RouteFiles files, ShippedRoutes shipped, Organisations organisations, String node) {
    this.files = files;
    this.shipped = shipped;
    this.organisations = organisations;
    this.node = node;
  }

  /** The endpoint. */
  public List<Route> routes() {
    JsonObject properties =
        new JsonObject()
            .put("node", new JsonObject().put("type", "string"))
            .put("problem", new JsonObject().put("type", new JsonArray().add("string").add("null")))
            .put("shipped", new JsonObject().put("type", "array"))
            .put("files", new JsonObject().put("type", "array"))
            .put("next", new JsonObject().put("type", new JsonArray().add("string").add("null")));
    return List.of(
        new Route(
                HttpMethod.GET,
                "/api/v1/routes",
                Route.Access.ADMIN,
                "How it stands with routes and their files at the node that answers.",
                null,
                new JsonObject().put("type", "object").put("properties", properties),
                this::page)
            .text("after", "The next of the page before.")
            .number("limit", "How many files at the most; 50 unless given.", 1, 100));
  }

  private Future<Response> page(Request request) {
    int limit = (int) request.query("limit", 1, 100, 50);
    String after = request.query("after");
    Caller caller = request.caller();
    return organisations
        .only()
        .map(
            only -> {
              boolean alone = only != null && only.id().equals(caller.organisation());
              List<RouteFile> seen = new ArrayList<>();
              if (files != null) {
                for (RouteFile file : files.files().values()) {
                  boolean own = file.organisation().equals(caller.organisation().value());
                  if ((own || alone) && (after == null || file.name().compareTo(after) > 0)) {
                    seen.add(file);
                  }
                }
              }
              JsonArray page = new JsonArray();
              seen.stream().limit(limit).forEach(file -> page.add(json(file)));
              JsonArray own = new JsonArray();
              if (alone) {
                shipped.all().forEach(route -> own.add(json(route)));
              }
              return Response.json(
                  new JsonObject()
                      .put("node", node)
                      .put("shipped", own)
                      .put("problem", files == null ? null : files.problem())
                      .put("files", page)
                      .put("next", seen.size() <= limit ? null : seen.get(limit - 1).name()));
            });
  }

  private JsonObject json(RouteFile file) {
    JsonArray routes = new JsonArray();
    file.routes().forEach(route -> routes.add(json(route)));
    JsonObject error =
        file.error() == null
            ? null
            : new JsonObject()
                .put("message", file.error())
                .put("line", file.line() == 0 ? null : file.line());
    return new JsonObject()
        .put("file", file.name())
        .put("state", file.state().text())
        .put("since", ConversationJson.time(file.since()))
        .put("error", error)
        .put("routes", routes);
  }

  private JsonObject json(String route) {
    RouteFiles all = Objects.requireNonNull(files);
    JsonObject json =
        json(ShippedRoutes.Standing.of(route, all.status(route), all.counts().of(route)));
    if (all.consumer(route) instanceof PlenaryConsumer plenary) {
      json.put("turn", plenary.holds())
          .put("settled", plenary.settled() == 0 ? null : plenary.settled())
          .put("problem", plenary.problem());
    }
    return json;
  }

  private static JsonObject json(ShippedRoutes.Standing route) {
    return new JsonObject()
        .put("id", route.id())
        .put("state", route.state())
        .put("exchanges", route.exchanges())
        .put("failures", route.failures())
        .put("underWay", route.underWay());
  }
}
