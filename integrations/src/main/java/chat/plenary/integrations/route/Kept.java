package chat.plenary.integrations.route;

import chat.plenary.messaging.content.Bson;
import chat.plenary.messaging.store.Query;
import chat.plenary.messaging.store.Store;
import chat.plenary.messaging.store.StoreException;
import chat.plenary.messaging.store.Update;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.BsonString;

/**
 * The last good text of each file (collection {@code route_files}): a node that starts while a file
 * is bad goes on with that. The newest good text of any node is kept; nodes are to have the same
 * folder.
 */
final class Kept {
  private static final String COLLECTION = "route_files";

  private final Store store;

  Kept(Store store) {
    this.store = store;
  }

  /** All texts by the names of their files. */
  Future<Map<String, String>> all() {
    return store
        .find(Query.in(COLLECTION, "_id").limit(Store.MAX_FOUND))
        .map(
            rows -> {
              Map<String, String> texts = new LinkedHashMap<>();
              for (BsonDocument row : rows) {
                String text = Bson.text(row, "text");
                texts.put(row.getString("_id").getValue(), text == null ? "" : text);
              }
              return texts;
            });
  }

  Future<Void> keep(String file, String text) {
    BsonDocument row =
        new BsonDocument("_id", new BsonString(file)).append("text", new BsonString(text));
    return store
        .insert(COLLECTION, List.of(row))
        .recover(
            failure ->
                StoreException.isDuplicate(failure)
                    ? store.update(COLLECTION, Update.of(file).set("text", text)).mapEmpty()
                    : Future.failedFuture(failure));
  }

  Future<Void> forget(String file) {
    return store.delete(COLLECTION, List.of(file)).mapEmpty();
  }
}
