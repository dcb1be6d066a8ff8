package chat.plenary.integrations.meeting.wire;

import chat.plenary.integrations.outgoing.HttpStep;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.ThreadPoolProfileBuilder;
import org.apache.camel.util.concurrent.ThreadPoolRejectedPolicy;

/**
 * {@code direct:meeting-NAME}: calls of one meeting service. Camel's circuit breaker waits for what
 * it guards, so it does that on threads of the route: no event loop waits, and a service that is
 * slow holds up nobody but itself.
 */
final class LineRoute extends RouteBuilder {
  static final int THREADS = 8;
  static final int WAITING = 200;

  private static final int WINDOW = 10;
  private static final int LOST_PERCENT = 50;

  private final String uri;
  private final String name;
  private final Line.Limits limits;
  private final HttpStep step;

  LineRoute(String uri, String name, Line.Limits limits, HttpStep step) {
    this.uri = uri;
    this.name = name;
    this.limits = limits;
    this.step = step;
  }

  @Override
  public void configure() {
    String pool = "meeting-" + name;
    getContext()
        .getExecutorServiceManager()
        .registerThreadPoolProfile(
            new ThreadPoolProfileBuilder(pool)
                .poolSize(THREADS)
                .maxPoolSize(THREADS)
                .maxQueueSize(WAITING)
                .rejectedPolicy(ThreadPoolRejectedPolicy.Abort)
                .build());
    from(uri)
        .routeId("meeting-" + name)
        .errorHandler(noErrorHandler())
        .threads()
        .executorService(pool)
        .throttle(limits.perMinute())
        .totalRequestsMode()
        .timePeriodMillis(60_000)
        .rejectExecution(true)
        .circuitBreaker()
        .resilience4jConfiguration()
        .minimumNumberOfCalls(WINDOW)
        .slidingWindowSize(WINDOW)
        .failureRateThreshold(LOST_PERCENT)
        .waitDurationInOpenState(limits.openSeconds())
        .permittedNumberOfCallsInHalfOpenState(1)
        .automaticTransitionFromOpenToHalfOpenEnabled(false)
        .throwExceptionWhenHalfOpenOrOpenState(true)
        .end()
        .process(step)
        .end();
  }
}
