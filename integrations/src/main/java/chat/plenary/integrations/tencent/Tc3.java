package chat.plenary.integrations.tencent;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs requests to Tencent Cloud's API 3.0 (TC3-HMAC-SHA256): POST to {@code /} with JSON. */
public final class Tc3 {
  /** The content type that is signed. */
  public static final String CONTENT_TYPE = "application/json; charset=utf-8";

  private static final HexFormat HEX = HexFormat.of();

  private final String secretId;
  private final String secretKey;
  private final String service;

  /**
   * A signer.
   *
   * @param service the first label of the API's usual host, such as {@code tsi}
   */
  public Tc3(String secretId, String secretKey, String service) {
    this.secretId = secretId;
    this.secretKey = secretKey;
    this.service = service;
  }

  /**
   * The value of the header {@code Authorization}.
   *
   * @param host the header {@code Host} as it is sent
   * @param at the time of {@code X-TC-Timestamp}
   * @param body the exact bytes that are sent
   */
  public String authorization(String host, Instant at, byte[] body) {
    String date = LocalDate.ofInstant(at, ZoneOffset.UTC).toString();
    String scope = date + "/" + service + "/tc3_request";
    String canonical =
        "POST\n/\n\ncontent-type:"
            + CONTENT_TYPE
            + "\nhost:"
            + host
            + "\n\ncontent-type;host\n"
            + sha256(body);
    String toSign =
        "TC3-HMAC-SHA256\n"
            + at.getEpochSecond()
            + "\n"
            + scope
            + "\n"
            + sha256(canonical.getBytes(StandardCharsets.UTF_8));
    byte[] key = hmac(("TC3" + secretKey).getBytes(StandardCharsets.UTF_8), date);
    byte[] signature = hmac(hmac(hmac(key, service), "tc3_request"), toSign);
    return "TC3-HMAC-SHA256 Credential="
        + secretId
        + "/"
        + scope
        + ", SignedHeaders=content-type;host, Signature="
        + HEX.formatHex(signature);
  }

  private static String sha256(byte[] bytes) {
    try {
      return HEX.formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }
}
