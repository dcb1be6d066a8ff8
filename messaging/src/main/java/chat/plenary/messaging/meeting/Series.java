package chat.plenary.messaging.meeting;

import chat.plenary.messaging.meeting.MeetingPlan.Every;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;

/**
 * When the occurrences of a meeting begin: at the same time of day in the organiser's zone,
 * whatever its clocks do between. A time that a change of clocks leaves out is as much later as it
 * left out; of a time that comes twice it is the first. A month without the day has its last day.
 *
 * @param anchor when the occurrence {@code base} begins; the others are reckoned from it
 * @param base the number of that occurrence, from 1
 * @param zone the organiser's zone
 * @param every the step, or null for a meeting that is held once
 * @param count how many occurrences there are in all, from 1
 */
record Series(Instant anchor, int base, ZoneId zone, @Nullable Every every, int count) {

  /** When an occurrence begins; {@code number} from {@code base} to {@code count}. */
  Instant start(int number) {
    int steps = number - base;
    Every step = every;
    if (step == null || steps == 0) {
      return anchor;
    }
    LocalDateTime first = anchor.atZone(zone).toLocalDateTime();
    LocalDateTime local =
        switch (step) {
          case DAY -> first.plusDays(steps);
          case WEEKDAY -> weekdays(first, steps);
          case WEEK -> first.plusWeeks(steps);
          case FORTNIGHT -> first.plusWeeks(2L * steps);
          case MONTH -> first.plusMonths(steps);
        };
    return ZonedDateTime.of(local, zone).toInstant();
  }

  /** Whether there is another occurrence after this one. */
  boolean goesOn(int number) {
    return number < count;
  }

  /** Whether a series may begin then: one of weekdays begins on one. */
  boolean begins() {
    DayOfWeek day = anchor.atZone(zone).getDayOfWeek();
    return every != Every.WEEKDAY || (day != DayOfWeek.SATURDAY && day != DayOfWeek.SUNDAY);
  }

  private static LocalDateTime weekdays(LocalDateTime first, int steps) {
    int weekday = first.getDayOfWeek().getValue() - 1;
    int ahead = weekday + steps;
    return first.plusDays((long) ahead / 5 * 7 + ahead % 5 - weekday);
  }
}
