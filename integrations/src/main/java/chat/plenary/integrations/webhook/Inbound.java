package chat.plenary.integrations.webhook;

import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.http.Request;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Entrances that routes of this node have opened, by the hash of their secret; and those that
 * closed a short while ago.
 */
public final class Inbound {
  /** For so long an entrance that closed says "come again": its route may only be changed. */
  private static final long CHANGING_MS = 30_000;

  private final Clock clock;
  private final Map<String, Entrance> entrances = new ConcurrentHashMap<>();

  /** Open where it has a consumer. */
  private record Entrance(@Nullable WebhookConsumer consumer, long closedAt) {}

  public Inbound(Clock clock) {
    this.clock = clock;
  }

  /**
   * Takes what was posted to a secret.
   *
   * @return null where no route has such an entrance; else succeeds when a route has settled it
   */
  public @Nullable Future<Void> take(String secret, Request request) {
    Entrance entrance = entrances.get(hash(secret));
    if (entrance == null) {
      return null;
    }
    WebhookConsumer consumer = entrance.consumer();
    if (consumer != null) {
      return consumer.take(request);
    }
    if (clock.millis() - entrance.closedAt() > CHANGING_MS) {
      return null;
    }
    return Future.failedFuture(
        Fault.of(Fault.Code.UNAVAILABLE, "The route of this hook is being changed: try again."));
  }

  void open(String secret, WebhookConsumer consumer) {
    Entrance now =
        entrances.compute(
            hash(secret),
            (hash, before) ->
                before == null || before.consumer() == null ? new Entrance(consumer, 0) : before);
    if (now.consumer() != consumer) {
      throw new IllegalArgumentException("another route has the same secret in its address");
    }
  }

  void close(String secret, WebhookConsumer consumer) {
    long now = clock.millis();
    entrances
        .values()
        .removeIf(one -> one.consumer() == null && now - one.closedAt() > CHANGING_MS);
    entrances.computeIfPresent(
        hash(secret),
        (hash, before) -> before.consumer() == consumer ? new Entrance(null, now) : before);
  }

  private static String hash(String secret) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
