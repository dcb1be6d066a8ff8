package chat.plenary.integrations.translation;

import chat.plenary.integrations.outgoing.Answer;
import chat.plenary.integrations.outgoing.Call;
import chat.plenary.integrations.outgoing.HttpStep;
import chat.plenary.integrations.outgoing.LostCall;
import chat.plenary.messaging.fault.Fault;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.processor.ThrottlerRejectedExecutionException;

/**
 * The line to one engine: a route {@code direct:translate-NAME} that throttles and calls. Nobody
 * waits on it. That an engine which does not answer is left alone is the messaging's part: Camel's
 * circuit breaker holds a thread for each call that is under way.
 */
final class Line {
  private static final int CONNECTIONS = 64;
  private static final int MAX_WAITING = 1_000;
  private static final int CONNECT_MILLIS = 4_000;
  private static final int PATIENCE_SECONDS = 9;
  private static final int MAX_ANSWER = 256 * 1024;

  private final Vertx vertx;
  private final CamelContext camel;
  private final HttpClient client;
  private final String uri;
  private final String name;
  private final URI base;
  private final AsyncProducer route;

  private Line(
      Vertx vertx,
      CamelContext camel,
      HttpClient client,
      String name,
      URI base,
      String uri,
      AsyncProducer route) {
    this.vertx = vertx;
    this.camel = camel;
    this.client = client;
    this.name = name;
    this.base = base;
    this.uri = uri;
    this.route = route;
  }

  /**
   * Adds the route; not on an event loop.
   *
   * @param base the engine's address, http or https, without a slash at its end
   * @param perSecond calls a second; more are refused
   */
  static Line open(Vertx vertx, CamelContext camel, String name, URI base, int perSecond)
      throws Exception {
    String scheme = base.getScheme();
    if (base.getHost() == null || !("https".equals(scheme) || "http".equals(scheme))) {
      throw new IllegalArgumentException(
          "the address of " + name + " must begin with https:// or http://");
    }
    HttpClient client =
        vertx.createHttpClient(
            new HttpClientOptions().setConnectTimeout(CONNECT_MILLIS),
            new PoolOptions().setHttp1MaxSize(CONNECTIONS).setMaxWaitQueueSize(MAX_WAITING));
    Context context = ((VertxInternal) vertx).createEventLoopContext();
    String uri = "direct:translate-" + name + "?block=false";
    HttpStep step = new HttpStep(context, client, PATIENCE_SECONDS, MAX_ANSWER);
    camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from(uri)
                .routeId("translate-" + name)
                .errorHandler(noErrorHandler())
                .throttle(perSecond)
                .totalRequestsMode()
                .timePeriodMillis(1_000)
                .rejectExecution(true)
                .process(step);
          }
        });
    Endpoint endpoint = camel.getEndpoint(uri);
    AsyncProducer route = endpoint.createAsyncProducer();
    route.start();
    return new Line(vertx, camel, client, name, base, uri, route);
  }

  /**
   * Posts JSON; fails with a fault that holds neither text nor secret. Completes where it was
   * called.
   *
   * @param path what stands behind the engine's address
   * @param more further headers; they may hold secrets
   */
  Future<JsonObject> post(String path, Map<String, String> more, Buffer body) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("content-type", "application/json; charset=utf-8");
    headers.put("accept", "application/json");
    headers.putAll(more);
    Call call = new Call(HttpMethod.POST, URI.create(base + path), headers, body, false);
    Promise<JsonObject> answer = Promise.promise();
    Context here = vertx.getOrCreateContext();
    Exchange exchange = camel.getEndpoint(uri).createExchange();
    exchange.getMessage().setBody(call);
    route.process(exchange, sync -> here.runOnContext(v -> settle(exchange, answer)));
    return answer.future();
  }

  private static void settle(Exchange exchange, Promise<JsonObject> answer) {
    Exception failure = exchange.getException();
    if (failure instanceof Fault) {
      answer.fail(failure);
    } else if (failure instanceof ThrottlerRejectedExecutionException) {
      answer.fail(Fault.tooMany("The engine is asked as often as it may be.", 1));
    } else if (failure instanceof LostCall) {
      answer.fail(Fault.of(Fault.Code.UNAVAILABLE, "The engine " + failure.getMessage() + "."));
    } else if (failure != null) {
      answer.fail(Fault.of(Fault.Code.UNAVAILABLE, "The engine cannot be asked."));
    } else {
      try {
        answer.complete(Replies.json(exchange.getMessage().getBody(Answer.class)));
      } catch (Fault fault) {
        answer.fail(fault);
      }
    }
  }

  Future<Void> close() {
    return client
        .close()
        .compose(
            v ->
                vertx.executeBlocking(
                    () -> {
                      route.stop();
                      camel.getRouteController().stopRoute("translate-" + name);
                      camel.removeRoute("translate-" + name);
                      return null;
                    }));
  }
}
