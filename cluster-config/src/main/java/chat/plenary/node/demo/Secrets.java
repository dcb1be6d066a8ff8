package chat.plenary.node.demo;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;

/**
 * What derives from the seed of a demonstration: never the same on two servers, always the same on
 * one.
 *
 * @param seed 192 random bits
 */
record Secrets(String seed) {
  private static final String[] FIRST = {
    "amber", "bright", "calm", "clear", "coral", "crisp", "early", "gentle", "golden", "green",
    "happy", "ivory", "jade", "kind", "light", "lively", "lucky", "mellow", "merry", "misty",
    "noble", "quiet", "rapid", "rosy", "silver", "smooth", "sunny", "swift", "tidy", "velvet",
    "warm", "wide"
  };
  private static final String[] SECOND = {
    "apple", "bay", "bridge", "cedar", "cloud", "coast", "field", "fjord", "garden", "harbour",
    "hill", "island", "lake", "lantern", "maple", "meadow", "moon", "olive", "orchard", "pearl",
    "pine", "plaza", "pond", "river", "road", "sail", "spring", "stone", "tower", "valley", "wave",
    "willow"
  };

  /** One password for everybody, easy to type: two words and four digits. */
  String password() {
    byte[] bits = derived("password");
    int digits = ((bits[2] & 0xff) << 8 | (bits[3] & 0xff)) % 10_000;
    return String.format(
        Locale.ROOT, "%s-%s-%04d", FIRST[bits[0] & 31], SECOND[bits[1] & 31], digits);
  }

  /** The secret of a group's hook: 43 characters of base64url. */
  String hook(String group) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(derived("hook " + group));
  }

  private byte[] derived(String what) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(seed.getBytes(StandardCharsets.UTF_8));
      return digest.digest((" " + what).getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "Secrets";
  }
}
