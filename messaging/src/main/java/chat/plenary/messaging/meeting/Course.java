package chat.plenary.messaging.meeting;

import chat.plenary.messaging.content.Bson;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The course of a meeting: what events and time make of its row, and when it is to be looked at
 * again. Pure: the same row and the same event give the same row; where nothing changes, the very
 * same.
 */
final class Course {
  /** How long before its time by the plan an occurrence may end as one that was held. */
  static final Duration EARLY = Duration.ofMinutes(30);

  /** How long after its time by the plan one that nobody came to is over. */
  static final Duration GRACE = Duration.ofMinutes(15);

  /** How long after its time by the plan one whose end was never told is over. */
  static final Duration OVERDUE = Duration.ofHours(6);

  /** How late a reminder still reminds. */
  static final Duration LATE = Duration.ofMinutes(30);

  private static final Duration UNFINISHED = Duration.ofSeconds(30);
  private static final Duration UNANSWERED = Duration.ofSeconds(60);
  private static final Duration REPAIR = Duration.ofSeconds(10);
  private static final Duration TALLY = Duration.ofSeconds(60);

  private Course() {}

  // ---- events

  /** It goes on, or somebody came. */
  static MeetingRow started(MeetingRow row, Instant at) {
    Instant ended = row.when("en");
    if (ended != null && !at.isAfter(ended)) {
      return begun(row, at, ended);
    }
    return switch (row.state()) {
      case SCHEDULED, ENDED -> {
        MeetingRow live = wanting(row.with(MeetingState.LIVE).with("la", at), at);
        // Whom the meeting itself calls needs no reminder any more.
        boolean called = !at.isBefore(row.start().minus(EARLY));
        yield called ? live.with("rem", row.occurrence()) : live;
      }
      case LIVE -> at.isBefore(row.time("la")) ? row.with("la", at) : row;
      case MAKING, CANCELLED, FAILED -> row;
    };
  }

  /**
   * What is to be asked of the provider now: captions, where it has them; not to end it any more.
   */
  private static MeetingRow wanting(MeetingRow row, Instant at) {
    return Bson.flag(row.document(), "pc")
        ? row.with("todo", "captions").with("tda", at).without("tdn")
        : row.without("todo", "tdn");
  }

  /** A beginning that is told after the end: now it is known how long it took. */
  private static MeetingRow begun(MeetingRow row, Instant at, Instant ended) {
    Instant known = row.when("ab");
    boolean whole = row.number("as") == 0 || (known != null && at.isBefore(known));
    return row.has("ao") && row.number("ao") == row.number("eno") && whole
        ? row.with("ab", at).with("as", Duration.between(at, ended).toSeconds())
        : row;
  }

  /** It is over, or everybody has left for now. */
  static MeetingRow ended(MeetingRow row, Instant at, boolean mayReopen) {
    Instant before = row.when("en");
    if (before != null && !at.isAfter(before)) {
      return row;
    }
    boolean due = !at.isBefore(row.start().minus(EARLY));
    boolean live = row.state() == MeetingState.LIVE;
    if (live && at.isBefore(row.time("la"))) {
      return row;
    }
    if (!live && (row.state() != MeetingState.SCHEDULED || !due)) {
      return row;
    }
    Instant began = live ? row.time("la") : null;
    long seconds = began == null ? 0 : Duration.between(began, at).toSeconds();
    MeetingRow over =
        row.with("en", at)
            .with("eno", row.occurrence())
            .with("sec", row.number("sec") + seconds)
            .without("la");
    // Of a series only what was held at its time counts as its occurrence.
    return mayReopen || (row.every() != null && !due)
        ? over.with(MeetingState.SCHEDULED)
        : finished(over, began, at);
  }

  /** An occurrence is over for good: its aftermath begins, and the next one's turn comes. */
  private static MeetingRow finished(MeetingRow row, @Nullable Instant began, Instant at) {
    MeetingRow over =
        row.with("ao", row.occurrence())
            .with("as", row.number("sec"))
            .with("ab", began)
            .with("af", at.plus(Aftermaths.FIRST))
            .without("sec", "afn", "lk", "todo", "tdn");
    return over.series().goesOn(row.occurrence())
        ? over.with(MeetingState.SCHEDULED).with("num", row.occurrence() + 1)
        : over.with(MeetingState.ENDED);
  }

