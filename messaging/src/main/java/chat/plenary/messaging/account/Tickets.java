package chat.plenary.messaging.account;

import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.OrganisationId;
import chat.plenary.messaging.store.Index;
import chat.plenary.messaging.store.Query;
import chat.plenary.messaging.store.Store;
import chat.plenary.messaging.store.Sweep;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;

/** One-use tickets to sign in with, kept as hashes. */
final class Tickets {
  static final String COLLECTION = "tickets";

  private static final String PREFIX = "t1.";
  private static final int MAX_LENGTH = 100;

  /**
   * Whom a ticket signs in.
   *
   * @param born the number of the organisation's log at which it was made
   */
  record Bearer(OrganisationId organisation, AccountId account, long born) {}

  private final Store store;
  private final Duration life;
  private final Clock clock;

  Tickets(Store store, Duration life, Clock clock) {
    this.store = store;
    this.life = life;
    this.clock = clock;
  }

  static Index index() {
    return Index.of(COLLECTION, "x");
  }

  /** Makes tickets; 1 to 1,000. */
  Future<List<Secret>> make(OrganisationId organisation, AccountId account, long born, int count) {
    long now = clock.millis();
    List<Secret> tickets = new ArrayList<>();
    List<BsonDocument> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Secret ticket = Secret.random(PREFIX);
      tickets.add(ticket);
      rows.add(
          new BsonDocument("_id", new BsonString(ticket.hash()))
              .append("o", new BsonString(organisation.value()))
              .append("a", new BsonString(account.value()))
              .append("born", new BsonInt64(born))
              .append("x", new BsonInt64(now + life.toMillis())));
    }
    Future<Void> stored = Sweep.of(store, Query.in(COLLECTION, "x"), now);
    for (int from = 0; from < count; from += Store.MAX_RUN) {
      List<BsonDocument> run = rows.subList(from, Math.min(count, from + Store.MAX_RUN));
      stored = stored.compose(before -> store.insert(COLLECTION, run));
    }
    return stored.map(tickets);
  }

  /** Uses a ticket up: of any number who show it at once, one is let in. */
  Future<Bearer> use(String ticket) {
    if (!ticket.startsWith(PREFIX) || ticket.length() > MAX_LENGTH) {
      return Future.failedFuture(refused());
    }
    String hash = new Secret(ticket).hash();
    return store
        .get(COLLECTION, List.of(hash))
        .compose(
            rows -> {
              if (rows.isEmpty() || rows.get(0).getNumber("x").longValue() <= clock.millis()) {
                return Future.failedFuture(refused());
              }
              return store
                  .delete(COLLECTION, List.of(hash))
                  .compose(
                      deleted ->
                          deleted == 1
                              ? Future.succeededFuture(bearer(rows.get(0)))
                              : Future.failedFuture(refused()));
            });
  }

  private static Bearer bearer(BsonDocument row) {
    return new Bearer(
        new OrganisationId(row.getString("o").getValue()),
        new AccountId(row.getString("a").getValue()),
        row.getNumber("born").longValue());
  }

  static Fault refused() {
    return Fault.of(Fault.Code.UNAUTHENTICATED, "The ticket is used, expired or not genuine.");
  }
}
