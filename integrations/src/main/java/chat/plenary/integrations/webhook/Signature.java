package chat.plenary.integrations.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Signatures of webhooks: HMAC-SHA256, in hexadecimal. */
public enum Signature {
  /** None; the secret in the address is all. */
  none,
  /** {@code X-Hub-Signature-256: sha256=…} of the body, as GitHub and many others do. */
  github,
  /** {@code Plenary-Signature: v1=…} of {@code TIMESTAMP.BODY}, with {@code Plenary-Timestamp}. */
  plenary;

  /** Seconds that a signed time may be off. */
  static final long SKEW = 300;

  static final String SIGNATURE = "Plenary-Signature";
  static final String TIMESTAMP = "Plenary-Timestamp";
  static final String DELIVERY = "Plenary-Delivery";

  /** What is sent out. */
  static String sign(String secret, long timestamp, byte[] body) {
    return "v1=" + mac(secret, (timestamp + ".").getBytes(StandardCharsets.US_ASCII), body);
  }

  /** Whether what came in is signed as it has to be. */
  boolean isGenuine(
      String secret, byte[] body, Function<String, @Nullable String> header, long nowSeconds) {
    return switch (this) {
      case none -> true;
      case github ->
          same(header.apply("X-Hub-Signature-256"), "sha256=" + mac(secret, new byte[0], body));
      case plenary -> {
        String timestamp = header.apply(TIMESTAMP);
        yield timestamp != null
            && timestamp.matches("[0-9]{1,12}")
            && Math.abs(Long.parseLong(timestamp) - nowSeconds) <= SKEW
            && same(header.apply(SIGNATURE), sign(secret, Long.parseLong(timestamp), body));
      }
    };
  }

  /** The header by which a sender names what it sends, where it does. */
  @Nullable String delivery() {
    return switch (this) {
      case none -> null;
      case github -> "X-GitHub-Delivery";
      case plenary -> DELIVERY;
    };
  }

  private static boolean same(@Nullable String given, String right) {
    return given != null
        && MessageDigest.isEqual(
            given.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
  }

  private static String mac(String secret, byte[] before, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      mac.update(before);
      return HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }
}
