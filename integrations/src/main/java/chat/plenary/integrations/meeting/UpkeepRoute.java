package chat.plenary.integrations.meeting;

import io.vertx.core.Context;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.AsyncProcessorSupport;
import org.apache.camel.support.RoutePolicySupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code plenary-meeting-upkeep}: has meetings looked after every few seconds, on each node. What
 * is due, and that it is done once whichever nodes look, is messaging's affair. The timer's own
 * thread waits until a look is over, so that there are never two; what a look does happens on the
 * event loop. One that fails is told in the log and counted, and the next tick looks again.
 */
public final class UpkeepRoute extends RouteBuilder {
  /** The route's id, as it stands where routes are listed. */
  public static final String ID = "plenary-meeting-upkeep";

  /** Between two looks, unless a look takes longer. */
  public static final Duration PERIOD = Duration.ofSeconds(5);

  private static final Logger LOGGER = LoggerFactory.getLogger(UpkeepRoute.class);

  /** What takes longer counts as failed; the next tick waits for the same look. */
  private static final long PATIENCE_SECONDS = 60;

  private final Context context;
  private final Supplier<Future<Void>> look;
  private final Duration period;

  /**
   * The route; it begins to tick when it is started.
   *
   * @param context on which is looked
   * @param look looks once after what is due; whoever asks again meanwhile gets the same look
   * @param period between two looks, at least 1 ms
   */
  public UpkeepRoute(Context context, Supplier<Future<Void>> look, Duration period) {
    this.context = context;
    this.look = look;
    this.period = period;
  }

  @Override
  public void configure() {
    String ticks =
        String.format(
            "timer:%s?period=%d&delay=%d&synchronous=true",
            ID, period.toMillis(), period.toMillis());
    onException(Exception.class).handled(true).process(UpkeepRoute::tell);
    from(ticks).routeId(ID).routePolicy(new Reporting()).process(new Looking());
  }

  private static void tell(Exchange exchange) {
    LOGGER.warn(
        "looking after meetings failed: {}",
        String.valueOf(exchange.getProperty(Exchange.EXCEPTION_CAUGHT)));
  }

  private final class Looking extends AsyncProcessorSupport {
    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
      context.runOnContext(
          v ->
              look.get()
                  .timeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                  .onComplete(
                      done -> {
                        if (done.failed()) {
                          exchange.setException(done.cause());
                        }
                        callback.done(false);
                      }));
      return false;
    }
  }

  /** Whoever suspends or stops the route is told what does not happen any more. */
  private static final class Reporting extends RoutePolicySupport {
    @Override
    public void onSuspend(Route route) {
      idle("suspended");
    }

    @Override
    public void onStop(Route route) {
      if (!route.getCamelContext().isStopping()) {
        idle("stopped");
      }
    }

    @Override
    public void onResume(Route route) {
      LOGGER.info("the route {} goes on: what was due meanwhile is done now", ID);
    }

    private static void idle(String what) {
      LOGGER.warn(
          "the route {} is {}: this node reminds nobody of meetings and repairs none until it goes on",
          ID,
          what);
    }
  }
}
