package chat.plenary.messaging.account;

import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.id.OrganisationId;
import chat.plenary.messaging.store.Index;
import chat.plenary.messaging.store.Query;
import chat.plenary.messaging.store.Store;
import chat.plenary.messaging.store.StoreException;
import chat.plenary.messaging.store.Sweep;
import chat.plenary.messaging.store.Update;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

/**
 * How often signing in is tried. An account's attempts are counted in the store, before the
 * password is looked at, so that they hold over all nodes and for any number at once. An address's
 * failures are counted in this node's memory.
 */
final class Attempts {
  static final String COLLECTION = "attempts";

  private static final int ADDRESSES = 100_000;

  /** Unknown userids share so many rows, so that guessing names cannot fill the store. */
  private static final int UNKNOWN = 4_096;

  private static final int RACES = 5;

  private final Store store;
  private final Clock clock;
  private final Bucket perAccount;
  private final Bucket perAddress;

  private final Map<String, Long> addresses =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > ADDRESSES;
        }
      };

  Attempts(Store store, Limits limits, Clock clock) {
    this.store = store;
    this.clock = clock;
    this.perAccount = new Bucket(limits.accountAttempts(), limits.accountRefill());
    this.perAddress = new Bucket(limits.addressAttempts(), limits.addressRefill());
  }

  static Index index() {
    return Index.of(COLLECTION, "full");
  }

  /** Fails as too many for an address that failed too often. */
  Future<Void> check(String address) {
    long now = clock.millis();
    int wait;
    synchronized (addresses) {
      wait = perAddress.waitSeconds(addresses.getOrDefault(address, 0L), now);
    }
    return wait > 0 ? Future.failedFuture(tooMany(wait)) : Future.succeededFuture();
  }

  /** Counts a failure of an address. */
  void failed(String address) {
    long now = clock.millis();
    synchronized (addresses) {
      addresses.put(address, perAddress.after(addresses.getOrDefault(address, 0L), now));
    }
  }

  /** The row in which the attempts at an account, or at a userid that nobody has, are counted. */
  static String row(
      @Nullable OrganisationId organisation, String userid, @Nullable Account account) {
    if (account != null) {
      return account.id().value();
    }
    String of = (organisation == null ? "" : organisation.value()) + "/" + Account.folded(userid);
    return "unknown/" + Math.floorMod(new Secret(of).hash().hashCode(), UNKNOWN);
  }

  /** Counts an attempt; fails as too many where there were enough. */
  Future<Void> take(String row) {
    return take(row, RACES);
  }

  /** Forgets the attempts at an account that has now signed in. */
  Future<Void> succeeded(String row) {
    return store.delete(COLLECTION, List.of(row)).compose(deleted -> sweep());
  }

  private Future<Void> take(String row, int races) {
    if (races == 0) {
      return Future.failedFuture(tooMany(1));
    }
    return store
        .get(COLLECTION, List.of(row))
        .compose(
            rows -> {
              long now = clock.millis();
              long full = rows.isEmpty() ? 0 : rows.get(0).getNumber("full").longValue();
              int wait = perAccount.waitSeconds(full, now);
              if (wait > 0) {
                return Future.failedFuture(tooMany(wait));
              }
              long next = perAccount.after(full, now);
              return write(row, rows.isEmpty() ? null : full, next)
                  .compose(won -> won ? Future.<Void>succeededFuture() : take(row, races - 1));
            });
  }

  private Future<Boolean> write(String row, @Nullable Long before, long next) {
    if (before != null) {
      return store.update(COLLECTION, Update.of(row).expect("full", before).set("full", next));
    }
    BsonDocument fresh =
        new BsonDocument("_id", new BsonString(row)).append("full", new BsonInt64(next));
    return store
        .insert(COLLECTION, List.of(fresh))
        .map(true)
        .recover(
            failure ->
                StoreException.isDuplicate(failure)
                    ? Future.succeededFuture(false)
                    : Future.failedFuture(failure));
  }

  private Future<Void> sweep() {
    return Sweep.of(store, Query.in(COLLECTION, "full"), clock.millis());
  }

  private static Fault tooMany(int wait) {
    return Fault.tooMany("Too many attempts to sign in.", wait);
  }
}
