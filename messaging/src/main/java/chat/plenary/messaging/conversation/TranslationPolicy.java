package chat.plenary.messaging.conversation;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What may become of what is said in a conversation. */
public enum TranslationPolicy {
  /** Nothing is translated. */
  OFF,
  /** Only by engines on the organisation's own machines. */
  INSIDE,
  /** Also by engines elsewhere: texts leave the organisation. */
  OUTSIDE;

  /** The name in the protocol. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The policy of a name, or null. */
  public static @Nullable TranslationPolicy of(String text) {
    for (TranslationPolicy policy : values()) {
      if (policy.text().equals(text)) {
        return policy;
      }
    }
    return null;
  }
}
