package chat.plenary.messaging.account;

import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.OrganisationId;
import chat.plenary.messaging.store.Store;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

/** The tokens of bots: they do not expire, and are kept as hashes. */
final class BotTokens {
  static final String COLLECTION = "bot_tokens";
  static final String PREFIX = "b1.";

  private static final int MAX_LENGTH = 100;
  private static final int CACHED = 10_000;

  /**
   * Whose a token is.
   *
   * @param born the number of the organisation's log at which it was made
   */
  record Held(AccountId account, OrganisationId organisation, long born) {}

  private final Store store;
  private final Clock clock;

  // What a token's hash names never changes; whether it still holds is judged by the roster.
  private final Map<String, Held> known =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Held> eldest) {
          return size() > CACHED;
        }
      };

  BotTokens(Store store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /** Makes a token for a bot. */
  Future<Secret> make(OrganisationId organisation, AccountId bot, long born) {
    Secret secret = Secret.random(PREFIX);
    BsonDocument row =
        new BsonDocument("_id", new BsonString(secret.hash()))
            .append("o", new BsonString(organisation.value()))
            .append("a", new BsonString(bot.value()))
            .append("born", new BsonInt64(born))
            .append("at", new BsonDateTime(clock.millis()));
    return store.insert(COLLECTION, List.of(row)).map(secret);
  }

  /** Finds whose a token is; fails as unauthenticated where it is nobody's. */
  Future<Held> find(String token) {
    if (token.length() > MAX_LENGTH) {
      return Future.failedFuture(Tokens.refused());
    }
    String hash = new Secret(token).hash();
    Held held = cached(hash);
    if (held != null) {
      return Future.succeededFuture(held);
    }
    return store.get(COLLECTION, List.of(hash)).compose(rows -> remember(hash, rows));
  }

  private Future<Held> remember(String hash, List<BsonDocument> rows) {
    if (rows.isEmpty()) {
      return Future.failedFuture(Tokens.refused());
    }
    BsonDocument row = rows.get(0);
    Held held =
        new Held(
            new AccountId(row.getString("a").getValue()),
            new OrganisationId(row.getString("o").getValue()),
            row.getNumber("born").longValue());
    synchronized (known) {
      known.put(hash, held);
    }
    return Future.succeededFuture(held);
  }

  private @Nullable Held cached(String hash) {
    synchronized (known) {
      return known.get(hash);
    }
  }
}
