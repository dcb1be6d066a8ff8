package chat.plenary.integrations.meeting.tencent;

import chat.plenary.integrations.meeting.wire.Signing;
import java.util.Base64;

/** How a request to the API is signed: the base64 of the hexadecimal text of an HMAC. */
final class RequestSignature {
  private RequestSignature() {}

  /**
   * The value of {@code X-TC-Signature}.
   *
   * @param uri path and query, exactly as they are sent
   * @param body exactly as it is sent; empty for none
   */
  static String of(
      String secretId,
      String secretKey,
      String method,
      String nonce,
      String timestamp,
      String uri,
      String body) {
    String headers =
        "X-TC-Key=" + secretId + "&X-TC-Nonce=" + nonce + "&X-TC-Timestamp=" + timestamp;
    String content = method + "\n" + headers + "\n" + uri + "\n" + body;
    String hex = Signing.hex(Signing.hmac("HmacSHA256", secretKey, content));
    return Base64.getEncoder().encodeToString(Signing.bytes(hex));
  }
}
