package chat.plenary.integrations.route;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.camel.impl.DefaultCamelContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The context in which routes run: what ran of a file is swapped for what it says now. */
final class Live {
  private static final long STOP_SECONDS = 10;
  private static final int MAX_MESSAGE = 500;
  private static final Logger LOGGER = LoggerFactory.getLogger(Live.class);

  private final DefaultCamelContext camel;
  private final Contexts contexts;
  private final Supplier<Map<String, String>> secrets;

  Live(DefaultCamelContext camel, Contexts contexts, Supplier<Map<String, String>> secrets) {
    this.camel = camel;
    this.contexts = contexts;
    this.secrets = secrets;
  }

  /**
   * A text that was found good.
   *
   * @param text the text
   * @param read what it says
   */
  record Good(String text, RouteText read) {}

  DefaultCamelContext camel() {
    return camel;
  }

  /** Whether all routes of a text are there. */
  boolean runs(Good good) {
    return good.read().routes().stream().allMatch(id -> camel.getRoute(id) != null);
  }

  /** Makes all of a file where it can do no harm. */
  void check(String file, Good good) throws RouteProblem {
    try {
      contexts.check(file, good.read(), good.text());
    } catch (Exception e) {
      throw refused(good.read(), e);
    }
  }

  /** What ran ends, and what was found good begins; or else what ran begins again. */
  void swap(String file, @Nullable Good old, Good fresh) throws RouteProblem {
    if (old != null) {
      remove(old);
    }
    try {
      Contexts.load(camel, file, fresh.text());
    } catch (Exception e) {
      remove(fresh);
      if (old != null) {
        again(file, old);
      }
      throw refused(fresh.read(), e);
    }
  }

  private void again(String file, Good old) {
    try {
      Contexts.load(camel, file, old.text());
    } catch (Exception e) {
      LOGGER.error("the routes of {} do not start again: {}", file, e.toString());
      remove(old);
    }
  }

  /** Ends the routes of a file; what is under way may finish, for a bounded time. */
  void remove(Good good) {
    for (String id : good.read().routes()) {
      try {
        camel.getRouteController().stopRoute(id, STOP_SECONDS, TimeUnit.SECONDS);
        camel.removeRoute(id);
      } catch (Exception e) {
        LOGGER.warn("route {} did not stop well: {}", id, e.toString());
      }
    }
  }

  /** What Camel refused, in its own innermost words but without secrets, and where. */
  private RouteProblem refused(RouteText read, Exception failure) {
    StringBuilder all = new StringBuilder();
    Throwable deepest = failure;
    for (Throwable t = failure; t != null; t = t.getCause()) {
      all.append(t.getMessage()).append('\n');
      deepest = t;
    }
    String message = deepest.getMessage() == null ? deepest.toString() : deepest.getMessage();
    message = without(secrets.get().values(), message);
    return new RouteProblem(
        read.lineIn(all.toString()),
        message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE) + "…");
  }

  private static String without(Collection<String> secrets, String message) {
    String text = message;
    for (String secret : secrets) {
      text = secret.length() < 4 ? text : text.replace(secret, "…");
    }
    return text;
  }
}
