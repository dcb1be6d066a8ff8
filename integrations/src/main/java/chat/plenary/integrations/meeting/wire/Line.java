package chat.plenary.integrations.meeting.wire;

import chat.plenary.integrations.outgoing.Answer;
import chat.plenary.integrations.outgoing.Call;
import chat.plenary.integrations.outgoing.HttpStep;
import chat.plenary.integrations.outgoing.LostCall;
import chat.plenary.messaging.fault.Fault;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.processor.ThrottlerRejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The line to one meeting service: a Camel route with a few threads of its own, a throttle, a
 * circuit breaker, and calls that end in time. Answers of any status come back; what got no answer
 * is a {@link Fault}: {@code UNKNOWN} where the service may have done it, else {@code UNAVAILABLE}.
 */
public final class Line {
  /** Longest that a call may wait for its turn and its answer together. */
  private static final int MAX_SECONDS = 12;

  private static final int MAX_ANSWER = 4 << 20;

  private final Vertx vertx;
  private final ProducerTemplate camel;
  private final HttpClient client;
  private final String title;
  private final String uri;

  private Line(Vertx vertx, CamelContext camel, HttpClient client, String title, String uri) {
    this.vertx = vertx;
    this.camel = camel.createProducerTemplate();
    this.client = client;
    this.title = title;
    this.uri = uri;
  }

  /**
   * Opens a line, off the event loop.
   *
   * @param camel a context that is started
   * @param name the provider's name
   * @param title what people call it
   */
  public static Future<Line> open(
      Vertx vertx, CamelContext camel, String name, String title, Limits limits) {
    HttpClient client =
        vertx
            .httpClientBuilder()
            .with(
                new HttpClientOptions()
                    .setConnectTimeout(limits.timeoutSeconds() * 1_000)
                    .setIdleTimeout(60)
                    .setKeepAliveTimeout(30))
            .with(
                new PoolOptions()
                    .setHttp1MaxSize(LineRoute.THREADS)
                    .setMaxWaitQueueSize(LineRoute.WAITING))
            .build();
    String uri = "direct:meeting-" + name;
    HttpStep step =
        new HttpStep(vertx.getOrCreateContext(), client, limits.timeoutSeconds(), MAX_ANSWER);
    return vertx.executeBlocking(
        () -> {
          camel.addRoutes(new LineRoute(uri, name, limits, step));
          return new Line(vertx, camel, client, title, uri);
        });
  }

  /**
   * How a service is called.
   *
   * @param perMinute calls a minute, 1 to 100,000; more are refused as {@code TOO_MANY}
   * @param timeoutSeconds how long a call may take, 1 to 10
   * @param openSeconds how long it is left alone after half of its last 10 calls got no answer, 1
   *     to 600
   */
  public record Limits(int perMinute, int timeoutSeconds, int openSeconds) {
    public Limits {
      Checks.range("perMinute", perMinute, 1, 100_000);
      Checks.range("timeoutSeconds", timeoutSeconds, 1, 10);
      Checks.range("openSeconds", openSeconds, 1, 600);
    }

    /** 250 calls a minute, 4 s, 10 s. */
    public static Limits defaults() {
      return new Limits(250, 4, 10);
    }
  }

  /** Makes a call. */
  public Future<Answer> send(Call call) {
    Context context = vertx.getOrCreateContext();
    Promise<Answer> promise = Promise.promise();
    camel
        .asyncSend(uri, exchange -> exchange.getMessage().setBody(call))
        .whenComplete(
            (exchange, failure) ->
                context.runOnContext(
                    v -> {
                      Throwable cause = cause(exchange, failure);
                      if (cause == null) {
                        promise.tryComplete(exchange.getMessage().getBody(Answer.class));
                      } else {
                        promise.tryFail(fault(call, cause));
                      }
                    }));
    return promise
        .future()
        .timeout(MAX_SECONDS, TimeUnit.SECONDS)
        .recover(
            failure ->
                Future.failedFuture(
                    failure instanceof Fault
                        ? failure
                        : fault(call, new LostCall(true, "gave no answer in time"))));
  }

  /** What is behind it all: Camel wraps what is thrown in what it throws itself. */
  private static @Nullable Throwable cause(
      @Nullable Exchange exchange, @Nullable Throwable thrown) {
    Throwable cause = thrown == null && exchange != null ? exchange.getException() : thrown;
    while (cause != null && !(cause instanceof LostCall) && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  private Fault fault(Call call, Throwable cause) {
    if (cause instanceof Fault fault) {
      return fault;
    }
    if (cause instanceof LostCall lost && lost.sent() && call.changes()) {
      return Fault.of(
          Fault.Code.UNKNOWN,
          title + " " + lost.getMessage() + ": it is not known whether it was done.");
    }
    if (cause instanceof LostCall lost) {
      return Fault.of(Fault.Code.UNAVAILABLE, title + " " + lost.getMessage() + ".");
    }
    if (cause instanceof ThrottlerRejectedExecutionException) {
      return Fault.tooMany("Too much is being asked of " + title + " just now.", 60);
    }
    if (cause instanceof RejectedExecutionException) {
      return Fault.tooMany("Too many wait for " + title + " just now.", 10);
    }
    return Fault.of(
        Fault.Code.UNAVAILABLE, title + " has not answered for a while; it is asked again soon.");
  }

  /** Lets go of its connections. */
  public Future<Void> close() {
    return client.close();
  }
}
