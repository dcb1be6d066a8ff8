package chat.plenary.integrations.meeting.wire;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * JSON Web Tokens by HS256, as Jitsi and LiveKit take and give them. Nothing else is accepted: a
 * token that names another algorithm, or none, is forged.
 */
public final class Tokens {
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
  private static final String HEADER =
      ENCODER.encodeToString(Signing.bytes("{\"alg\":\"HS256\",\"typ\":\"JWT\"}"));
  private static final int MAX_LENGTH = 8_192;
  private static final long LEEWAY_SECONDS = 60;

  private Tokens() {}

  /** Signs claims. */
  public static String sign(JsonObject claims, String secret) {
    String content = HEADER + "." + ENCODER.encodeToString(Signing.bytes(claims.encode()));
    return content + "." + mac(content, secret);
  }

  /**
   * The claims of a token that was signed with this secret and is neither over nor to come, by a
   * minute's leeway; null for any other.
   */
  public static @Nullable JsonObject verify(String token, String secret, Instant now) {
    String[] parts = token.split("\\.", -1);
    if (token.length() > MAX_LENGTH
        || parts.length != 3
        || !Signing.same(mac(parts[0] + "." + parts[1], secret), parts[2])) {
      return null;
    }
    try {
      JsonObject header = json(parts[0]);
      JsonObject claims = json(parts[1]);
      long second = now.getEpochSecond();
      boolean good =
          "HS256".equals(header.getValue("alg"))
              && claims.getValue("exp") instanceof Number end
              && end.longValue() + LEEWAY_SECONDS >= second
              && (!(claims.getValue("nbf") instanceof Number start)
                  || start.longValue() - LEEWAY_SECONDS <= second);
      return good ? claims : null;
    } catch (DecodeException | IllegalArgumentException e) {
      return null;
    }
  }

  private static JsonObject json(String part) {
    return new JsonObject(new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8));
  }

  private static String mac(String content, String secret) {
    return ENCODER.encodeToString(Signing.hmac("HmacSHA256", secret, content));
  }
}
