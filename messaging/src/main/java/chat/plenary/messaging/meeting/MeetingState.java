package chat.plenary.messaging.meeting;

import java.util.Locale;

/** How a meeting stands. */
public enum MeetingState {
  /** Its provider is being asked for it. */
  MAKING,
  /** It is to come. */
  SCHEDULED,
  /** It goes on. */
  LIVE,
  /** It is over, and nothing more is to come. */
  ENDED,
  /** It was called off. */
  CANCELLED,
  /** Its provider did not make it, or it is not known whether it did. */
  FAILED;

  /** The name in the protocol and in the store. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it is to come, or goes on. */
  public boolean open() {
    return this == MAKING || this == SCHEDULED || this == LIVE;
  }

  static MeetingState of(String text) {
    for (MeetingState state : values()) {
      if (state.text().equals(text)) {
        return state;
      }
    }
    throw new IllegalArgumentException("no state of a meeting: " + text);
  }
}
