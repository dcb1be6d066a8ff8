package chat.plenary.integrations;

import chat.plenary.integrations.alertmanager.AlertmanagerRoute;
import chat.plenary.integrations.hook.Hook;
import chat.plenary.integrations.hook.Hooks;
import chat.plenary.integrations.webhook.Inbound;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.http.Request;
import chat.plenary.messaging.http.Response;
import chat.plenary.messaging.http.Route;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.ConversationId;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;

/** The endpoints of hooks: making them, and what outside systems post to them. */
final class HookRoutes {
  /** Posts to hooks that are under way at once on this node; more are told to come again. */
  private static final int MAX_UNDER_WAY = 256;

  private final Vertx vertx;
  private final Hooks hooks;
  private final Inbound inbound;
  private final String publicUrl;
  private final ProducerTemplate camel;
  private final AtomicInteger underWay = new AtomicInteger();

  HookRoutes(Vertx vertx, CamelContext camel, Hooks hooks, Inbound inbound, String publicUrl) {
    this.vertx = vertx;
    this.hooks = hooks;
    this.inbound = inbound;
    this.publicUrl = publicUrl;
    this.camel = camel.createProducerTemplate();
  }

  List<Route> routes() {
    return List.of(
        new Route(
            HttpMethod.POST,
            "/api/v1/hooks",
            Route.Access.ADMIN,
            "Makes a hook: an address at which an outside system posts into a group.",
            object("kind", "group", "bot"),
            object("id", "kind", "group", "bot", "url"),
            this::make),
        new Route(
                HttpMethod.GET,
                "/api/v1/hooks",
                Route.Access.ADMIN,
                "A page of the organisation's hooks, without their secrets.",
                null,
                new JsonObject()
                    .put("type", "object")
                    .put(
                        "properties",
                        new JsonObject().put("hooks", new JsonObject().put("type", "array"))),
                this::page)
            .text("after", "The next of the page before.")
            .number("limit", "How many at the most; 100 unless given.", 1, 100),
        new Route(
            HttpMethod.DELETE,
            "/api/v1/hooks/{id}",
            Route.Access.ADMIN,
            "Deletes a hook.",
            null,
            null,
            request ->
                hooks.delete(request.caller(), request.parameter("id")).map(v -> Response.empty())),
        new Route(
            HttpMethod.POST,
            "/hooks/{secret}",
            Route.Access.PUBLIC,
            "Takes what an outside system posts; 204 when it is durable.",
            new JsonObject().put("type", "object"),
            null,
            this::take));
  }

  private Future<Response> make(Request request) {
    var body = request.body();
    String kind = body.text("kind", 1, 32);
    ConversationId group = body.parsed("group", 32, ConversationId::new);
    AccountId bot = body.parsed("bot", 32, AccountId::new);
    body.end();
    return hooks
        .make(request.caller(), kind, group, bot)
        .map(
            made ->
                Response.json(
                    201, json(made.hook()).put("url", publicUrl + "/hooks/" + made.secret())));
  }

  private Future<Response> page(Request request) {
    int limit = (int) request.query("limit", 1, 100, 100);
    return hooks
        .page(request.caller(), request.query("after"), limit)
        .map(
            page -> {
              JsonArray all = new JsonArray();
              page.hooks().forEach(hook -> all.add(json(hook)));
              return Response.json(new JsonObject().put("hooks", all).put("next", page.next()));
            });
  }

  private Future<Response> take(Request request) {
    if (underWay.incrementAndGet() > MAX_UNDER_WAY) {
      underWay.decrementAndGet();
      throw Fault.tooMany("Too much is being posted to hooks just now.", 1);
    }
    return taken(request).map(v -> Response.empty()).onComplete(done -> underWay.decrementAndGet());
  }

  /** A route of the operators' that has opened this entrance, or a hook that was made. */
  private Future<Void> taken(Request request) {
    String secret = request.parameter("secret");
    try {
      Future<Void> route = inbound.take(secret, request);
      return route == null ? hooks.find(secret).compose(hook -> route(hook, request)) : route;
    } catch (Fault e) {
      return Future.failedFuture(e);
    }
  }

  private Future<Void> route(Hook hook, Request request) {
    JsonObject body;
    try {
      body = request.bytes().toJsonObject();
    } catch (DecodeException e) {
      throw Fault.invalid("body", "This must be a JSON object.");
    }
    Context context = vertx.getOrCreateContext();
    Promise<Void> done = Promise.promise();
    CompletableFuture<Exchange> sent =
        camel.asyncSend(
            AlertmanagerRoute.URI,
            exchange -> {
              // Only the body goes in: no header of the request may steer a route.
              exchange.setProperty(AlertmanagerRoute.HOOK, hook);
              exchange.getMessage().setBody(body);
            });
    sent.whenComplete(
        (exchange, failure) ->
            context.runOnContext(
                v -> {
                  Exception thrown = exchange == null ? null : exchange.getException();
                  if (failure != null) {
                    done.fail(failure);
                  } else if (thrown != null) {
                    done.fail(thrown);
                  } else {
                    done.complete();
                  }
                }));
    return done.future();
  }

  private static JsonObject json(Hook hook) {
    return new JsonObject()
        .put("id", hook.id())
        .put("kind", hook.kind())
        .put("group", hook.group().value())
        .put("bot", hook.bot().value());
  }

  private static JsonObject object(String... texts) {
    JsonObject properties = new JsonObject();
    JsonArray required = new JsonArray();
    for (String text : texts) {
      properties.put(text, new JsonObject().put("type", "string"));
      required.add(text);
    }
    return new JsonObject()
        .put("type", "object")
        .put("properties", properties)
        .put("required", required);
  }
}
