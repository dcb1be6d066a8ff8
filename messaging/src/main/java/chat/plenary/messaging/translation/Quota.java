package chat.plenary.messaging.translation;

import chat.plenary.messaging.content.Bson;
import chat.plenary.messaging.id.OrganisationId;
import chat.plenary.messaging.log.Timers;
import chat.plenary.messaging.store.Store;
import chat.plenary.messaging.store.StoreException;
import chat.plenary.messaging.store.Update;
import io.vertx.core.Future;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;

/**
 * Characters that an organisation may give to engines a day (UTC), counted for the whole cluster in
 * the collection {@code translation_quotas}. A node takes blocks of the day and gives them away in
 * memory; what is left of its block when it ends is lost for the day.
 */
final class Quota {
  static final String COLLECTION = "translation_quotas";
  private static final int TRIES = 20;

  private final Store store;
  private final Timers timers;
  private final String kind;
  private final long most;
  private final long block;
  private final Map<OrganisationId, Left> left = new HashMap<>();

  private static final class Left {
    String day = "";
    long characters;
    Future<Boolean> taking = Future.succeededFuture(true);
  }

  /**
   * A quota.
   *
   * @param most characters a day; 0 for no such limit
   */
  Quota(Store store, Timers timers, String kind, long most) {
    this.store = store;
    this.timers = timers;
    this.kind = kind;
    this.most = most;
    this.block = Math.max(1, Math.min(20_000, most / 20));
  }

  /** Takes some characters of today; false where there are not as many left. */
  Future<Boolean> take(OrganisationId organisation, int characters) {
    return most == 0 ? Future.succeededFuture(true) : take(organisation, characters, 0);
  }

  private synchronized Future<Boolean> take(OrganisationId organisation, int wanted, int tries) {
    String day = LocalDate.ofInstant(timers.clock().instant(), ZoneOffset.UTC).toString();
    Left mine = left.computeIfAbsent(organisation, id -> new Left());
    if (!mine.day.equals(day)) {
      mine.day = day;
      mine.characters = 0;
    }
    if (mine.characters >= wanted) {
      mine.characters -= wanted;
      return Future.succeededFuture(true);
    }
    if (tries > TRIES) {
      return Future.succeededFuture(false);
    }
    if (mine.taking.isComplete()) {
      mine.taking = more(organisation, day, Math.max(block, wanted), mine, 0);
    }
    return mine.taking.compose(
        got -> got ? take(organisation, wanted, tries + 1) : Future.succeededFuture(false));
  }

  private Future<Boolean> more(
      OrganisationId organisation, String day, long wanted, Left mine, int tries) {
    String id = organisation.value() + "/" + day + "/" + kind;
    return store
        .get(COLLECTION, List.of(id))
        .compose(
            rows -> {
              long used = rows.isEmpty() ? 0 : Bson.number(rows.get(0), "used", 0);
              if (used + wanted > most || tries > TRIES) {
                return Future.succeededFuture(false);
              }
              return moved(id, rows.isEmpty(), used, used + wanted)
                  .compose(
                      moved -> {
                        if (!moved) {
                          return more(organisation, day, wanted, mine, tries + 1);
                        }
                        got(mine, day, wanted);
                        return Future.succeededFuture(true);
                      });
            });
  }

  private Future<Boolean> moved(String id, boolean fresh, long from, long to) {
    if (!fresh) {
      return store.update(COLLECTION, Update.of(id).expect("used", from).set("used", to));
    }
    BsonDocument row =
        new BsonDocument("_id", new BsonString(id)).append("used", new BsonInt64(to));
    return store
        .insert(COLLECTION, List.of(row))
        .map(v -> true)
        .recover(
            failure ->
                StoreException.isDuplicate(failure)
                    ? Future.succeededFuture(false)
                    : Future.failedFuture(failure));
  }

  private synchronized void got(Left mine, String day, long characters) {
    if (mine.day.equals(day)) {
      mine.characters += characters;
    }
  }
}
