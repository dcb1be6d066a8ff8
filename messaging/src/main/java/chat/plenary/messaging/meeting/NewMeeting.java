package chat.plenary.messaging.meeting;

import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.fault.Input;
import chat.plenary.messaging.id.Ref;
import chat.plenary.messaging.meeting.MeetingPlan.Every;
import chat.plenary.messaging.meeting.MeetingPlan.Recurrence;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants a meeting to be, as it came.
 *
 * @param ref their name for it
 * @param title 1 to 100 characters, or null for the group's name
 * @param start when it begins, or null for now
 * @param minutes 5 to 1,440
 * @param zone the organiser's zone
 * @param languages tags, each once; at most 8
 * @param recurrence how it repeats, or null
 * @param provider the name of who is to hold it, or null
 * @param wording what makes two requests the same
 */
public record NewMeeting(
    Ref ref,
    @Nullable String title,
    @Nullable Instant start,
    int minutes,
    ZoneId zone,
    List<String> languages,
    @Nullable Recurrence recurrence,
    @Nullable String provider,
    String wording) {
  static final int MAX_TITLE = 100;
  static final int MIN_MINUTES = 5;
  static final int MAX_MINUTES = 1_440;
  static final int MAX_COUNT = 50;

  private static final int MAX_TEXT = 400;
  private static final int MAX_ZONE = 64;
  private static final int USUAL = 60;

  /** How far ahead a meeting may begin. */
  private static final Duration AHEAD = Duration.ofDays(2 * 366);

  /** How long ago a meeting may have begun that is called now. */
  private static final Duration AGO = Duration.ofMinutes(5);

  public NewMeeting {
    languages = List.copyOf(languages);
  }

  /**
   * Reads a request.
   *
   * @throws Fault naming the member that is wrong
   */
  public static NewMeeting read(Input in, Instant now) {
    Ref ref = in.parsed("ref", Ref.MAX_BYTES, Ref::new);
    ZoneId zone = in.parsed("zone", MAX_ZONE, NewMeeting::zone);
    if (in.has("command")) {
      String text = in.text("command", 1, MeetCommand.MAX);
      in.end();
      MeetCommand command = MeetCommand.read(text, zone, now);
      Instant start = command.start() == null ? null : soon("command", command.start(), now);
      return new NewMeeting(
          ref,
          null,
          start,
          USUAL,
          zone,
          command.languages(),
          null,
          null,
          text.strip() + "\n" + zone.getId());
    }
    String title = in.optionalParsed("title", MAX_TEXT, NewMeeting::title);
    Instant start = in.optionalParsed("start", 40, NewMeeting::time);
    if (start != null) {
      soon("start", start, now);
    }
    int minutes = (int) in.number("minutes", MIN_MINUTES, MAX_MINUTES, USUAL);
    List<String> languages =
        Languages.distinct(
            in.texts("languages", Languages.MOST, Languages.MAX_TAG, Languages::tag));
    Recurrence recurrence = recurrence(in.optionalObject("recurrence"));
    String provider = in.optionalText("provider", 1, 32);
    in.end();
    String wording =
        String.join(
            "\n",
            String.valueOf(title),
            String.valueOf(start),
            String.valueOf(minutes),
            zone.getId(),
            languages.toString(),
            String.valueOf(recurrence),
            String.valueOf(provider));
    return new NewMeeting(
        ref, title, start, minutes, zone, languages, recurrence, provider, wording);
  }

  private static @Nullable Recurrence recurrence(@Nullable Input in) {
    if (in == null) {
      return null;
    }
    Every every = in.parsed("every", 16, NewMeeting::every);
    int count = (int) in.number("count", 2, MAX_COUNT);
    in.end();
    return new Recurrence(every, count);
  }

  private static Every every(String text) {
    for (Every every : Every.values()) {
      if (every.name().toLowerCase(Locale.ROOT).equals(text)) {
        return every;
      }
    }
    throw new IllegalArgumentException("none of day, weekday, week, fortnight and month");
  }

  /** A start that a meeting may have. */
  static Instant soon(String field, Instant start, Instant now) {
    if (start.isBefore(now.minus(AGO))) {
      throw Fault.invalid(field, "This is over already.");
    }
    if (start.isAfter(now.plus(AHEAD))) {
      throw Fault.invalid(field, "This is more than two years ahead.");
    }
    return start;
  }

  static Instant time(String text) {
    try {
      return Instant.ofEpochMilli(OffsetDateTime.parse(text).toInstant().toEpochMilli());
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "not a time with its zone, such as 2026-12-02T14:00:00.000Z", e);
    }
  }

  /** A zone with a name; one that is only an offset knows no change of clocks. */
  static ZoneId zone(String text) {
    if (!ZoneId.getAvailableZoneIds().contains(text)) {
      throw new IllegalArgumentException("not the name of a time zone, such as Europe/Paris");
    }
    return ZoneId.of(text);
  }

  /** A title without controls and direction marks and without space around it. */
  static String title(String text) {
    String clean = text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", "").strip();
    int length = clean.codePointCount(0, clean.length());
    if (length < 1 || length > MAX_TITLE) {
      throw new IllegalArgumentException("not a title: 1 to 100 visible characters");
    }
    return clean;
  }
}
