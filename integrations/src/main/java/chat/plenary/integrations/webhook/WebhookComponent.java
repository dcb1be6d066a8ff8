package chat.plenary.integrations.webhook;

import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;
import org.jspecify.annotations.Nullable;

/** The component {@code plenary-webhook:}; see {@link WebhookEndpoint}. */
public final class WebhookComponent extends DefaultComponent {
  /** Threads on which routes go on after a call, at the most. */
  private static final int THREADS = 16;

  private final Calls calls;
  private final @Nullable Inbound inbound;
  private final Clock clock;
  private @Nullable ExecutorService threads;

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
    threads =
        getCamelContext()
            .getExecutorServiceManager()
            .newFixedThreadPool(this, "plenary-called", THREADS);
  }

  @Override
  protected void doStop() throws Exception {
    ExecutorService pool = threads;
    if (pool != null) {
      getCamelContext().getExecutorServiceManager().shutdownGraceful(pool);
    }
    super.doStop();
  }

  /** Goes on with a route off the event loop. What waits here is bounded by what is called. */
  void goOn(Runnable rest) {
    ExecutorService pool = threads;
    if (pool == null) {
      throw new RejectedExecutionException("the component is not started");
    }
    pool.execute(rest);
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
