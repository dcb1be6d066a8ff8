package chat.plenary.messaging.organisation;

import chat.plenary.messaging.id.SessionId;
import java.time.Duration;
import java.time.Instant;

/**
 * The sessions that were ended one by one, for at least as long as an access token of theirs can
 * live. Kept in two generations, so that forgetting costs nothing. Immutable.
 */
final class Ended {
  /** Longer than any access token lives, by half as much again for clocks that differ. */
  static final Duration REMEMBERED = Duration.ofMinutes(15);

  static final Ended NONE = new Ended(Table.empty(), Table.empty(), Instant.MIN);

  private final Table<SessionId, Instant> recent;
  private final Table<SessionId, Instant> older;
  private final Instant since;

  private Ended(Table<SessionId, Instant> recent, Table<SessionId, Instant> older, Instant since) {
    this.recent = recent;
    this.older = older;
    this.since = since;
  }

  boolean contains(SessionId session) {
    return recent.get(session) != null || older.get(session) != null;
  }

  int size() {
    return recent.size() + older.size();
  }

  /** The same with one more, ended at {@code at}. */
  Ended with(SessionId session, Instant at) {
    if (since.equals(Instant.MIN)) {
      return new Ended(recent.with(session, at), older, at);
    }
    return Duration.between(since, at).compareTo(REMEMBERED) < 0
        ? new Ended(recent.with(session, at), older, since)
        : new Ended(Table.<SessionId, Instant>empty().with(session, at), recent, at);
  }
}
