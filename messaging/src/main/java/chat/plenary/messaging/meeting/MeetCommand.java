package chat.plenary.messaging.meeting;

import chat.plenary.messaging.fault.Fault;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What somebody typed: {@code /meet [when] [languages]}. When is {@code now} (unless given), {@code
 * in 20 min}, {@code 15:00}, {@code today 15:00}, {@code tomorrow 15:00} or {@code 2026-12-02
 * 15:00}; languages are tags such as {@code en} or {@code zh-Hans}, with spaces or commas between.
 *
 * @param start when the meeting begins; null for now
 * @param languages tags, each once; may be empty
 */
record MeetCommand(@Nullable Instant start, List<String> languages) {
  /** Characters of a command, at the most. */
  static final int MAX = 200;

  private static final String FIELD = "command";
  private static final String USAGE =
      " Write /meet [when] [languages], such as /meet tomorrow 15:00 en es fr.";
  private static final Pattern TIME = Pattern.compile("([0-9]{1,2})[:.]([0-9]{2})");
  private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}");
  private static final Pattern SPAN = Pattern.compile("([0-9]{1,5})([a-z]*)");
  private static final Duration LONGEST = Duration.ofDays(366);

  MeetCommand {
    languages = List.copyOf(languages);
  }

  /**
   * Reads a command.
   *
   * @param zone the zone of who typed it
   * @throws Fault that names the word that is not understood
   */
  static MeetCommand read(String text, ZoneId zone, Instant now) {
    Deque<String> words = new ArrayDeque<>(Arrays.asList(text.strip().split("[\\s,]+")));
    if (!"/meet".equalsIgnoreCase(words.peek())) {
      throw Fault.invalid(FIELD, "This must begin with /meet." + USAGE);
    }
    words.remove();
    Instant start = when(words, ZonedDateTime.ofInstant(now, zone));
    List<String> languages = new ArrayList<>();
    for (String word : words) {
      String tag = Languages.known(word);
      if (tag == null) {
        throw notUnderstood(word);
      }
      languages.add(tag);
    }
    List<String> once = Languages.distinct(languages);
    if (once.size() > Languages.MOST) {
      throw Fault.invalid(FIELD, "A meeting has at most " + Languages.MOST + " languages.");
    }
    return new MeetCommand(start, once);
  }

  private static @Nullable Instant when(Deque<String> words, ZonedDateTime now) {
    String first = words.isEmpty() ? "" : words.peek().toLowerCase(Locale.ROOT);
    LocalDate today = now.toLocalDate();
    if (first.equals("now")) {
      words.remove();
      return null;
    } else if (first.equals("in") && words.size() > 1) {
      words.remove();
      return now.toInstant().plus(span(words));
    } else if (first.equals("today") || first.equals("tomorrow")) {
      words.remove();
      return at(today.plusDays(first.equals("today") ? 0 : 1), first, words, now);
    } else if (DATE.matcher(first).matches()) {
      words.remove();
      return at(date(first), first, words, now);
    } else if (TIME.matcher(first).matches()) {
      words.remove();
      ZonedDateTime next = today.atTime(time(first)).atZone(now.getZone());
      // A time that is over today means the next day's.
      return next.isBefore(now) ? next.plusDays(1).toInstant() : next.toInstant();
    }
    return null;
  }

  private static Instant at(LocalDate day, String word, Deque<String> words, ZonedDateTime now) {
    String next = words.isEmpty() ? "" : words.peek();
    if (!TIME.matcher(next).matches()) {
      throw Fault.invalid(FIELD, "'" + word + "' needs a time, such as " + word + " 15:00.");
    }
    words.remove();
    return day.atTime(time(next)).atZone(now.getZone()).toInstant();
  }

  private static Duration span(Deque<String> words) {
    String word = words.remove();
    Matcher matcher = SPAN.matcher(word.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw notUnderstood(word);
    }
    String unit = matcher.group(2);
    if (unit.isEmpty()) {
      unit = words.isEmpty() ? "" : words.remove().toLowerCase(Locale.ROOT);
    }
    long count = Long.parseLong(matcher.group(1));
    Duration span =
        switch (unit) {
          case "m", "min", "mins", "minute", "minutes" -> Duration.ofMinutes(count);
          case "h", "hour", "hours" -> Duration.ofHours(count);
          case "d", "day", "days" -> Duration.ofDays(count);
          default ->
              throw Fault.invalid(
                  FIELD, "'in " + word + "' needs minutes, hours or days, such as in 20 min.");
        };
    if (span.compareTo(LONGEST) > 0) {
      throw Fault.invalid(FIELD, "'in " + word + "' is more than a year ahead.");
    }
    return span;
  }

  private static LocalTime time(String word) {
    Matcher matcher = TIME.matcher(word);
    try {
      if (matcher.matches()) {
        return LocalTime.of(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
      }
    } catch (DateTimeException e) {
      throw Fault.invalid(FIELD, "'" + word + "' is no time of day.");
    }
    throw notUnderstood(word);
  }

  private static LocalDate date(String word) {
    String[] parts = word.split("-", -1);
    try {
      return LocalDate.of(
          Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
    } catch (DateTimeException e) {
      throw Fault.invalid(FIELD, "'" + word + "' is no day of the calendar.");
    }
  }

  private static Fault notUnderstood(String word) {
    String clean = word.replaceAll("[\\p{Cc}\\p{Cf}]", "?");
    String shown = clean.length() <= 40 ? clean : clean.substring(0, 40) + "…";
    return Fault.invalid(FIELD, "'" + shown + "' is not understood." + USAGE);
  }
}
