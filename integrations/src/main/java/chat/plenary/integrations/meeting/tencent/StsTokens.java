package chat.plenary.integrations.meeting.tencent;

import chat.plenary.messaging.content.Bson;
import chat.plenary.messaging.store.Store;
import chat.plenary.messaging.store.StoreException;
import chat.plenary.messaging.store.Update;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

/**
 * The STS token that some calls about recordings need. The platform gives it by webhook only, to
 * whichever node got that; so it is kept in the store (collection {@code meeting_tokens}, one row a
 * provider), until it is over. It opens recordings for some minutes and nothing else.
 */
final class StsTokens {
  private static final String COLLECTION = "meeting_tokens";

  private final Store store;
  private final String provider;
  private final Clock clock;

  StsTokens(Store store, String provider, Clock clock) {
    this.store = store;
    this.provider = provider;
    this.clock = clock;
  }

  /** Keeps a token; a later one replaces it. */
  Future<Void> keep(String token, Instant expires) {
    BsonDocument row =
        new BsonDocument("_id", new BsonString(provider))
            .append("token", new BsonString(token))
            .append("expires", new BsonInt64(expires.toEpochMilli()));
    return store
        .insert(COLLECTION, List.of(row))
        .recover(
            failure ->
                StoreException.isDuplicate(failure)
                    ? store
                        .update(
                            COLLECTION,
                            Update.of(provider)
                                .set("token", token)
                                .set("expires", expires.toEpochMilli()))
                        .mapEmpty()
                    : Future.failedFuture(failure));
  }

  /** The token, or null where there is none that is still good. */
  Future<@Nullable String> token() {
    return store
        .get(COLLECTION, List.of(provider))
        .map(
            rows ->
                rows.isEmpty() || Bson.number(rows.get(0), "expires", 0) <= clock.millis()
                    ? null
                    : Bson.text(rows.get(0), "token"));
  }
}
