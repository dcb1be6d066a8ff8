package chat.plenary.integrations.alertmanager;

import chat.plenary.messaging.content.Bson;
import chat.plenary.messaging.store.Store;
import chat.plenary.messaging.store.StoreException;
import chat.plenary.messaging.store.Update;
import io.vertx.core.Future;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;

/**
 * Remembers which message shows which group of alerts (collection {@code alert_cards}), so that a
 * notification changes its card in place. The ref of each post and edit derives from the row, and
 * the row moves by compare-and-set after the entry is durable: a repetition, a crash between the
 * two and a second node all come to the same card.
 */
final class AlertCards {
  private static final String COLLECTION = "alert_cards";

  private final Store store;

  AlertCards(Store store) {
    this.store = store;
  }

  /**
   * Where a group of alerts stands.
   *
   * @param id hook and group key, hashed
   * @param step how many posts and edits were made; the next one's ref derives from it
   * @param seq the message that shows it, or 0
   * @param shown the hash of what it shows
   * @param resolved whether it shows that all is well again
   */
  record Place(String id, long step, long seq, String shown, boolean resolved) {
    /** The ref of the next post or edit. */
    String ref() {
      return "alert-" + id.substring(0, 32) + "-" + (step + 1);
    }

    /** The message to edit, or 0 for a new one: what fires after all was well is a new card. */
    long target(boolean firing) {
      return resolved && firing ? 0 : seq;
    }
  }

  Future<Place> place(String id) {
    return store
        .get(COLLECTION, List.of(id))
        .compose(
            found -> {
              if (!found.isEmpty()) {
                return Future.succeededFuture(place(found.get(0)));
              }
              BsonDocument row =
                  new BsonDocument("_id", new BsonString(id))
                      .append("step", new BsonInt64(0))
                      .append("seq", new BsonInt64(0))
                      .append("shown", new BsonString(""))
                      .append("resolved", new BsonInt64(0));
              return store
                  .insert(COLLECTION, List.of(row))
                  .map(v -> place(row))
                  .recover(
                      failure ->
                          StoreException.isDuplicate(failure)
                              ? place(id)
                              : Future.failedFuture(failure));
            });
  }

  /**
   * The next step was made: the card of this seq shows this now. False when somebody else moved on
   * meanwhile.
   */
  Future<Boolean> moved(Place from, long seq, String shown, boolean resolved) {
    return store.update(
        COLLECTION,
        Update.of(from.id())
            .expect("step", from.step())
            .set("step", from.step() + 1)
            .set("seq", seq)
            .set("shown", shown)
            .set("resolved", resolved ? 1 : 0));
  }

  private static Place place(BsonDocument row) {
    String shown = Bson.text(row, "shown");
    return new Place(
        row.getString("_id").getValue(),
        Bson.number(row, "step", 0),
        Bson.number(row, "seq", 0),
        shown == null ? "" : shown,
        Bson.number(row, "resolved", 0) == 1);
  }
}
