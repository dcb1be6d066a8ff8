package chat.plenary.node;

import chat.plenary.messaging.http.Request;
import chat.plenary.messaging.http.Response;
import chat.plenary.messaging.http.Route;
import chat.plenary.messaging.log.Lanes;
import chat.plenary.messaging.store.Store;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Whether the node lives (else it is to be started anew) and whether it can serve now. */
final class Health {
  private static final long PATIENCE_SECONDS = 2;

  private final Lanes log;
  private final Store store;
  private final BooleanSupplier stopping;

  Health(Lanes log, Store store, BooleanSupplier stopping) {
    this.log = log;
    this.store = store;
    this.stopping = stopping;
  }

  List<Route> routes() {
    return List.of(
        route("/health/live", "Answers while the process does its work.", this::live),
        route(
            "/health/ready",
            "200 while this node can serve: it has caught up and its store answers; else 503.",
            this::ready));
  }

  private static Route route(
      String path, String summary, java.util.function.Function<Request, Future<Response>> answer) {
    JsonObject schema =
        new JsonObject()
            .put("type", "object")
            .put(
                "properties",
                new JsonObject().put("status", new JsonObject().put("type", "string")));
    return new Route(HttpMethod.GET, path, Route.Access.PUBLIC, summary, null, schema, answer);
  }

  private Future<Response> live(Request request) {
    return Future.succeededFuture(told(200, "live"));
  }

  private Future<Response> ready(Request request) {
    if (stopping.getAsBoolean()) {
      return Future.succeededFuture(told(503, "stopping"));
    }
    if (!log.isFresh()) {
      return Future.succeededFuture(told(503, "behind"));
    }
    return store
        .ping()
        .timeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .map(now -> told(200, "ready"))
        .otherwise(silent -> told(503, "store"));
  }

  private static Response told(int status, String what) {
    return Response.json(status, new JsonObject().put("status", what));
  }
}
