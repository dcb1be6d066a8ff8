package chat.plenary.bots.feed;

import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.http.Request;
import chat.plenary.messaging.http.Response;
import chat.plenary.messaging.http.Route;
import chat.plenary.messaging.store.StoreException;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** The endpoint of the feed (section 8 of the protocol). */
final class FeedRoutes {
  private static final int MAX_WAIT = 50;

  private final Feed feed;

  FeedRoutes(Feed feed) {
    this.feed = feed;
  }

  List<Route> routes() {
    JsonObject properties =
        new JsonObject()
            .put("items", new JsonObject().put("type", "array"))
            .put("cursor", new JsonObject().put("type", "string"));
    return List.of(
        new Route(
                HttpMethod.GET,
                "/api/v1/feed",
                Route.Access.MEMBER,
                "Tells a bot what is new; with nothing new it waits.",
                null,
                new JsonObject()
                    .put("type", "object")
                    .put("properties", properties)
                    .put("required", new JsonArray().add("items").add("cursor")),
                this::page)
            .text("cursor", "The cursor of the page before; without it the feed begins anew.")
            .number("limit", "How many items at the most; 100 unless given.", 1, Feed.MAX_PAGE)
            .number("wait", "Seconds to wait where nothing is new; 0 unless given.", 0, MAX_WAIT));
  }

  private Future<Response> page(Request request) {
    int limit = (int) request.query("limit", 1, Feed.MAX_PAGE, Feed.MAX_PAGE);
    int wait = (int) request.query("wait", 0, MAX_WAIT, 0);
    return feed.page(request.caller(), request.query("cursor"), limit, wait)
        .map(Response::json)
        .recover(
            failure ->
                Future.failedFuture(
                    failure instanceof StoreException
                        ? Fault.of(
                            Fault.Code.UNAVAILABLE, "The store does not answer now: try again.")
                        : failure));
  }
}
