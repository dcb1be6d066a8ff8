package chat.plenary.messaging.account;

import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.store.Store;
import chat.plenary.messaging.store.StoreException;
import chat.plenary.messaging.store.Update;
import io.vertx.core.Future;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

/** The stored password hashes. */
final class Credentials {
  static final String COLLECTION = "credentials";

  private final Store store;
  private final Passwords passwords;

  Credentials(Store store, Passwords passwords) {
    this.store = store;
    this.passwords = passwords;
  }

  /** Gives an account a password. */
  Future<Void> set(AccountId account, String password) {
    return passwords.hash(password).compose(hash -> write(account, hash));
  }

  /**
   * Whether a password is the account's. It costs the same time where there is no account or it has
   * no password.
   */
  Future<Boolean> matches(@Nullable Account account, String password) {
    String id = account == null ? "nobody" : account.id().value();
    return store
        .get(COLLECTION, List.of(id))
        .compose(
            rows -> {
              String hash = rows.isEmpty() ? null : rows.get(0).getString("p").getValue();
              return passwords
                  .matches(hash, password)
                  .compose(
                      right ->
                          right && hash != null && account != null && passwords.isOutdated(hash)
                              ? renew(account.id(), hash, password)
                              : Future.succeededFuture(right));
            });
  }

  /** Hashes a right password anew, unless it was changed meanwhile. */
  private Future<Boolean> renew(AccountId account, String before, String password) {
    return passwords
        .hash(password)
        .compose(
            hash ->
                store.update(
                    COLLECTION, Update.of(account.value()).expect("p", before).set("p", hash)))
        .otherwise(true)
        .map(true);
  }

  private Future<Void> write(AccountId account, String hash) {
    BsonDocument row =
        new BsonDocument("_id", new BsonString(account.value())).append("p", new BsonString(hash));
    return store
        .insert(COLLECTION, List.of(row))
        .recover(
            failure ->
                StoreException.isDuplicate(failure)
                    ? store.update(COLLECTION, Update.of(account.value()).set("p", hash)).mapEmpty()
                    : Future.failedFuture(failure));
  }
}
