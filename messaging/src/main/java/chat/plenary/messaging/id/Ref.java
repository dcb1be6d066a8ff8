package chat.plenary.messaging.id;

import java.nio.charset.StandardCharsets;

/**
 * The name that a sender gives to what it appends, so that a repetition is recognised: the same
 * {@code ref} of the same sender in the same conversation is the same entry, for the life of the
 * conversation.
 *
 * @param value 1 to 64 bytes of UTF-8 without control characters; never null
 */
public record Ref(String value) {
  /** Bytes of UTF-8, at the most. */
  public static final int MAX_BYTES = 64;

  public Ref {
    if (!isValid(value)) {
      throw new IllegalArgumentException("a ref has 1 to 64 bytes and no control characters");
    }
  }

  /** Whether a text may be a ref. */
  public static boolean isValid(String text) {
    return !text.isEmpty()
        && text.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES
        && text.chars().noneMatch(Character::isISOControl);
  }

  @Override
  public String toString() {
    return value;
  }
}
