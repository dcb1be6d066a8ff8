package chat.plenary.messaging.meeting;

import chat.plenary.messaging.fault.Fault;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.bson.BsonDocument;

/**
 * Changing, cancelling and ending. What is wanted stands in the row before the provider is asked,
 * so that whoever finds it goes on with it. A change counts when the provider has taken it; that a
 * meeting is cancelled or over counts at once, and the provider is told until it knows.
 */
final class Changing {
  private static final Duration ANSWER = Duration.ofSeconds(60);
  private static final int MOST_TRIES = 20;

  private final Providers providers;
  private final MeetingRows rows;
  private final Clock clock;
  private final Duration reminder;

  Changing(Providers providers, MeetingRows rows, Clock clock, Duration reminder) {
    this.providers = providers;
    this.rows = rows;
    this.clock = clock;
    this.reminder = reminder;
  }

  // ---- another plan

  /**
   * Changes a meeting, once its provider has; fails with what the provider says where it did not.
   */
  Future<MeetingRow> change(MeetingRow row, MeetingChange wanted) {
    BsonDocument change = wanted.toBson();
    return rows.change(row.id(), now -> wished(now, change))
        .compose(
            changed ->
                change.equals(changed.after().document().get("chg"))
                    ? ask(changed.after(), change)
                    : Future.succeededFuture(changed.after()));
  }

  private MeetingRow wished(MeetingRow row, BsonDocument change) {
    Instant now = clock.instant();
    MeetingRow after = MeetingChange.applied(row, change, reminder, now);
    boolean moves = !after.start().equals(row.start()) || !after.length().equals(row.length());
    if (!after.series().begins()) {
      throw Fault.invalid("start", "A series of weekdays begins on one.");
    }
    switch (row.state()) {
      case MAKING -> throw Fault.of(Fault.Code.UNAVAILABLE, "This meeting is being made.");
      case ENDED -> throw Fault.of(Fault.Code.GONE, "This meeting is over.");
      case CANCELLED -> throw Fault.of(Fault.Code.GONE, "This meeting was cancelled.");
      case LIVE -> {
        if (moves) {
          throw Fault.of(Fault.Code.CONFLICT, "start", "This meeting goes on.");
        }
      }
      case SCHEDULED, FAILED -> {}
    }
    if (after.equals(row) || row.state() == MeetingState.FAILED) {
      return after;
    }
    Instant busy = row.has("chg") ? row.when("tda") : null;
    if (busy != null && !change.equals(row.document().get("chg")) && busy.isAfter(now)) {
      throw Fault.of(Fault.Code.UNAVAILABLE, "This meeting is being changed: try again.");
    }
    return row.with("chg", change).with("tda", now.plus(ANSWER)).without("tdn");
  }

  private Future<MeetingRow> ask(MeetingRow row, BsonDocument change) {
    Room room = row.room();
    if (room == null) {
      return rows.change(row.id(), now -> settled(now, "chg")).map(MeetingRows.Changed::after);
    }
    MeetingRow wanted = MeetingChange.applied(row, change, reminder, clock.instant());
    return providers
        .call(row.provider(), provider -> provider.change(room, wanted.plan()))
        .transform(
            answer ->
                answer.succeeded()
                    ? taken(row, change, answer.result())
                    : refused(row, change, answer.cause()));
  }

  private Future<MeetingRow> taken(MeetingRow row, BsonDocument change, Room room) {
    return rows.change(
            row.id(),
            now ->
                change.equals(now.document().get("chg"))
                    ? settled(
                        MeetingChange.applied(now, change, reminder, clock.instant())
                            .with(room)
                            .with("sq", now.number("sq") + 1),
                        "chg")
                    : now)
        .map(MeetingRows.Changed::after);
  }

  /** What is unknown is asked again later; what was refused is not wanted any more. */
  private Future<MeetingRow> refused(MeetingRow row, BsonDocument change, Throwable why) {
    boolean unknown = why instanceof Fault fault && fault.code() == Fault.Code.UNKNOWN;
    return rows.change(
            row.id(),
            now -> {
              if (!change.equals(now.document().get("chg"))) {
                return now;
              }
              return unknown && now.number("tdn") < MOST_TRIES ? later(now) : settled(now, "chg");
            })
        .compose(v -> Future.failedFuture(why));
  }

  /** One thing is done; should there be another, its turn is now. */
  private MeetingRow settled(MeetingRow row, String what) {
    MeetingRow done = row.without(what, "tdn");
    return done.has("chg") || done.has("todo")
        ? done.with("tda", clock.instant())
        : done.without("tda");
  }

  private MeetingRow later(MeetingRow row) {
    long tries = row.number("tdn") + 1;
    Duration pause = Duration.ofSeconds(10L << Math.min(tries, 6));
    return row.with("tdn", tries).with("tda", clock.instant().plus(pause));
  }

  // ---- no more

