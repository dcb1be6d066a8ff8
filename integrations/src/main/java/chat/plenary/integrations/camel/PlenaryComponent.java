package chat.plenary.integrations.camel;

import chat.plenary.messaging.message.Messages;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;
import org.jspecify.annotations.Nullable;

/**
 * The component {@code plenary:}. An endpoint is {@code
 * plenary:group/ID?as=ACCOUNT&organisation=ID}; see {@link PlenaryEndpoint} for its options.
 *
 * <p>What was posted becomes durable on an event loop; routes go on from there on threads of the
 * component, so that no step of theirs, which may block, runs on an event loop.
 */
public final class PlenaryComponent extends DefaultComponent {
  /** Threads on which routes go on after a post, at the most. */
  private static final int THREADS = 32;

  private final @Nullable Messages messages;
  private final @Nullable Following following;
  private @Nullable ExecutorService threads;

  /** A component that only posts. */
  public PlenaryComponent(Messages messages) {
    this(messages, null);
  }

  /**
   * A component.
   *
   * @param messages what posts; null in a context that only checks routes
   * @param following what consumers follow; null where there are none
   */
  public PlenaryComponent(@Nullable Messages messages, @Nullable Following following) {
    this.messages = messages;
    this.following = following;
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    threads =
        getCamelContext()
            .getExecutorServiceManager()
            .newFixedThreadPool(this, "plenary-posted", THREADS);
  }

  @Override
  protected void doStop() throws Exception {
    ExecutorService pool = threads;
    if (pool != null) {
      getCamelContext().getExecutorServiceManager().shutdownGraceful(pool);
    }
    super.doStop();
  }

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters)
      throws Exception {
    PlenaryEndpoint endpoint =
        new PlenaryEndpoint(uri, this, messages, following, this::goOn, remaining);
    setProperties(endpoint, parameters);
    endpoint.bot();
    return endpoint;
  }

  /** Posts are bounded by their endpoints, and so is what waits here. */
  private void goOn(Runnable rest) {
    ExecutorService pool = threads;
    if (pool == null) {
      throw new RejectedExecutionException("the component is not started");
    }
    pool.execute(rest);
  }
}
