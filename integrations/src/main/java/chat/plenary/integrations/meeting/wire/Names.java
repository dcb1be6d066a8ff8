package chat.plenary.integrations.meeting.wire;

import java.util.Base64;

/** Names of rooms that nobody guesses. */
public final class Names {
  private Names() {}

  /**
   * The room of a meeting: always the same, and not to be guessed by who knows the meeting's id but
   * not the secret. {@code plenary-} and 32 of {@code 0-9a-f} (128 bits).
   */
  public static String room(String secret, String meeting) {
    return "plenary-"
        + Signing.hex(Signing.hmac("HmacSHA256", secret, "room " + meeting)).substring(0, 32);
  }

  /** Bytes as base64. */
  public static String base64(byte[] content) {
    return Base64.getEncoder().encodeToString(content);
  }
}
