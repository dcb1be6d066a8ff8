package chat.plenary.bots.wecom;

import chat.plenary.messaging.store.Query;
import chat.plenary.messaging.store.Store;
import chat.plenary.messaging.store.StoreException;
import io.vertx.core.Future;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.bson.BsonDocument;
import org.bson.BsonString;

/**
 * Rows of which each owner has so many places and no more: a row's id is the owner and the number
 * of its place, so the limit holds whoever takes places at once, on whatever nodes.
 */
final class Places {
  private static final int RACES = 10;

  private final Store store;
  private final String collection;
  private final int most;

  Places(Store store, String collection, int most) {
    this.store = store;
    this.collection = collection;
    this.most = most;
  }

  static String id(String owner, int place) {
    return "%s/%03d".formatted(owner, place);
  }

  /** The number of the place that an id names. */
  static int place(String id) {
    return Integer.parseInt(id.substring(id.lastIndexOf('/') + 1));
  }

  /**
   * The rows of an owner, in the order of their places.
   *
   * @param after the place after which to begin; -1 for all
   */
  Future<List<BsonDocument>> of(String owner, int after, int limit) {
    return store.find(
        Query.in(collection, "_id")
            .after(new BsonString(after < 0 ? owner + "/" : id(owner, after)))
            .before(new BsonString(owner + "0"))
            .limit(limit));
  }

  /**
   * Takes the first place that is free.
   *
   * @param row makes the row for an id
   * @param full what to fail with where none is free
   */
  Future<BsonDocument> take(
      String owner, Function<String, BsonDocument> row, Function<Integer, Throwable> full) {
    return take(owner, row, full, RACES);
  }

  private Future<BsonDocument> take(
      String owner,
      Function<String, BsonDocument> row,
      Function<Integer, Throwable> full,
      int races) {
    return of(owner, -1, most)
        .compose(
            taken -> {
              int free = free(taken);
              if (free >= most || races == 0) {
                return Future.failedFuture(full.apply(most));
              }
              BsonDocument made = row.apply(id(owner, free));
              return store
                  .insert(collection, List.of(made))
                  .map(made)
                  .recover(
                      failure ->
                          StoreException.isDuplicate(failure)
                              ? take(owner, row, full, races - 1)
                              : Future.failedFuture(failure));
            });
  }

  private static int free(List<BsonDocument> taken) {
    Set<Integer> places = new HashSet<>();
    taken.forEach(row -> places.add(place(row.getString("_id").getValue())));
    int free = 0;
    while (places.contains(free)) {
      free++;
    }
    return free;
  }
}
