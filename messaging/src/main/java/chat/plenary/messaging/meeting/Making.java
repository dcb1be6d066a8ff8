package chat.plenary.messaging.meeting;

import chat.plenary.messaging.content.Bson;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.id.MeetingId;
import chat.plenary.messaging.meeting.MeetingPlan.Recurrence;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

/**
 * How a meeting comes to be: its row first, then its provider, then the row again, then the card.
 * Before the provider is asked the row says so, and only who wrote that asks: nobody asks twice. Of
 * one that was asked and never answered it is not known whether it was made; that is said, and a
 * member may have it tried again.
 */
final class Making {
  private static final Duration UNANSWERED = Duration.ofSeconds(60);

  private final Providers providers;
  private final MeetingRows rows;
  private final Clock clock;
  private final Duration reminder;

  Making(Providers providers, MeetingRows rows, Clock clock, Duration reminder) {
    this.providers = providers;
    this.rows = rows;
    this.clock = clock;
    this.reminder = reminder;
  }

  /** The row of a meeting that nobody has asked a provider for. */
  MeetingRow row(MeetingPlan plan, Origin origin, NewMeeting wanted, MeetingProvider provider) {
    Instant now = clock.instant();
    Recurrence recurrence = plan.recurrence();
    BsonDocument row =
        new BsonDocument("_id", new BsonString(plan.id()))
            .append("o", new BsonString(origin.organisation()))
            .append("c", new BsonString(origin.conversation().value()))
            .append("by", new BsonString(plan.organiser().value()))
            .append("bn", new BsonString(plan.organiserName()))
            .append("h", new BsonString(hash(wanted)))
            .append("t", new BsonString(plan.title()))
            .append("an", new BsonDateTime(plan.start().toEpochMilli()))
            .append("bs", new BsonInt64(1))
            .append("num", new BsonInt64(1))
            .append("mi", new BsonInt64(plan.length().toMinutes()))
            .append("z", new BsonString(plan.zone().getId()))
            .append("lg", Bson.strings(plan.languages()))
            .append("p", new BsonString(provider.name()))
            .append("pt", new BsonString(provider.title()))
            .append("ps", BsonBoolean.valueOf(provider.simulated()))
            .append("pc", can(provider, MeetingProvider.Capability.CAPTIONS))
            .append("pe", can(provider, MeetingProvider.Capability.EVENTS))
            .append("s", new BsonString(MeetingState.MAKING.text()))
            .append("at", new BsonDateTime(now.toEpochMilli()));
    if (recurrence != null) {
      row.append("ev", new BsonString(recurrence.every().name().toLowerCase(Locale.ROOT)))
          .append("cnt", new BsonInt64(recurrence.count()));
    }
    // Whoever calls a meeting for right now needs no reminder of it.
    boolean called = !plan.start().minus(reminder).isAfter(now);
    return new MeetingRow(row.append("rem", new BsonInt64(called ? 1 : 0)));
  }

  /**
   * Where a meeting is called.
   *
   * @param organisation the organisation's id
   */
  record Origin(String organisation, ConversationId conversation) {}

  private static BsonBoolean can(MeetingProvider provider, MeetingProvider.Capability what) {
    return BsonBoolean.valueOf(provider.capabilities().contains(what));
  }

  private static String hash(NewMeeting wanted) {
    return UUID.nameUUIDFromBytes(wanted.wording().getBytes(StandardCharsets.UTF_8)).toString();
  }

  /** Whether a row was made for the same request. */
  static boolean same(MeetingRow row, NewMeeting wanted) {
    return row.text("h").equals(hash(wanted));
  }

  /** Asks the provider, if nobody has; succeeds with the row as it stands then. */
  Future<MeetingRow> make(MeetingRow row) {
    return rows.change(row.id(), now -> untried(now) ? now.with("try", clock.instant()) : now)
        .compose(
            claimed ->
                claimed.any() ? ask(claimed.after()) : Future.succeededFuture(claimed.after()));
  }

  private static boolean untried(MeetingRow row) {
    return row.state() == MeetingState.MAKING && !row.has("try");
  }

  private Future<MeetingRow> ask(MeetingRow row) {
    Instant tried = row.time("try");
    return providers
        .call(row.provider(), provider -> provider.create(row.plan()))
        .transform(
            answer ->
                answer.succeeded()
                    ? made(row, tried, answer.result())
                    : failed(row, tried, answer.cause()));
  }

