package chat.plenary.messaging.meeting;

import chat.plenary.messaging.id.AccountId;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a group agreed on.
 *
 * @param id the meeting's id, {@code m} and 22 characters; never changes
 * @param title 1 to 100 characters
 * @param organiser who called the meeting
 * @param organiserName their name
 * @param start when it begins; of a series, the first of those to come
 * @param length 5 minutes to 24 hours
 * @param zone the organiser's zone, in which a series repeats
 * @param recurrence how it repeats, or null
 * @param languages BCP 47 tags in which it can be followed, at most 8; may be empty
 */
public record MeetingPlan(
    String id,
    String title,
    AccountId organiser,
    String organiserName,
    Instant start,
    Duration length,
    ZoneId zone,
    @Nullable Recurrence recurrence,
    List<String> languages) {
  public MeetingPlan {
    languages = List.copyOf(languages);
  }

  /**
   * How a meeting repeats.
   *
   * @param every the step
   * @param count how often in all, 2 to 50
   */
  public record Recurrence(Every every, int count) {}

  /** The steps of a series. */
  public enum Every {
    DAY,
    WEEKDAY,
    WEEK,
    FORTNIGHT,
    MONTH
  }

  /** When it is over by the plan. */
  public Instant end() {
    return start.plus(length);
  }
}
