package chat.plenary.integrations.webhook;

import chat.plenary.integrations.camel.RouteThreads;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;
import org.jspecify.annotations.Nullable;

/** The component {@code plenary-webhook:}; see {@link WebhookEndpoint}. */
public final class WebhookComponent extends DefaultComponent {
  /** Threads on which routes go on after a call, at the most. */
  private static final int THREADS = 16;

  /** Of calls that were answered; how many are under way at once is bounded where they begin. */
  private static final int WAITING = 10_000;

  private final Calls calls;
  private final @Nullable Inbound inbound;
  private final Clock clock;
  private @Nullable RouteThreads threads;

  /**
   * A component.
   *
   * @param inbound where entrances are opened; null in a context that only checks routes
   */
  public WebhookComponent(
      Vertx vertx, Addresses addresses, @Nullable Inbound inbound, Clock clock) {
    this.calls = new Calls(vertx, addresses);
    this.inbound = inbound;
    this.clock = clock;
  }

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters)
      throws Exception {
    WebhookEndpoint endpoint = new WebhookEndpoint(uri, this, remaining);
    setProperties(endpoint, parameters);
    endpoint.check();
    return endpoint;
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    threads = new RouteThreads(getCamelContext(), this, "plenary-called", THREADS, WAITING);
  }

  @Override
  protected void doStop() throws Exception {
    RouteThreads ended = threads;
    if (ended != null) {
      ended.close();
    }
    super.doStop();
  }

  /** Goes on with a route off the event loop. */
  void goOn(AsyncCallback callback) {
    Objects.requireNonNull(threads, "the component is not started").goOn(callback);
  }

  @Override
  protected void doShutdown() throws Exception {
    calls.close();
    super.doShutdown();
  }

  Calls calls() {
    return calls;
  }

  @Nullable Inbound inbound() {
    return inbound;
  }

  Clock clock() {
    return clock;
  }
}