  private Future<MeetingRow> made(MeetingRow row, Instant tried, Room room) {
    return rows.change(row.id(), now -> adopted(now, tried, room))
        .compose(
            changed -> {
              Room kept = changed.after().room();
              if (kept != null && kept.external().equals(room.external())) {
                return Future.succeededFuture(changed.after());
              }
              // It was tried again meanwhile: this one is nobody's.
              return providers
                  .call(row.provider(), provider -> provider.cancel(room))
                  .transform(done -> Future.succeededFuture(changed.after()));
            });
  }

  private MeetingRow adopted(MeetingRow row, Instant tried, Room room) {
    boolean waits = tried.equals(row.when("try"));
    if (row.room() != null || !waits) {
      return row;
    }
    MeetingRow made = row.with(room).without("pb", "try");
    return switch (row.state()) {
      case MAKING, FAILED ->
          MeetingCards.announced(Course.at(made.with(MeetingState.SCHEDULED), clock.instant()));
      case CANCELLED -> made.with("todo", "cancel").with("tda", clock.instant());
      case SCHEDULED, LIVE, ENDED -> row;
    };
  }

  private Future<MeetingRow> failed(MeetingRow row, Instant tried, Throwable why) {
    boolean unknown = why instanceof Fault fault && fault.code() == Fault.Code.UNKNOWN;
    String problem =
        unknown
            ? unanswered(row)
            : why instanceof Fault ? String.valueOf(why.getMessage()) : unanswered(row);
    return rows.change(row.id(), now -> given(now, tried, problem, unknown))
        .map(MeetingRows.Changed::after);
  }

  private static String unanswered(MeetingRow row) {
    return "It is not known whether " + row.providerTitle() + " made this meeting.";
  }

  private static MeetingRow given(MeetingRow row, Instant tried, String problem, boolean unknown) {
    if (row.state() != MeetingState.MAKING || !tried.equals(row.when("try"))) {
      return row;
    }
    MeetingRow failed = row.with(MeetingState.FAILED).with("pb", problem);
    // An answer that comes after all is still recognised by the time of the attempt.
    return MeetingCards.announced(unknown ? failed : failed.without("try"));
  }

  /**
   * Goes on with what was left half done: asks if nobody did, and gives up what was not answered.
   */
  Future<MeetingRow> tend(MeetingRow row) {
    if (row.state() != MeetingState.MAKING) {
      return Future.succeededFuture(row);
    }
    Instant tried = row.when("try");
    if (tried == null) {
      return make(row);
    }
    return clock.instant().isBefore(tried.plus(UNANSWERED))
        ? Future.succeededFuture(row)
        : rows.change(row.id(), now -> given(now, tried, unanswered(row), true))
            .map(MeetingRows.Changed::after);
  }

  /** Begins anew with one that failed. */
  Future<MeetingRow> retry(MeetingRow row) {
    return rows.change(
            row.id(), now -> now.state() == MeetingState.FAILED ? again(now, clock.instant()) : now)
        .compose(
            changed ->
                changed.any() ? make(changed.after()) : Future.succeededFuture(changed.after()));
  }

  /** One that was to be held once, and should be going on by now, begins when it is tried again. */
  private static MeetingRow again(MeetingRow row, Instant now) {
    MeetingRow again = row.with(MeetingState.MAKING).without("pb", "try");
    return row.every() == null && row.start().isBefore(now) ? again.with("an", now) : again;
  }

  /** The plan of a wish. */
  static MeetingPlan plan(
      MeetingId id, NewMeeting wanted, String title, Organiser organiser, Instant now) {
    Instant start = wanted.start();
    return new MeetingPlan(
        id.value(),
        title,
        organiser.id(),
        organiser.name(),
        start == null ? Instant.ofEpochMilli(now.toEpochMilli()) : start,
        Duration.ofMinutes(wanted.minutes()),
        wanted.zone(),
        wanted.recurrence(),
        wanted.languages());
  }

  /** Who calls a meeting. */
  record Organiser(AccountId id, String name) {}

  /** The name of a meeting that was given none. */
  static String title(@Nullable String given, String group) {
    return given != null ? given : group.isBlank() ? "Meeting" : group;
  }
}
