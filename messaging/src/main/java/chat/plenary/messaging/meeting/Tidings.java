package chat.plenary.messaging.meeting;

import chat.plenary.messaging.delivery.Signals;
import chat.plenary.messaging.log.Timers;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Tells a group's sessions that something about a meeting changed: at once, and then at most once a
 * second, however much comes. Before each telling the people in the meeting are counted, where that
 * may have changed.
 */
final class Tidings {
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Signals signals;
  private final Timers timers;
  private final Function<MeetingRow, Future<MeetingRow>> tally;
  // By meeting, while a telling of it was less than a second ago: what came since, or null.
  private final Map<String, Pending> quiet = new HashMap<>();

  /** What is to be told when the second is over; the row is null where nothing came. */
  private static final class Pending {
    @Nullable MeetingRow row;
    boolean count;
  }

  /**
   * Tidings by signals.
   *
   * @param tally counts the people in a meeting, and keeps the counts
   */
  Tidings(Signals signals, Timers timers, Function<MeetingRow, Future<MeetingRow>> tally) {
    this.signals = signals;
    this.timers = timers;
    this.tally = tally;
  }

  /** Something changed. */
  void tell(MeetingRow row) {
    offer(row, false);
  }

  /** Somebody came or went. */
  void people(MeetingRow row) {
    offer(row, true);
  }

  private void offer(MeetingRow row, boolean count) {
    synchronized (quiet) {
      Pending pending = quiet.get(row.id());
      if (pending != null) {
        pending.row = row;
        pending.count |= count;
        return;
      }
      quiet.put(row.id(), new Pending());
    }
    send(row, count);
    timers.after(PAUSE, () -> again(row.id()));
  }

  private void again(String meeting) {
    Pending pending;
    MeetingRow row;
    synchronized (quiet) {
      pending = quiet.remove(meeting);
      row = pending == null ? null : pending.row;
    }
    if (row != null && pending != null) {
      offer(row, pending.count);
    }
  }

  private void send(MeetingRow row, boolean count) {
    (count ? tally.apply(row) : Future.succeededFuture(row))
        .onComplete(done -> signals.send(new Signals.Signal.Meeting(row.conversation(), row.id())));
  }
}
