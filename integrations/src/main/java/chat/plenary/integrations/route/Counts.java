package chat.plenary.integrations.route;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Route;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.RoutePolicyFactory;
import org.apache.camel.support.RoutePolicySupport;

/** Exchanges of routes, counted since this node started, over all changes of their files. */
final class Counts implements RoutePolicyFactory {
  private final Predicate<Exchange> failed;
  private final Map<String, Count> counts = new ConcurrentHashMap<>();

  /** How many exchanges of a route are done, and how many of these failed for good. */
  static final class Count {
    final AtomicLong done = new AtomicLong();
    final AtomicLong failed = new AtomicLong();
    final AtomicLong underWay = new AtomicLong();
  }

  Counts(Predicate<Exchange> failed) {
    this.failed = failed;
  }

  Count of(String route) {
    return counts.computeIfAbsent(route, id -> new Count());
  }

  @Override
  public RoutePolicy createRoutePolicy(CamelContext camel, String routeId, NamedNode route) {
    Count count = of(routeId);
    return new RoutePolicySupport() {
      @Override
      public void onExchangeBegin(Route began, Exchange exchange) {
        count.underWay.incrementAndGet();
      }

      @Override
      public void onExchangeDone(Route ended, Exchange exchange) {
        count.underWay.decrementAndGet();
        count.done.incrementAndGet();
        if (exchange.getException() != null || failed.test(exchange)) {
          count.failed.incrementAndGet();
        }
      }
    };
  }
}
