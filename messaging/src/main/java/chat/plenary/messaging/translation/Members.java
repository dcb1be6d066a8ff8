package chat.plenary.messaging.translation;

import chat.plenary.messaging.content.Bson;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.log.Timers;
import chat.plenary.messaging.store.Store;
import chat.plenary.messaging.store.StoreException;
import chat.plenary.messaging.store.Update;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

/** The language that each member reads and writes, as they said themselves. */
final class Members {
  static final String COLLECTION = "languages";
  private static final Duration KEPT = Duration.ofSeconds(30);
  private static final int MOST = 10_000;

  private final Store store;
  private final Timers timers;
  private final Map<AccountId, Known> known =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<AccountId, Known> eldest) {
          return size() > MOST;
        }
      };

  private record Known(@Nullable String language, long at) {}

  Members(Store store, Timers timers) {
    this.store = store;
    this.timers = timers;
  }

  /** What a member said; other nodes learn of a change within 30 s. */
  Future<Optional<String>> language(AccountId account) {
    synchronized (known) {
      Known one = known.get(account);
      if (one != null && timers.elapsed() - one.at() < KEPT.toMillis()) {
        return Future.succeededFuture(Optional.ofNullable(one.language()));
      }
    }
    return stored(account)
        .map(
            found -> {
              remember(account, found.orElse(null));
              return found;
            });
  }

  Future<Optional<String>> stored(AccountId account) {
    return store
        .get(COLLECTION, List.of(account.value()))
        .map(
            rows ->
                Optional.ofNullable(rows.isEmpty() ? null : Bson.text(rows.get(0), "language")));
  }

  Future<Void> set(AccountId account, @Nullable String language) {
    Future<Void> done;
    if (language == null) {
      done = store.delete(COLLECTION, List.of(account.value())).mapEmpty();
    } else {
      BsonDocument row =
          new BsonDocument("_id", new BsonString(account.value()))
              .append("language", new BsonString(language));
      done =
          store
              .insert(COLLECTION, List.of(row))
              .recover(
                  failure ->
                      StoreException.isDuplicate(failure)
                          ? store
                              .update(
                                  COLLECTION, Update.of(account.value()).set("language", language))
                              .mapEmpty()
                          : Future.failedFuture(failure));
    }
    return done.onSuccess(v -> remember(account, language));
  }

  private void remember(AccountId account, @Nullable String language) {
    synchronized (known) {
      known.put(account, new Known(language, timers.elapsed()));
    }
  }
}
