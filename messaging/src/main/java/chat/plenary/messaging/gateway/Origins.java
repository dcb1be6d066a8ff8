package chat.plenary.messaging.gateway;

import chat.plenary.messaging.fault.Fault;
import io.vertx.core.http.HttpServerRequest;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The addresses of our own pages. A browser says from which page a request comes; what carries a
 * cookie, or opens a live connection, is taken from these alone. Everything else carries its token
 * in a header, which no other page has.
 */
final class Origins {
  private final Set<String> allowed;

  /**
   * Allows some, exactly.
   *
   * @param allowed origins such as {@code https://chat.example.org}
   */
  Origins(Set<String> allowed) {
    this.allowed =
        allowed.stream()
            .map(one -> one.endsWith("/") ? one.substring(0, one.length() - 1) : one)
            .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether browsers reach this server by https alone. */
  boolean areSecure() {
    return !allowed.isEmpty() && allowed.stream().allMatch(one -> one.startsWith("https://"));
  }

  /** Refuses a live connection that a page of others opens. Programs name no origin. */
  void checkSocket(HttpServerRequest request) {
    String origin = request.getHeader("origin");
    if (origin != null && !allowed.contains(origin)) {
      throw refused("A live connection is opened from the server's own pages only.");
    }
  }

  /** Refuses a request that carries the session's cookie from anywhere but our own pages. */
  void checkCookie(HttpServerRequest request) {
    if (request.getCookie(AccountRoutes.COOKIE) == null) {
      return;
    }
    String origin = request.getHeader("origin");
    if (origin == null || !allowed.contains(origin)) {
      throw refused("The session's cookie is taken from the server's own pages only.");
    }
  }

  private static Fault refused(String message) {
    return Fault.of(Fault.Code.FORBIDDEN, "origin", message);
  }
}
