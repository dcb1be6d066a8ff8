package chat.plenary.messaging.store;

import io.vertx.core.Future;
import java.util.Collection;
import org.bson.BsonInt64;

/**
 * Forgets rows whose time is over. Whoever adds a row sweeps up to 20 old ones, so that there are
 * never many and no timer is needed.
 */
public final class Sweep {
  private static final int MOST = 20;

  private Sweep() {}

  /**
   * Deletes some of the oldest rows.
   *
   * @param rows a collection by the field that holds the end of a row's time in milliseconds
   * @return always succeeds: what is left is swept the next time
   */
  public static Future<Void> of(Store store, Query rows, long now) {
    return store
        .find(rows.before(new BsonInt64(now)).limit(MOST))
        .compose(
            old -> {
              Collection<String> ids =
                  old.stream().map(row -> row.getString("_id").getValue()).toList();
              return ids.isEmpty()
                  ? Future.succeededFuture(0)
                  : store.delete(rows.collection(), ids);
            })
        .<Void>mapEmpty()
        .recover(failure -> Future.succeededFuture());
  }
}
