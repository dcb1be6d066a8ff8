package chat.plenary.integrations.route;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.jspecify.annotations.Nullable;

/** The routes that are shipped, as they stand at this node. */
public final class ShippedRoutes {
  private final CamelContext camel;
  private final Counts counts =
      new Counts(exchange -> exchange.getProperty(Exchange.EXCEPTION_CAUGHT) != null);

  private ShippedRoutes(CamelContext camel) {
    this.camel = camel;
  }

  /** Counts what goes through the routes of a context; to be called before it has any. */
  public static ShippedRoutes in(CamelContext camel) {
    ShippedRoutes routes = new ShippedRoutes(camel);
    camel.addRoutePolicyFactory(routes.counts);
    return routes;
  }

  /**
   * A route as it stands; counts are since this node started.
   *
   * @param id its id
   * @param state {@code started}, {@code suspended}, {@code stopped} or on the way between
   * @param exchanges that are done
   * @param failures how many of these failed
   * @param underWay that are not done
   */
  public record Standing(String id, String state, long exchanges, long failures, long underWay) {
    static Standing of(String id, @Nullable ServiceStatus status, Counts.Count count) {
      return new Standing(
          id,
          status == null ? "stopped" : status.name().toLowerCase(Locale.ROOT),
          count.done.get(),
          count.failed.get(),
          count.underWay.get());
    }
  }

  /** All of them, by their ids. */
  public List<Standing> all() {
    return camel.getRoutes().stream()
        .map(Route::getRouteId)
        .map(this::of)
        .sorted(Comparator.comparing(Standing::id))
        .toList();
  }

  /** How it stands with one; stopped where there is none. */
  public Standing of(String id) {
    return Standing.of(id, camel.getRouteController().getRouteStatus(id), counts.of(id));
  }
}
