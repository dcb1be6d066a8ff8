package chat.plenary.messaging.meeting;

import chat.plenary.messaging.log.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what is due: what time brings, reminders, and what another left half done. Every node looks;
 * whatever is done twice is done once, by compare-and-set of the row or by a ref that derives from
 * it. A row at which something fails waits, longer each time, and holds up no other.
 */
final class MeetingUpkeep {
  private static final Logger LOGGER = LoggerFactory.getLogger(MeetingUpkeep.class);
  private static final int PAGE = 100;
  private static final int MOST_PAUSE_SECONDS = 600;

  private final MeetingRows rows;
  private final Making making;
  private final Changing changing;
  private final MeetingCards cards;
  private final Aftermaths aftermaths;
  private final Tidings tidings;
  private final MeetingSettings settings;
  private final Timers timers;
  private final AtomicReference<@Nullable Future<Void>> underWay = new AtomicReference<>();
  private volatile long looked;
  private volatile boolean closed;

  MeetingUpkeep(
      MeetingRows rows,
      Making making,
      Changing changing,
      MeetingCards cards,
      Aftermaths aftermaths,
      Tidings tidings,
      MeetingSettings settings,
      Timers timers) {
    this.rows = rows;
    this.making = making;
    this.changing = changing;
    this.cards = cards;
    this.aftermaths = aftermaths;
    this.tidings = tidings;
    this.settings = settings;
    this.timers = timers;
    this.looked = timers.elapsed();
  }

  void close() {
    closed = true;
  }

  /** A round, or the one that is under way: there are never two of a node at once. */
  Future<Void> look() {
    if (closed) {
      return Future.succeededFuture();
    }
    Promise<Void> mine = Promise.promise();
    Future<Void> other = underWay.compareAndExchange(null, mine.future());
    if (other != null) {
      return other;
    }
    Future.<Void>succeededFuture()
        .compose(v -> round())
        .onSuccess(v -> looked = timers.elapsed())
        .onComplete(
            done -> {
              underWay.set(null);
              mine.handle(done);
            });
    return mine.future();
  }

  /** How long ago a round last ended well; before the first, how long ago this was made. */
  Duration sinceLooked() {
    return Duration.ofMillis(Math.max(0, timers.elapsed() - looked));
  }

  /** What is more than a page waits for the next time. */
  private Future<Void> round() {
    return rows.due(timers.clock().instant(), PAGE)
        .compose(
            due -> {
              List<Future<Void>> all =
                  due.stream().map(row -> tend(row).recover(why -> wait(row, why))).toList();
              return Future.join(all).mapEmpty();
            });
  }

  /** Does all that is due of one meeting. */
  Future<Void> tend(MeetingRow row) {
    Instant now = timers.clock().instant();
    return rows.change(row.id(), found -> Course.at(found, now))
        .onSuccess(
            changed -> {
              if (changed.any()) {
                tidings.people(changed.after());
              }
            })
        .map(MeetingRows.Changed::after)
        .compose(making::tend)
        .compose(changing::tend)
        .compose(cards::show)
        .compose(this::remind)
        .compose(aftermaths::tend)
        .compose(cards::show)
        .compose(this::looked)
        .mapEmpty();
  }

  /** A reminder that is too late to be of use is not given. */
  private Future<MeetingRow> remind(MeetingRow row) {
    Instant due = Course.reminder(row, settings.reminder());
    Instant now = timers.clock().instant();
    if (due == null || due.isAfter(now)) {
      return Future.succeededFuture(row);
    }
    int occurrence = row.occurrence();
    long minutes = settings.reminder().toMinutes();
    Future<Void> told =
        now.isAfter(due.plus(Course.LATE))
            ? Future.succeededFuture()
            : cards.remark(row, Reminder.ref(row, minutes), Reminder.text(row, now));
    return told.compose(
            v ->
                rows.change(
                    row.id(),
                    found ->
                        found.number("rem") >= occurrence ? found : found.with("rem", occurrence)))
        .map(MeetingRows.Changed::after);
  }

  /** Of one that goes on people are counted anew; that all went well ends the waiting. */
  private Future<MeetingRow> looked(MeetingRow row) {
    Instant now = timers.clock().instant();
    Instant tally = Course.tally(row);
    boolean count = tally != null && !tally.isAfter(now);
    if (count) {
      tidings.people(row);
    }
    return count || row.has("fails")
        ? rows.change(
                row.id(),
                found -> count ? found.without("fails").with("lt", now) : found.without("fails"))
            .map(MeetingRows.Changed::after)
        : Future.succeededFuture(row);
  }

  /** Does what follows a change; where that fails the row waits for its turn. */
  void follow(MeetingRow row) {
    tend(row).recover(why -> wait(row, why));
  }

  private Future<Void> wait(MeetingRow row, Throwable why) {
    if (closed) {
      return Future.succeededFuture();
    }
    LOGGER.warn("looking after meeting {} failed: {}", row.id(), why.toString());
    return rows.change(
            row.id(),
            found -> {
              long fails = Math.min(found.number("fails") + 1, 10);
              long pause = Math.min(MOST_PAUSE_SECONDS, 5L << fails);
              return found
                  .with("fails", fails)
                  .with("wait", timers.clock().instant().plusSeconds(pause));
            })
        .<Void>mapEmpty()
        .recover(again -> Future.succeededFuture());
  }
}
