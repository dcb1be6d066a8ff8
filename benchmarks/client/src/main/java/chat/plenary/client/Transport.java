package chat.plenary.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Single requests, and what became of them as problems. Many sessions share one. */
final class Transport {
  private final HttpClient http;
  private final ScheduledExecutorService timers;
  private final Duration timeout;

  Transport(HttpClient http, ScheduledExecutorService timers, Duration timeout) {
    this.http = http;
    this.timers = timers;
    this.timeout = timeout;
  }

  HttpClient http() {
    return http;
  }

  Duration timeout() {
    return timeout;
  }

  ScheduledExecutorService timers() {
    return timers;
  }

  /** Runs later what follows a delay. */
  Executor after(long millis) {
    return task -> timers.schedule(task, millis, TimeUnit.MILLISECONDS);
  }

  /**
   * Sends one request, once. Fails with a {@link ProblemException}: the server's, {@code unknown}
   * where it may have been carried out, {@code unavailable} where it never left.
   */
  CompletableFuture<JsonNode> send(
      URI base, String method, String path, @Nullable JsonNode body, @Nullable String token) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(timeout)
            .header("Accept", "application/json");
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    if (body == null) {
      request.method(method, HttpRequest.BodyPublishers.noBody());
    } else {
      request.header("Content-Type", "application/json");
      request.method(method, HttpRequest.BodyPublishers.ofString(Json.text(body)));
    }
    return http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString())
        .handle((response, failure) -> answer(method, response, failure));
  }

  private static JsonNode answer(
      String method, @Nullable HttpResponse<String> response, @Nullable Throwable failure) {
    if (failure != null || response == null) {
      throw lost(method, failure);
    }
    JsonNode body;
    try {
      body = Json.parse(response.body());
    } catch (IllegalArgumentException e) {
      body = Json.object();
    }
    if (response.statusCode() < 300) {
      return body;
    }
    throw new ProblemException(
        body.hasNonNull("type")
            ? Json.read(body, Problem.class)
            : strange(response.statusCode(), response.body()));
  }

  /** A proxy's answer, most likely: a 5xx of it says nothing about what the server did. */
  private static Problem strange(int status, String body) {
    String detail =
        "The answer is no problem document: " + body.substring(0, Math.min(200, body.length()));
    return Problem.of(status >= 500 ? "unknown" : "http-" + status, status, detail);
  }

  private static ProblemException lost(String method, @Nullable Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure == null ? new IllegalStateException("no answer") : failure;
    boolean unsent =
        cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException;
    String name = unsent || method.equals("GET") ? "unavailable" : "unknown";
    return new ProblemException(Problem.of(name, 503, cause.toString()), cause);
  }
}
