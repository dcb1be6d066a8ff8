package chat.plenary.messaging.meeting;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/**
 * What a calendar must know of a zone for the time of a series: the offset at its beginning, and
 * each change of clocks until its end. Each is told by itself, not by a rule, since laws change.
 *
 * @param zone the zone
 * @param first when the series begins
 * @param last when it ends
 */
record CalendarZone(ZoneId zone, Instant first, Instant last) {
  private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss");

  void write(CalendarText out) {
    ZoneRules rules = zone.getRules();
    out.line("BEGIN:VTIMEZONE");
    out.line("TZID:" + zone.getId());
    ZoneOffsetTransition before = rules.previousTransition(first.plusMillis(1));
    if (before == null) {
      ZoneOffset offset = rules.getOffset(first);
      part(out, false, LocalDateTime.of(1970, 1, 1, 0, 0), offset, offset);
    } else {
      part(out, rules, before);
    }
    ZoneOffsetTransition next = rules.nextTransition(first);
    while (next != null && !next.getInstant().isAfter(last)) {
      part(out, rules, next);
      next = rules.nextTransition(next.getInstant());
    }
    out.line("END:VTIMEZONE");
  }

  private static void part(CalendarText out, ZoneRules rules, ZoneOffsetTransition change) {
    part(
        out,
        rules.isDaylightSavings(change.getInstant()),
        change.getDateTimeBefore(),
        change.getOffsetBefore(),
        change.getOffsetAfter());
  }

  private static void part(
      CalendarText out, boolean daylight, LocalDateTime at, ZoneOffset from, ZoneOffset to) {
    String kind = daylight ? "DAYLIGHT" : "STANDARD";
    out.line("BEGIN:" + kind);
    out.line("DTSTART:" + LOCAL.format(at));
    out.line("TZOFFSETFROM:" + offset(from));
    out.line("TZOFFSETTO:" + offset(to));
    out.line("END:" + kind);
  }

  private static String offset(ZoneOffset offset) {
    int seconds = Math.abs(offset.getTotalSeconds());
    String sign = offset.getTotalSeconds() < 0 ? "-" : "+";
    String text = String.format("%s%02d%02d", sign, seconds / 3_600, seconds / 60 % 60);
    return seconds % 60 == 0 ? text : text + String.format("%02d", seconds % 60);
  }
}
