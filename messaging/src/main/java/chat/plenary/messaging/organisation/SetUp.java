package chat.plenary.messaging.organisation;

import chat.plenary.messaging.account.Account;
import chat.plenary.messaging.account.Secret;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.id.OrganisationId;
import chat.plenary.messaging.store.Store;
import chat.plenary.messaging.store.StoreException;
import chat.plenary.messaging.store.Update;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * How the first organisation comes about: a starting node that finds none offers a token; whoever
 * holds it makes the organisation and its owner, once. One row of the store sees to it that only
 * one is made, however many nodes offer tokens.
 */
public final class SetUp {
  private static final String COLLECTION = "setup";
  private static final String ROW = "setup";

  /** Tokens offered by so many starts are good at once; older ones are forgotten. */
  private static final int TOKENS = 16;

  private static final int RACES = 5;

  private final Store store;
  private final Organisations organisations;

  SetUp(Store store, Organisations organisations) {
    this.store = store;
    this.organisations = organisations;
  }

  /** A token for the one-use link; null where the server has an organisation. */
  public Future<@Nullable Secret> offer() {
    return organisations
        .any()
        .compose(any -> any ? Future.succeededFuture(null) : offer(Secret.random("s1."), RACES));
  }

  /**
   * Makes the first organisation.
   *
   * @param password of the owner; 8 to 256 characters
   * @return fails as unauthenticated where the token is not genuine, as gone where the server is
   *     set up
   */
  public Future<OrganisationId> complete(
      String token, String name, String userid, String ownerName, String password) {
    String claim = Names.folded(name) + "/" + Account.folded(userid);
    return store
        .get(COLLECTION, List.of(ROW))
        .compose(
            rows -> {
              if (rows.isEmpty() || !isOffered(rows.get(0), new Secret(token))) {
                return Future.failedFuture(refused());
              }
              return organisations
                  .any()
                  .compose(any -> any ? Future.failedFuture(gone()) : claim(rows.get(0), claim));
            })
        .compose(claimed -> organisations.create(name, userid, ownerName, password));
  }

  private Future<@Nullable Secret> offer(Secret secret, int races) {
    return store
        .get(COLLECTION, List.of(ROW))
        .compose(
            rows -> {
              if (rows.isEmpty()) {
                return insert(secret);
              }
              BsonDocument row = rows.get(0);
              List<BsonValue> hashes = new ArrayList<>(row.getArray("hashes").getValues());
              hashes.add(new BsonString(secret.hash()));
              while (hashes.size() > TOKENS) {
                hashes.remove(0);
              }
              return store.update(
                  COLLECTION,
                  Update.of(ROW)
                      .expect("v", row.getNumber("v"))
                      .inc("v", 1)
                      .set("hashes", new BsonArray(hashes)));
            })
        .compose(
            won -> {
              if (won) {
                return Future.succeededFuture(secret);
              }
              return races > 0
                  ? offer(secret, races - 1)
                  : Future.failedFuture(
                      Fault.of(Fault.Code.UNAVAILABLE, "Too many nodes start at once."));
            });
  }

  private Future<Boolean> insert(Secret secret) {
    BsonDocument row =
        new BsonDocument("_id", new BsonString(ROW))
            .append("v", new BsonInt64(0))
            .append("hashes", new BsonArray(List.of(new BsonString(secret.hash()))))
            .append("claim", new BsonString(""));
    return store
        .insert(COLLECTION, List.of(row))
        .map(true)
        .recover(
            failure ->
                StoreException.isDuplicate(failure)
                    ? Future.succeededFuture(false)
                    : Future.failedFuture(failure));
  }

  /** The first claim holds; the same one again goes on where it was cut short. */
  private Future<Void> claim(BsonDocument row, String claim) {
    String before = Bodies.text(row, "claim");
    if (before.equals(claim)) {
      return Future.succeededFuture();
    }
    if (!before.isEmpty()) {
      return Future.failedFuture(gone());
    }
    return store
        .update(COLLECTION, Update.of(ROW).expect("claim", "").set("claim", claim))
        .compose(won -> won ? Future.succeededFuture() : Future.failedFuture(gone()));
  }

  private static boolean isOffered(BsonDocument row, Secret shown) {
    return row.getArray("hashes").contains(new BsonString(shown.hash()));
  }

  private static Fault refused() {
    return Fault.of(Fault.Code.UNAUTHENTICATED, "token", "The set-up link is not genuine.");
  }

  private static Fault gone() {
    return Fault.of(Fault.Code.GONE, "This server is set up already: sign in.");
  }
}
