package chat.plenary.integrations.camel;

import chat.plenary.messaging.message.Messages;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.AsyncCallback;
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

  /** Of posts that became durable; how many are under way at once, their endpoints bound. */
  private static final int WAITING = 10_000;

  private final @Nullable Messages messages;
  private final @Nullable Following following;
  private @Nullable RouteThreads threads;

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
    threads = new RouteThreads(getCamelContext(), this, "plenary-posted", THREADS, WAITING);
  }

  @Override
  protected void doStop() throws Exception {
    RouteThreads ended = threads;
    if (ended != null) {
      ended.close();
    }
    super.doStop();
  }

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters)
      throws Exception {
    PlenaryEndpoint endpoint = new PlenaryEndpoint(uri, this, messages, following, remaining);
    setProperties(endpoint, parameters);
    endpoint.bot();
    return endpoint;
  }

  void goOn(AsyncCallback callback) {
    Objects.requireNonNull(threads, "the component is not started").goOn(callback);
  }
}
