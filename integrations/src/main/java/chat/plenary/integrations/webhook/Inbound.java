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

/** Entrances that routes of this node have opened, by the hash of their secret. */
public final class Inbound {
  /** For so long an entrance that closed says "come again": its route may only be changed. */
  private static final long CHANGING_MS = 30_000;

  private static final int MAX_CLOSED = 1_000;

  private final Clock clock;
  private final Map<String, WebhookConsumer> open = new ConcurrentHashMap<>();
  private final Map<String, Long> closed = new ConcurrentHashMap<>();

  public Inbound(Clock clock) {
    this.clock = clock;
  }

  /**
   * Takes what was posted to a secret.
   *
   * @return null where no route has such an entrance; else succeeds when a route has settled it
   */
  public @Nullable Future<Void> take(String secret, Request request) {
    String hash = hash(secret);
    WebhookConsumer consumer = open.get(hash);
    if (consumer != null) {
      return consumer.take(request);
    }
    Long since = closed.get(hash);
    if (since == null) {
      return null;
    }
    if (clock.millis() - since > CHANGING_MS) {
      closed.remove(hash);
      return null;
    }
    return Future.failedFuture(
        Fault.of(Fault.Code.UNAVAILABLE, "The route of this hook is being changed: try again."));
  }

  void open(String secret, WebhookConsumer consumer) {
    WebhookConsumer other = open.putIfAbsent(hash(secret), consumer);
    if (other != null && other != consumer) {
      throw new IllegalArgumentException("another route has the same secret in its address");
    }
    closed.remove(hash(secret));
  }

  void close(String secret, WebhookConsumer consumer) {
    if (open.remove(hash(secret), consumer)) {
      if (closed.size() >= MAX_CLOSED) {
        closed.clear();
      }
      closed.put(hash(secret), clock.millis());
    }
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
