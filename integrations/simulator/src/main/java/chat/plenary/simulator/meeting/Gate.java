package chat.plenary.simulator.meeting;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Lets signed calls in: headers, clock, replay, signature, and how many a minute. */
final class Gate {
  private static final long WINDOW_SECONDS = 300;
  private static final long AHEAD_SECONDS = 600;

  private final SimulatorOptions options;
  private final Clock clock;
  private final Map<String, Long> seen = new HashMap<>();
  private final Deque<Long> calls = new ArrayDeque<>();

  Gate(SimulatorOptions options) {
    this.options = options;
    this.clock = options.clock();
  }

  /** Lets a call in, or throws a {@link Refusal}. */
  void pass(HttpServerRequest request, Buffer body, Weather weather) {
    String key = header(request, "X-TC-Key");
    String nonce = header(request, "X-TC-Nonce");
    String stamp = header(request, "X-TC-Timestamp");
    String given = header(request, "X-TC-Signature");
    header(request, "X-TC-Registered");
    if (!key.equals(options.secretId()) || !header(request, "AppId").equals(options.appId())) {
      throw new Refusal(500, 190303, "unknown secret id or app id");
    }
    long now = clock.instant().getEpochSecond() + (weather == Weather.CLOCK ? AHEAD_SECONDS : 0);
    if (!stamp.matches("\\d{1,12}") || Math.abs(now - Long.parseLong(stamp)) > WINDOW_SECONDS) {
      throw new Refusal(500, 190300, "timestamp is not within 5 minutes");
    }
    if (!MessageDigest.isEqual(
        given.getBytes(StandardCharsets.UTF_8),
        signature(request, key, nonce, stamp, body).getBytes(StandardCharsets.UTF_8))) {
      throw new Refusal(500, 200003, "signature verification failed");
    }
    seen.values().removeIf(until -> until < now);
    if (seen.put(nonce + "/" + stamp, now + WINDOW_SECONDS) != null) {
      throw new Refusal(500, 190301, "the request was replayed");
    }
    while (!calls.isEmpty() && calls.peekFirst() <= now - 60) {
      calls.removeFirst();
    }
    if (calls.size() >= options.callsPerMinute()) {
      throw new Refusal(500, 190310, "the application called too often in this minute");
    }
    calls.addLast(now);
  }

  private static String header(HttpServerRequest request, String name) {
    // The platform reads names of headers by their case: a client that spells them otherwise fails.
    for (Map.Entry<String, String> each : request.headers()) {
      if (each.getKey().equals(name)) {
        return each.getValue();
      }
    }
    throw new Refusal(400, 190004, "missing header " + name);
  }

  private String signature(
      HttpServerRequest request, String key, String nonce, String stamp, Buffer body) {
    StringBuilder text = new StringBuilder(request.method().name()).append('\n');
    text.append("X-TC-Key=").append(key);
    text.append("&X-TC-Nonce=").append(nonce);
    text.append("&X-TC-Timestamp=").append(stamp).append('\n');
    text.append(request.uri()).append('\n');
    text.append(body.toString(StandardCharsets.UTF_8));
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      byte[] secret = options.secretKey().getBytes(StandardCharsets.UTF_8);
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      StringBuilder hex = new StringBuilder();
      for (byte each : mac.doFinal(text.toString().getBytes(StandardCharsets.UTF_8))) {
        hex.append(String.format("%02x", each));
      }
      return Base64.getEncoder().encodeToString(hex.toString().getBytes(StandardCharsets.US_ASCII));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
