package chat.plenary.integrations.speech;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.SortedMap;
import java.util.StringJoiner;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** How Tencent's realtime speech services are asked: the address is signed. */
final class SpeechTranslateSignature {
  private SpeechTranslateSignature() {}

  /**
   * The path and query of an address.
   *
   * @param host the host, with its port where that is not the usual one
   * @param query the parameters, not encoded
   */
  static String address(
      String host, String path, SortedMap<String, String> query, String secretKey) {
    StringJoiner encoded = new StringJoiner("&", path + "?", "");
    query.forEach((key, value) -> encoded.add(key + "=" + encode(value)));
    return encoded + "&signature=" + encode(signature(host, path, query, secretKey));
  }

  /** The signature, in base64: of the keys in order and the values as they are. */
  static String signature(
      String host, String path, SortedMap<String, String> query, String secretKey) {
    StringJoiner plain = new StringJoiner("&", host + path + "?", "");
    query.forEach((key, value) -> plain.add(key + "=" + value));
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(secretKey.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
      return Base64.getEncoder()
          .encodeToString(mac.doFinal(plain.toString().getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA1", e);
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
