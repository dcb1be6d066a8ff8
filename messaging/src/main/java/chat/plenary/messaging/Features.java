package chat.plenary.messaging;

import chat.plenary.messaging.meeting.MeetingSettings;

/**
 * What a node brings along from other modules.
 *
 * @param meetings who holds meetings, and how they are served
 */
public record Features(MeetingSettings meetings) {
  /** Nothing. */
  public static Features none() {
    return new Features(MeetingSettings.none());
  }

  /** The same with meetings. */
  public Features with(MeetingSettings more) {
    return new Features(more);
  }
}
