package chat.plenary.messaging.id;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;

/** How ids are made and checked: a letter that tells the kind, then 128 bits in base64url. */
final class Ids {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int BYTES = 16;
  private static final int CHARACTERS = 22;
  private static final String BASE64URL =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  private Ids() {}

  static String random(String kind) {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return kind + encode(bytes);
  }

  /**
   * The parts are hashed with their lengths, so that no two lists of parts are mistaken for each
   * other.
   */
  static String derived(String kind, String first, String... more) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      add(digest, kind);
      add(digest, first);
      for (String part : more) {
        add(digest, part);
      }
      return kind + encode(Arrays.copyOf(digest.digest(), BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  static boolean isValid(String kind, String text) {
    if (text.length() != kind.length() + CHARACTERS || !text.startsWith(kind)) {
      return false;
    }
    for (int i = kind.length(); i < text.length(); i++) {
      if (BASE64URL.indexOf(text.charAt(i)) < 0) {
        return false;
      }
    }
    return true;
  }

  static void check(String kind, String text) {
    if (!isValid(kind, text)) {
      throw new IllegalArgumentException("not an id of kind '" + kind + "'");
    }
  }

  private static void add(MessageDigest digest, String part) {
    byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
    digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
    digest.update(bytes);
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
