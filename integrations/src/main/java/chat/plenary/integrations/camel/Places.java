package chat.plenary.integrations.camel;

import chat.plenary.messaging.content.Bson;
import chat.plenary.messaging.store.Store;
import chat.plenary.messaging.store.StoreException;
import chat.plenary.messaging.store.Update;
import io.vertx.core.Future;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

/**
 * How far each consumer has come, and whose turn it is (collection {@code consumers}).
 *
 * <p>Whoever holds a row raises its beat. Others take it over when they saw the same beat for as
 * long as a holder may be silent, by their own elapsed time: no clock is compared with another.
 * Every change is made by compare-and-set on the holder, and the place moves only from where the
 * holder knows it to be: two that both believe it is their turn do the same work twice, and the
 * place moves once.
 */
final class Places {
  private static final String COLLECTION = "consumers";

  private final Store store;

  Places(Store store) {
    this.store = store;
  }

  /**
   * A row.
   *
   * @param seq the entry up to which everything is settled
   * @param holder whose turn it is; empty for nobody's
   * @param beat what the holder raises
   */
  record Place(long seq, String holder, long beat) {}

  Future<@Nullable Place> find(String id) {
    return store
        .get(COLLECTION, List.of(id))
        .map(
            found ->
                found.isEmpty()
                    ? null
                    : new Place(
                        Bson.number(found.get(0), "seq", 0),
                        found.get(0).getString("holder").getValue(),
                        Bson.number(found.get(0), "beat", 0)));
  }

  /** Makes a row that is nobody's, or leaves the one that is there. */
  Future<Void> make(String id, long seq) {
    BsonDocument row =
        new BsonDocument("_id", new BsonString(id))
            .append("seq", new BsonInt64(seq))
            .append("holder", new BsonString(""))
            .append("beat", new BsonInt64(0));
    return store
        .insert(COLLECTION, List.of(row))
        .recover(
            failure ->
                StoreException.isDuplicate(failure)
                    ? Future.succeededFuture()
                    : Future.failedFuture(failure));
  }

  /** Takes a row over as it was seen; whether that went well. */
  Future<Boolean> take(String id, Place seen, String holder) {
    return store.update(
        COLLECTION,
        Update.of(id)
            .expect("holder", seen.holder())
            .expect("beat", seen.beat())
            .set("holder", holder)
            .inc("beat", 1));
  }

  /** Keeps a row; whether it is still the holder's. */
  Future<Boolean> keep(String id, String holder) {
    return store.update(COLLECTION, Update.of(id).expect("holder", holder).inc("beat", 1));
  }

  /** Moves the place; whether it was there and the holder's. */
  Future<Boolean> move(String id, String holder, long from, long to) {
    return store.update(
        COLLECTION,
        Update.of(id).expect("holder", holder).expect("seq", from).set("seq", to).inc("beat", 1));
  }

  /** Lets go of a row, so that others need not wait. */
  Future<Boolean> release(String id, String holder) {
    return store.update(
        COLLECTION, Update.of(id).expect("holder", holder).set("holder", "").inc("beat", 1));
  }
}
