package chat.plenary.integrations.meeting;

import chat.plenary.integrations.meeting.wire.Webhook;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.http.Request;
import chat.plenary.messaging.http.Response;
import chat.plenary.messaging.http.Route;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;

/** The endpoints to which meeting services post what happens. */
final class MeetingHookRoutes {
  /** Notices that are under way at once on this node; more are told to come again. */
  private static final int MAX_UNDER_WAY = 256;

  /** Services wait for some seconds only; what is not durable by then they post again. */
  private static final int SECONDS = 10;

  private final Vertx vertx;
  private final ProducerTemplate camel;
  private final Map<String, Webhook> webhooks;
  private final AtomicInteger underWay = new AtomicInteger();

  MeetingHookRoutes(Vertx vertx, CamelContext camel, Map<String, Webhook> webhooks) {
    this.vertx = vertx;
    this.camel = camel.createProducerTemplate();
    this.webhooks = Map.copyOf(webhooks);
  }

  List<Route> routes() {
    return List.of(
        new Route(
                HttpMethod.GET,
                "/hooks/meetings/{provider}",
                Route.Access.PUBLIC,
                "Answers a meeting service that tries its address.",
                null,
                null,
                request -> Future.succeededFuture(webhook(request).check(request)))
            .text("check_str", "What is given back, unpacked, when its signature is right."),
        new Route(
                HttpMethod.POST,
                "/hooks/meetings/{provider}",
                Route.Access.PUBLIC,
                "Takes what a meeting service tells; answered when it is durable.",
                null,
                null,
                this::take)
            .text("checksum", "The checksum, for services that send it so."));
  }

  private Webhook webhook(Request request) {
    Webhook webhook = webhooks.get(request.parameter("provider"));
    if (webhook == null) {
      throw Fault.notFound("page");
    }
    return webhook;
  }

  private Future<Response> take(Request request) {
    Webhook webhook = webhook(request);
    Webhook.Notice notice = webhook.read(request);
    if (underWay.incrementAndGet() > MAX_UNDER_WAY) {
      underWay.decrementAndGet();
      throw Fault.tooMany("Too much is being posted to webhooks just now.", 1);
    }
    return route(request.parameter("provider"), notice)
        .map(v -> webhook.taken())
        .onComplete(done -> underWay.decrementAndGet());
  }

  private Future<Void> route(String provider, Webhook.Notice notice) {
    Context context = vertx.getOrCreateContext();
    Promise<Void> done = Promise.promise();
    camel
        .asyncSend(
            WebhookRoute.URI,
            exchange -> {
              // Only what was verified goes in: no header of the request may steer a route.
              exchange.setProperty(WebhookRoute.PROVIDER, provider);
              exchange.setProperty(WebhookRoute.KEY, provider + " " + notice.id());
              exchange.getMessage().setBody(notice);
            })
        .whenComplete(
            (exchange, failure) ->
                context.runOnContext(
                    v -> {
                      Exception thrown = exchange == null ? null : exchange.getException();
                      if (failure != null) {
                        done.tryFail(failure);
                      } else if (thrown != null) {
                        done.tryFail(thrown);
                      } else {
                        done.tryComplete();
                      }
                    }));
    return done.future()
        .timeout(SECONDS, TimeUnit.SECONDS)
        .recover(
            failure ->
                Future.failedFuture(
                    failure instanceof TimeoutException
                        ? Fault.of(Fault.Code.UNAVAILABLE, "This could not be taken in time.")
                        : failure));
  }
}
