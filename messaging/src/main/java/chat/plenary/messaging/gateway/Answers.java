package chat.plenary.messaging.gateway;

import chat.plenary.messaging.http.Pages;
import chat.plenary.messaging.http.Problem;
import chat.plenary.messaging.http.Response;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Map;

/** Writes answers, each with the headers that keep browsers from doing anything else with it. */
final class Answers {
  private static final String NOTHING = "default-src 'none'; frame-ancestors 'none'";

  private final Proxies proxies;

  Answers(Proxies proxies) {
    this.proxies = proxies;
  }

  /** Writes an answer; succeeds when it is handed to the connection. */
  Future<Void> write(HttpServerRequest request, Response response) {
    return write(request, response.status(), response.headers(), response.body());
  }

  /** Writes a problem document. */
  Future<Void> write(HttpServerRequest request, Problem problem) {
    HttpServerResponse response = request.response();
    if (response.ended() || response.closed()) {
      return Future.succeededFuture();
    }
    if (problem.retryAfter() > 0) {
      response.putHeader("retry-after", Integer.toString(problem.retryAfter()));
    }
    if (problem.status() == 401) {
      response.putHeader("www-authenticate", "Bearer");
    }
    return write(
        request,
        problem.status(),
        Map.of("content-type", "application/problem+json", "cache-control", "no-store"),
        problem.toJson().toBuffer());
  }

  /** Writes a page of the browser client, whose own headers go before. */
  Future<Void> write(HttpServerRequest request, Pages.Page page) {
    request.response().putHeader("content-type", page.contentType());
    return write(request, 200, page.headers(), page.body());
  }

  private Future<Void> write(
      HttpServerRequest request, int status, Map<String, String> headers, Buffer body) {
    HttpServerResponse response = request.response();
    if (response.ended() || response.closed()) {
      return Future.succeededFuture();
    }
    response.setStatusCode(status);
    secure(request);
    headers.forEach(response::putHeader);
    if (status == 204 || status == 304) {
      return response.end();
    }
    response.putHeader("content-length", Integer.toString(body.length()));
    return request.method().equals(HttpMethod.HEAD) ? response.end() : response.end(body);
  }

  private void secure(HttpServerRequest request) {
    var headers = request.response().headers();
    headers.set("x-content-type-options", "nosniff");
    headers.set("referrer-policy", "no-referrer");
    headers.set("x-frame-options", "DENY");
    headers.set("cross-origin-resource-policy", "same-origin");
    headers.set("content-security-policy", NOTHING);
    if (proxies.isSecure(request)) {
      headers.set("strict-transport-security", "max-age=31536000");
    }
  }
}