  /** Cancels one that has not begun. */
  Future<MeetingRow> cancel(MeetingRow row) {
    return rows.change(row.id(), this::cancelled)
        .compose(
            changed ->
                changed.any() && changed.after().has("todo")
                    ? tell(changed.after())
                    : Future.succeededFuture(changed.after()));
  }

  private MeetingRow cancelled(MeetingRow row) {
    return switch (row.state()) {
      case CANCELLED -> row;
      case LIVE -> throw Fault.of(Fault.Code.CONFLICT, "This meeting goes on: end it.");
      case ENDED -> throw Fault.of(Fault.Code.GONE, "This meeting is over.");
      case MAKING, SCHEDULED, FAILED -> {
        MeetingRow over =
            row.with(MeetingState.CANCELLED)
                .with("sq", row.number("sq") + 1)
                .without("chg", "pb", "tdn", "af", "afn");
        yield row.room() == null ? over.without("todo", "tda") : todo(over, "cancel");
      }
    };
  }

  /** Ends the present occurrence, for everybody. */
  Future<MeetingRow> end(MeetingRow row) {
    boolean can = providers.can(row.provider(), MeetingProvider.Capability.END);
    return rows.change(
            row.id(),
            now -> {
              if (now.state() == MeetingState.ENDED) {
                return now;
              }
              if (now.state() != MeetingState.LIVE) {
                throw Fault.of(Fault.Code.CONFLICT, "This meeting does not go on.");
              }
              MeetingRow over = Course.ended(now, after(now, clock.instant()), false);
              return can ? todo(over, "end") : over;
            })
        .compose(
            changed ->
                changed.any() && can
                    ? tell(changed.after())
                    : Future.succeededFuture(changed.after()));
  }

  /** A time that is after all that was told, should the provider's clock be ahead. */
  private static Instant after(MeetingRow row, Instant now) {
    Instant began = row.time("la");
    Instant ended = row.when("en");
    Instant last = ended != null && ended.isAfter(began) ? ended : began;
    return now.isAfter(last) ? now : last.plusMillis(1);
  }

  private MeetingRow todo(MeetingRow row, String what) {
    return row.with("todo", what).with("tda", clock.instant().plus(ANSWER)).without("tdn");
  }

  // ---- what the provider is to be told

  /** Goes on with what is to be done. */
  Future<MeetingRow> tend(MeetingRow row) {
    Instant due = row.when("tda");
    if (due == null || due.isAfter(clock.instant())) {
      return Future.succeededFuture(row);
    }
    return rows.change(
            row.id(),
            now ->
                due.equals(now.when("tda")) ? now.with("tda", clock.instant().plus(ANSWER)) : now)
        .compose(claimed -> claimed.any() ? goOn(claimed.after()) : same(claimed.after()));
  }

  private Future<MeetingRow> goOn(MeetingRow row) {
    if (row.document().get("chg") instanceof BsonDocument change) {
      // Whoever wanted it is not there to be told: the card stays as it is where it is refused.
      return ask(row, change).recover(refused -> same(row));
    }
    return row.has("todo") ? tell(row) : same(row);
  }

  private Future<MeetingRow> tell(MeetingRow row) {
    String todo = row.text("todo");
    Room room = row.room();
    if (room == null) {
      return done(row, todo);
    }
    return providers
        .<Void>call(
            row.provider(),
            provider ->
                switch (todo) {
                  case "cancel" -> provider.cancel(room);
                  case "end" -> provider.end(room);
                  default -> provider.captions(room, true);
                })
        .transform(
            answer -> answer.succeeded() ? done(row, todo) : notDone(row, todo, answer.cause()));
  }

  private Future<MeetingRow> done(MeetingRow row, String todo) {
    return rows.change(
            row.id(),
            now ->
                todo.equals(now.has("todo") ? now.text("todo") : "")
                    ? settled(now, "todo").without("pb")
                    : now)
        .map(MeetingRows.Changed::after);
  }

  private Future<MeetingRow> notDone(MeetingRow row, String todo, Throwable why) {
    Fault.Code code = why instanceof Fault fault ? fault.code() : Fault.Code.UNKNOWN;
    boolean again =
        code == Fault.Code.UNKNOWN || code == Fault.Code.UNAVAILABLE || code == Fault.Code.TOO_MANY;
    String problem = row.providerTitle() + " did not take " + words(todo) + ": " + why.getMessage();
    return rows.change(
            row.id(),
            now -> {
              if (!todo.equals(now.has("todo") ? now.text("todo") : "")) {
                return now;
              }
              boolean gone = code == Fault.Code.NOT_FOUND && !todo.equals("captions");
              MeetingRow told = gone ? now.without("pb") : now.with("pb", problem);
              return again && now.number("tdn") < MOST_TRIES ? later(told) : settled(told, "todo");
            })
        .map(MeetingRows.Changed::after);
  }

  private static String words(String todo) {
    return switch (todo) {
      case "cancel" -> "the cancellation";
      case "end" -> "the end";
      default -> "the wish for captions";
    };
  }

  private static Future<MeetingRow> same(MeetingRow row) {
    return Future.succeededFuture(row);
  }
}
