package chat.plenary.bots.survey;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Pseudonyms, random ids, and drafts sealed by AES-256-GCM. */
final class Cipher {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int KEY_BYTES = 32;
  private static final int ID_BYTES = 16;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private Cipher() {}

  static byte[] key() {
    return random(KEY_BYTES);
  }

  /** 128 random bits in base64url. */
  static String id() {
    return text(random(ID_BYTES));
  }

  static long seed() {
    return RANDOM.nextLong();
  }

  /** What only the holder of the key can tell from others: HMAC-SHA-256, 128 bits, in base64url. */
  static String keyed(byte[] key, String what) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return text(Arrays.copyOf(mac.doFinal(what.getBytes(StandardCharsets.UTF_8)), ID_BYTES));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HMAC-SHA-256", e);
    }
  }

  /** Encrypts; {@code bound} must be given again to decrypt. */
  static byte[] seal(byte[] key, String bound, byte[] plain) {
    byte[] nonce = random(NONCE_BYTES);
    byte[] sealed = run(javax.crypto.Cipher.ENCRYPT_MODE, key, bound, nonce, plain, 0);
    byte[] all = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
    System.arraycopy(sealed, 0, all, NONCE_BYTES, sealed.length);
    return all;
  }

  /** Decrypts. */
  static byte[] open(byte[] key, String bound, byte[] sealed) {
    byte[] nonce = Arrays.copyOf(sealed, NONCE_BYTES);
    return run(javax.crypto.Cipher.DECRYPT_MODE, key, bound, nonce, sealed, NONCE_BYTES);
  }

  private static byte[] run(
      int mode, byte[] key, String bound, byte[] nonce, byte[] text, int from) {
    try {
      javax.crypto.Cipher cipher = javax.crypto.Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(bound.getBytes(StandardCharsets.UTF_8));
      return cipher.doFinal(text, from, text.length - from);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a draft could not be sealed or opened", e);
    }
  }

  private static byte[] random(int count) {
    byte[] bytes = new byte[count];
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  private static String text(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
