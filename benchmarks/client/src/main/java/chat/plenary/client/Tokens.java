package chat.plenary.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A session's access token, renewed before it expires. The refresh token is used once; where the
 * answer was lost it is shown again, which the server allows for a minute.
 */
final class Tokens {
  private static final long AHEAD_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final int ATTEMPTS = 5;

  private final Transport transport;
  private final @Nullable Nodes nodes;
  private String access;
  private long expires;
  private @Nullable String refresh;
  private final @Nullable String account;
  private final @Nullable String id;
  private @Nullable CompletableFuture<String> renewing;

  /** A token that does not expire. */
  Tokens(Transport transport, String token) {
    this.transport = transport;
    this.nodes = null;
    this.access = token;
    this.expires = Long.MAX_VALUE;
    this.account = null;
    this.id = null;
  }

  /** The tokens of the answer to signing in. */
  Tokens(Transport transport, Nodes nodes, JsonNode signedIn) {
    this.transport = transport;
    this.nodes = nodes;
    this.account = signedIn.path("account").path("id").asText();
    this.id = signedIn.path("session").asText();
    this.access = signedIn.path("accessToken").asText();
    this.refresh = signedIn.path("refreshToken").asText();
    this.expires = expiry(signedIn);
  }

  private static long expiry(JsonNode signedIn) {
    long life = TimeUnit.SECONDS.toNanos(signedIn.path("expiresIn").asLong(600));
    return System.nanoTime() + life - Math.min(AHEAD_NANOS, life / 2);
  }

  @Nullable String account() {
    return account;
  }

  @Nullable String session() {
    return id;
  }

  /** A token that is good for some time yet. */
  synchronized CompletableFuture<String> fresh() {
    if (refresh == null || expires - System.nanoTime() > 0) {
      return CompletableFuture.completedFuture(access);
    }
    return renew();
  }

  /** The server did not want this token: the next one is another, where there can be one. */
  synchronized void stale(String token) {
    if (refresh != null && access.equals(token)) {
      expires = System.nanoTime();
    }
  }

  private CompletableFuture<String> renew() {
    if (renewing == null) {
      CompletableFuture<String> attempt = attempt(1);
      renewing = attempt;
      attempt.whenComplete((token, failure) -> renewed());
    }
    return renewing;
  }

  private synchronized void renewed() {
    renewing = null;
  }

  private CompletableFuture<String> attempt(int number) {
    Nodes all = nodes;
    if (all == null) {
      return CompletableFuture.completedFuture(access);
    }
    URI base = all.current();
    return transport
        .send(
            base,
            "POST",
            "/api/v1/session/refresh",
            Json.object().put("refreshToken", refresh),
            null)
        .thenApply(this::keep)
        .exceptionallyCompose(
            failure -> {
              Problem problem = Problems.of(failure);
              if (number == ATTEMPTS || !(problem.unknown() || problem.temporary())) {
                return CompletableFuture.failedFuture(new ProblemException(problem));
              }
              all.failed(base);
              return CompletableFuture.supplyAsync(() -> number + 1, transport.after(200L * number))
                  .thenCompose(this::attempt);
            });
  }

  private synchronized String keep(JsonNode answer) {
    access = answer.path("accessToken").asText();
    refresh = answer.path("refreshToken").asText();
    expires = expiry(answer);
    if (access.isEmpty()) {
      throw new CompletionException(
          new ProblemException(Problem.of("unknown", 503, "The server gave no token.")));
    }
    return access;
  }
}
