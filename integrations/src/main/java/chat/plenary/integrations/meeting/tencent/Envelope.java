package chat.plenary.integrations.meeting.tencent;

import chat.plenary.integrations.meeting.wire.Signing;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** How webhooks are signed, and how what they say is packed. */
final class Envelope {
  private static final int BLOCK = 16;
  private static final int MAX_PADDING = 32;

  private final String token;
  private final byte[] key;

  /**
   * An envelope.
   *
   * @param encodingAesKey 43 characters, or empty where nothing is encrypted
   */
  Envelope(String token, String encodingAesKey) {
    this.token = token;
    this.key =
        encodingAesKey.isEmpty() ? new byte[0] : Base64.getDecoder().decode(encodingAesKey + "=");
  }

  /** Whether this signature belongs to these. */
  boolean signed(String timestamp, String nonce, String data, String signature) {
    String[] parts = {token, timestamp, nonce, data};
    Arrays.sort(parts);
    byte[] hash = Signing.hash("SHA-1", Signing.bytes(String.join("", parts)));
    return Signing.same(Signing.hex(hash), signature);
  }

  /**
   * What stands in it.
   *
   * @throws IllegalArgumentException when it cannot be opened
   */
  String open(String data) {
    byte[] content = Base64.getMimeDecoder().decode(data);
    return new String(key.length == 0 ? content : decrypt(content), StandardCharsets.UTF_8);
  }

  private byte[] decrypt(byte[] content) {
    if (content.length == 0 || content.length % BLOCK != 0) {
      throw new IllegalArgumentException("not whole blocks");
    }
    try {
      Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
      cipher.init(
          Cipher.DECRYPT_MODE,
          new SecretKeySpec(key, "AES"),
          new IvParameterSpec(Arrays.copyOf(key, BLOCK)));
      byte[] plain = cipher.doFinal(content);
      // Padded to blocks of 16 or of 32: neither is what the JDK would take.
      int padding = plain[plain.length - 1];
      if (padding < 1 || padding > MAX_PADDING || padding > plain.length) {
        throw new IllegalArgumentException("wrong padding");
      }
      return Arrays.copyOf(plain, plain.length - padding);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("cannot be decrypted", e);
    }
  }
}
