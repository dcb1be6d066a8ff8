package chat.plenary.messaging.gateway;

import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.http.Problem;
import chat.plenary.messaging.http.Route;
import chat.plenary.messaging.store.StoreException;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.handler.HttpException;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What clients are told of what went wrong. */
final class Failures {
  private static final Logger LOGGER = LoggerFactory.getLogger(Failures.class);

  private final SecureRandom random = new SecureRandom();

  /** The problem of a failure. What nobody expected is in the log under an id, and told as that. */
  Problem problem(Route route, Throwable failure) {
    if (failure instanceof Fault fault) {
      return Problem.of(fault);
    }
    if (failure instanceof Refusal refusal) {
      return refusal.problem();
    }
    if (failure instanceof HttpException wrong && wrong.getStatusCode() < 500) {
      return Problem.of(Fault.invalid("query", "The address is not well-formed."));
    }
    if (failure instanceof StoreException store
        && (store.kind() == StoreException.Kind.UNKNOWN
            || store.kind() == StoreException.Kind.DAMAGED)) {
      LOGGER.warn("{} {}: the store: {}", route.method(), route.path(), store.getMessage());
      return noAnswer(route);
    }
    return defect(route.method() + " " + route.path(), failure);
  }

  /** A defect. Only the shape of its address is logged: addresses may hold secrets. */
  Problem defect(String where, Throwable failure) {
    byte[] bytes = new byte[6];
    random.nextBytes(bytes);
    String id = HexFormat.of().formatHex(bytes);
    LOGGER.error("defect {} at {}", id, where, failure);
    return Problem.of(
        500,
        "internal",
        "Internal error",
        "Something went wrong here; it is logged as " + id + ".");
  }

  /** No answer in time: what only reads can be asked again, all else may have happened. */
  Problem noAnswer(Route route) {
    return route.method().equals(HttpMethod.GET)
        ? Problem.of(Fault.of(Fault.Code.UNAVAILABLE, "This node cannot serve now: try again."))
        : Problem.of(
            Fault.of(
                Fault.Code.UNKNOWN, "It is not known whether this happened: repeat it as it was."));
  }
}
