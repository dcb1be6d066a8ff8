package chat.plenary.messaging.meeting;

import chat.plenary.messaging.content.Bson;
import chat.plenary.messaging.id.AccountId;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * A meeting for the calendar of one member (RFC 5545, RFC 5546). A series is told in the
 * organiser's zone, which the invitation brings along; a meeting that is held once in UTC. There is
 * no link in it: members get in by the group, each by a link of their own.
 */
final class Invitation {
  private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss");
  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final MeetingRow row;
  private final AccountId attendee;
  private final String attendeeName;
  private final @Nullable String answer;
  private final CalendarText out = new CalendarText();

  /**
   * An invitation.
   *
   * @param answer what the attendee answered, or null
   */
  Invitation(MeetingRow row, AccountId attendee, String attendeeName, @Nullable String answer) {
    this.row = row;
    this.attendee = attendee;
    this.attendeeName = attendeeName;
    this.answer = answer;
  }

  /** The text, with CRLF and lines of at most 75 bytes. */
  String text(Instant now) {
    boolean cancelled = row.state() == MeetingState.CANCELLED;
    boolean series = row.every() != null;
    out.line("BEGIN:VCALENDAR");
    out.line("VERSION:2.0");
    out.line("PRODID:-//Plenary//Meetings//EN");
    out.line("CALSCALE:GREGORIAN");
    out.line("METHOD:" + (cancelled ? "CANCEL" : "REQUEST"));
    if (series) {
      Instant last = row.series().start(row.count()).plus(row.length());
      new CalendarZone(row.zone(), row.series().anchor(), last).write(out);
    }
    out.line("BEGIN:VEVENT");
    out.line("UID:" + row.id() + "@plenary");
    out.line("SEQUENCE:" + row.number("sq"));
    out.line("DTSTAMP:" + UTC.format(now));
    out.line("DTSTART" + time(row.series().anchor(), series));
    out.line("DTEND" + time(row.series().anchor().plus(row.length()), series));
    if (series) {
      out.line("RRULE:" + rule());
    }
    out.text("SUMMARY", row.title());
    out.text("DESCRIPTION", description());
    out.line("STATUS:" + stands());
    out.line(
        "ORGANIZER;CN=" + CalendarText.quoted(row.text("bn")) + ":" + address(row.organiser()));
    out.line(
        "ATTENDEE;CN="
            + CalendarText.quoted(attendeeName)
            + ";PARTSTAT="
            + status()
            + ";RSVP=FALSE:"
            + address(attendee));
    out.line("END:VEVENT");
    out.line("END:VCALENDAR");
    return out.toString();
  }

  private String time(Instant at, boolean zoned) {
    return zoned
        ? ";TZID="
            + row.zone().getId()
            + ":"
            + LOCAL.format(LocalDateTime.ofInstant(at, row.zone()))
        : ":" + UTC.format(at);
  }

  private String rule() {
    MeetingPlan.Every every = row.every();
    Series series = row.series();
    int left = series.count() - series.base() + 1;
    String rule =
        switch (every == null ? MeetingPlan.Every.DAY : every) {
          case DAY -> "FREQ=DAILY";
          case WEEKDAY -> "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR";
          case WEEK -> "FREQ=WEEKLY";
          case FORTNIGHT -> "FREQ=WEEKLY;INTERVAL=2";
          case MONTH -> monthly(series.anchor().atZone(row.zone()).getDayOfMonth());
        };
    return rule + ";COUNT=" + left;
  }

  /** A month without the day has its last one. */
  private static String monthly(int day) {
    if (day <= 28) {
      return "FREQ=MONTHLY;BYMONTHDAY=" + day;
    }
    StringBuilder days = new StringBuilder("FREQ=MONTHLY;BYMONTHDAY=28");
    for (int other = 29; other <= day; other++) {
      days.append(',').append(other);
    }
    return days.append(";BYSETPOS=-1").toString();
  }

  private String description() {
    String code = Bson.text(row.document(), "cd");
    String text = row.providerTitle() + ". Join from the group.";
    return code == null ? text : text + " Code: " + code;
  }

  private String stands() {
    return switch (row.state()) {
      case CANCELLED -> "CANCELLED";
      case MAKING, FAILED -> "TENTATIVE";
      case SCHEDULED, LIVE, ENDED -> "CONFIRMED";
    };
  }

  private String status() {
    return switch (answer == null ? "" : answer) {
      case "yes" -> "ACCEPTED";
      case "no" -> "DECLINED";
      case "maybe" -> "TENTATIVE";
      default -> "NEEDS-ACTION";
    };
  }

  private static String address(AccountId account) {
    return "urn:plenary:account:" + account.value();
  }
}
