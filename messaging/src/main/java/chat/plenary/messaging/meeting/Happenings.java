package chat.plenary.messaging.meeting;

import chat.plenary.messaging.id.AccountId;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What providers tell. Each event is judged by its own time, so that it does not matter how often
 * and in which order they come; it is taken when the store has it. What follows from it (the card,
 * counts, telling sessions) is begun then, and the upkeep goes on with it should this node die.
 */
final class Happenings implements MeetingEvents {
  private final MeetingRows rows;
  private final People people;
  private final MeetingAccounts accounts;
  private final Tidings tidings;
  private final Following following;
  private final Clock clock;
  private volatile Hearing hearing = (meeting, said) -> Future.succeededFuture();

  /** What follows a change of a row. */
  @FunctionalInterface
  interface Following {
    /** Brings the group up to the row; bounded, and repaired by the upkeep where it fails. */
    void follow(MeetingRow row);
  }

  Happenings(
      MeetingRows rows,
      People people,
      MeetingAccounts accounts,
      Tidings tidings,
      Following following,
      Clock clock) {
    this.rows = rows;
    this.people = people;
    this.accounts = accounts;
    this.tidings = tidings;
    this.following = following;
    this.clock = clock;
  }

  void hearing(Hearing whoever) {
    hearing = whoever;
  }

  Hearing hearing() {
    return hearing;
  }

  @Override
  public Future<Void> take(String provider, MeetingEvent event) {
    return rows.find(provider, event.external())
        .compose(found -> found.isEmpty() ? Future.succeededFuture() : take(found.get(), event));
  }

  private Future<Void> take(MeetingRow row, MeetingEvent event) {
    if (event instanceof MeetingEvent.Said said) {
      return hearing.said(row.meeting(), said);
    } else if (event instanceof MeetingEvent.Started started) {
      return change(row, now -> Course.started(now, started.at()));
    } else if (event instanceof MeetingEvent.Ended ended) {
      return change(row, now -> Course.ended(now, ended.at(), ended.mayReopen()));
    } else if (event instanceof MeetingEvent.Joined joined) {
      return person(row, joined, joined.participant(), true)
          .compose(v -> change(row, now -> Course.started(now, joined.at())));
    } else if (event instanceof MeetingEvent.Left left) {
      return person(row, left, left.participant(), false);
    } else if (event instanceof MeetingEvent.Ready) {
      return change(row, now -> now.with("af", clock.instant()).without("afn"));
    }
    return change(row, Course::cancelled);
  }

  private Future<Void> change(MeetingRow row, UnaryOperator<MeetingRow> change) {
    return rows.change(row.id(), change)
        .map(
            changed -> {
              if (changed.any()) {
                following.follow(changed.after());
                tidings.people(changed.after());
              }
              return null;
            });
  }

  private Future<Void> person(
      MeetingRow row, MeetingEvent event, Participant participant, boolean came) {
    int occurrence = Course.occurrence(row, event.at());
    return accounts
        .of(row.organisation(), participant)
        .compose(
            account ->
                people.record(
                    row,
                    occurrence,
                    participant,
                    id(account),
                    came ? event.at() : null,
                    came ? null : event.at()))
        .onSuccess(v -> tidings.people(row));
  }

  private static @Nullable AccountId id(Optional<AccountId> account) {
    return account.orElse(null);
  }
}
