package chat.plenary.integrations.webhook;

import chat.plenary.integrations.camel.RouteThreads;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.http.Request;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes an exchange of what is posted to its address: the body as text, and those headers of the
 * request that are named; no other may steer a route. It is answered when the route has settled it.
 */
final class WebhookConsumer extends DefaultConsumer {
  private static final int THREADS = 8;
  private static final int WAITING = 1_000;

  private final WebhookEndpoint endpoint;
  private final @Nullable Inbound inbound;
  private final Clock clock;
  private @Nullable RouteThreads threads;

  WebhookConsumer(
      WebhookEndpoint endpoint, Processor processor, @Nullable Inbound inbound, Clock clock) {
    super(endpoint, processor);
    this.endpoint = endpoint;
    this.inbound = inbound;
    this.clock = clock;
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    threads =
        new RouteThreads(endpoint.getCamelContext(), this, "plenary-webhook-in", THREADS, WAITING);
    if (inbound != null) {
      inbound.open(endpoint.secret(), this);
    }
  }

  @Override
  protected void doStop() throws Exception {
    if (inbound != null) {
      inbound.close(endpoint.secret(), this);
    }
    super.doStop();
  }

  @Override
  protected void doShutdown() throws Exception {
    RouteThreads ended = threads;
    if (ended != null) {
      ended.close();
    }
    super.doShutdown();
  }

  Future<Void> take(Request request) {
    byte[] body = request.bytes().getBytes();
    String signing = endpoint.getSigningSecret();
    boolean genuine =
        endpoint
            .getSignature()
            .isGenuine(
                signing == null ? "" : signing,
                body,
                request::header,
                clock.instant().getEpochSecond());
    if (!genuine) {
      throw Fault.of(Fault.Code.UNAUTHENTICATED, "The signature is not genuine.");
    }
    Exchange exchange = createExchange(false);
    exchange.setExchangeId(exchangeId(request));
    exchange.getMessage().setBody(new String(body, StandardCharsets.UTF_8));
    for (String name : endpoint.headerNames()) {
      String value = request.header(name);
      if (value != null && value.length() <= 1_024) {
        exchange.getMessage().setHeader(name, value);
      }
    }
    RouteThreads running = threads;
    if (running == null) {
      throw Fault.of(Fault.Code.UNAVAILABLE, "The route does not run yet: try again.");
    }
    return running
        .process(() -> exchange, getAsyncProcessor())
        .transform(done -> settled(done.succeeded() ? exchange.getException() : done.cause()));
  }

  /** A dead letter is kept, so whoever posted need not come again; all else it had better. */
  private static Future<Void> settled(@Nullable Throwable failure) {
    if (failure == null) {
      return Future.succeededFuture();
    }
    return Future.failedFuture(
        failure instanceof Fault
            ? failure
            : Fault.of(Fault.Code.UNAVAILABLE, "The route could not take this: try again."));
  }

  /** What comes twice under one name has one id, and is posted once. */
  private String exchangeId(Request request) {
    String header = endpoint.deliveryHeader();
    String delivery = header == null ? null : request.header(header);
    return delivery == null
        ? UUID.randomUUID().toString()
        : UUID.nameUUIDFromBytes((getRouteId() + "\n" + delivery).getBytes(StandardCharsets.UTF_8))
            .toString();
  }
}