  /** It was called off at the provider. */
  static MeetingRow cancelled(MeetingRow row) {
    return row.state() == MeetingState.SCHEDULED || row.state() == MeetingState.LIVE
        ? row.with(MeetingState.CANCELLED)
            .with("sq", row.number("sq") + 1)
            .without("la", "chg", "todo", "tdn")
        : row;
  }

  // ---- time

  /** What has come to pass by the plan. */
  static MeetingRow at(MeetingRow row, Instant now) {
    Instant end = row.end();
    return switch (row.state()) {
      case SCHEDULED -> {
        if (!now.isBefore(row.eventful() ? end.plus(GRACE) : end)) {
          yield missed(row, end);
        }
        yield row.eventful() || now.isBefore(row.start())
            ? row
            : row.with(MeetingState.LIVE).with("la", row.start());
      }
      case LIVE -> now.isBefore(last(row)) ? row : over(row);
      case MAKING, ENDED, CANCELLED, FAILED -> row;
    };
  }

  /** Whoever came had left before; nobody came back until the end by the plan. */
  private static MeetingRow missed(MeetingRow row, Instant end) {
    Instant left = row.when("en");
    boolean held = left != null && row.number("eno") == row.occurrence();
    Instant at = held && left != null && left.isAfter(end) ? left : end;
    return finished(row.with("en", at).with("eno", row.occurrence()), null, at);
  }

  /** When one that goes on, as far as is known, is over. */
  private static Instant last(MeetingRow row) {
    return row.eventful() ? later(row.end(), row.time("la")).plus(OVERDUE) : row.end();
  }

  private static MeetingRow over(MeetingRow row) {
    Instant ended = row.when("en");
    Instant at = later(row.end(), row.time("la").plusMillis(1));
    return ended(row, ended == null ? at : later(at, ended.plusMillis(1)), false);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /** The occurrence that something at a time belongs to. */
  static int occurrence(MeetingRow row, Instant at) {
    Instant ended = row.when("en");
    return ended != null && !at.isAfter(ended) ? (int) row.number("eno") : row.occurrence();
  }

  /** When the group is to be reminded; null where it was, or need not be. */
  static @Nullable Instant reminder(MeetingRow row, Duration before) {
    return before.isZero()
            || row.state() != MeetingState.SCHEDULED
            || row.number("rem") >= row.occurrence()
        ? null
        : row.start().minus(before);
  }

  /** When the row is to be looked at again; null for never. */
  static @Nullable Instant due(MeetingRow row, Duration reminder) {
    Instant touched = row.time("ut");
    Optional<Instant> first =
        Stream.of(
                row.state() == MeetingState.MAKING ? made(row) : null,
                MeetingCards.isShown(row) ? null : touched.plus(REPAIR),
                row.has("chg") || row.has("todo") ? row.when("tda") : null,
                reminder(row, reminder),
                turn(row),
                row.when("af"),
                Aftermaths.untold(row) ? touched.plus(REPAIR) : null,
                tally(row))
            .filter(at -> at != null)
            .min(Instant::compareTo);
    Instant wait = row.when("wait");
    return first.map(at -> wait != null && wait.isAfter(at) ? wait : at).orElse(null);
  }

  private static Instant made(MeetingRow row) {
    Instant tried = row.when("try");
    return tried == null ? row.time("ut").plus(UNFINISHED) : tried.plus(UNANSWERED);
  }

  /** When the people in it are to be counted again; null where nobody tells of them. */
  static @Nullable Instant tally(MeetingRow row) {
    if (row.state() != MeetingState.LIVE || !row.eventful()) {
      return null;
    }
    Instant last = row.when("lt");
    return later(row.time("la"), last == null ? row.time("la") : last).plus(TALLY);
  }

  private static @Nullable Instant turn(MeetingRow row) {
    Instant end = row.end();
    return switch (row.state()) {
      case SCHEDULED -> row.eventful() ? end.plus(GRACE) : row.start();
      case LIVE -> last(row);
      case MAKING, ENDED, CANCELLED, FAILED -> null;
    };
  }
}
