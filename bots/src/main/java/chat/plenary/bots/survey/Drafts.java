package chat.plenary.bots.survey;

import chat.plenary.messaging.content.Bson;
import chat.plenary.messaging.store.Index;
import chat.plenary.messaging.store.Query;
import chat.plenary.messaging.store.Store;
import chat.plenary.messaging.store.StoreException;
import chat.plenary.messaging.store.Update;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bson.BsonBinary;
import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

/**
 * Drafts as they are kept: one row a pseudonym, sealed by a key that stands in a row of its own.
 * Rows move by compare-and-set on a version that is drawn anew each time, so that a write that
 * lands late changes nothing, and the row tells nothing of how many steps there were. A row is
 * never deleted while its survey is open: it is what makes sure that one answers once.
 */
final class Drafts {
  static final String ROWS = "survey_drafts";
  static final String KEYS = "survey_keys";
  private static final String SECRETS = "survey_secrets";
  private static final int PAGE = 200;

  private final Store store;
  private final Map<String, byte[]> secrets = new ConcurrentHashMap<>();

  Drafts(Store store) {
    this.store = store;
  }

  /** What stands between a person and an answer. */
  enum Stage {
    /** Being answered. */
    OPEN,
    /** To be sent; nothing can be changed any more. */
    SENDING,
    /** Sent; nothing is left but that it was. */
    DONE,
    /** Deleted before it was sent; one may begin anew. */
    ERASED
  }

  /**
   * A row.
   *
   * @param key the id of the draft's key; empty where there is none
   */
  record Row(String id, Stage stage, String version, String key, BsonBinary sealed) {}

  Future<Void> prepare() {
    return store
        .index(Index.of(ROWS, "s", "i"))
        .compose(v -> store.index(Index.of(ROWS, "s", "st", "i")))
        .compose(v -> store.index(Index.of(KEYS, "s", "i")));
  }

  /** The pseudonym of an account in a run: without the secret nobody can tell whose it is. */
  Future<String> pseudonym(Run run, String account) {
    return secret(run).map(secret -> Cipher.keyed(secret, account));
  }

  Future<@Nullable Row> find(String pseudonym) {
    return store
        .get(ROWS, List.of(pseudonym))
        .map(rows -> rows.isEmpty() ? null : row(rows.get(0)));
  }

  /** The clear text of a row, or null where its key is no more. */
  Future<@Nullable Draft> read(Row row) {
    return key(row).map(key -> key == null ? null : open(row, key));
  }

  static Draft open(Row row, byte[] key) {
    return Draft.decode(Cipher.open(key, row.id(), row.sealed().getData()));
  }

  /** The key of a row, or null where it is no more. */
  Future<byte @Nullable []> key(Row row) {
    if (row.key().isEmpty()) {
      return Future.succeededFuture(null);
    }
    return store
        .get(KEYS, List.of(row.key()))
        .map(found -> found.isEmpty() ? null : found.get(0).getBinary("k").getData());
  }

  /** Makes a draft under a new key; false where another device was faster. */
  Future<Boolean> begin(Run run, String pseudonym, @Nullable Row before, Draft draft) {
    String keyId = Cipher.id();
    byte[] key = Cipher.key();
    BsonDocument keyRow =
        new BsonDocument("_id", new BsonString(keyId))
            .append("i", new BsonString(keyId))
            .append("s", new BsonString(run.key()))
            .append("k", new BsonBinary(key));
    BsonBinary sealed = new BsonBinary(Cipher.seal(key, pseudonym, draft.encode()));
    return forget(before)
        .compose(v -> store.insert(KEYS, List.of(keyRow)))
        .compose(v -> begin(run, pseudonym, before, keyId, sealed))
        .compose(begun -> begun ? Future.succeededFuture(true) : spare(pseudonym, keyId));
  }

  /** Another was faster, or this attempt was after all: only a key that nobody uses is deleted. */
  private Future<Boolean> spare(String pseudonym, String keyId) {
    return find(pseudonym)
        .compose(
            row ->
                row != null && row.key().equals(keyId)
                    ? Future.succeededFuture(true)
                    : delete(keyId).map(v -> false));
  }

  private Future<Boolean> begin(
      Run run, String pseudonym, @Nullable Row before, String keyId, BsonBinary sealed) {
    if (before != null) {
      return store.update(
          ROWS,
          Update.of(pseudonym)
              .expect("v", before.version())
              .set("v", Cipher.id())
              .set("st", Stage.OPEN.name())
              .set("k", keyId)
              .set("x", sealed));
    }
    BsonDocument row =
        new BsonDocument("_id", new BsonString(pseudonym))
            .append("i", new BsonString(pseudonym))
            .append("s", new BsonString(run.key()))
            .append("st", new BsonString(Stage.OPEN.name()))
            .append("v", new BsonString(Cipher.id()))
            .append("k", new BsonString(keyId))
            .append("x", sealed);
    return store
        .insert(ROWS, List.of(row))
        .map(true)
        .recover(
            failure ->
                StoreException.isDuplicate(failure)
                    ? Future.succeededFuture(false)
                    : Future.failedFuture(failure));
  }

  /** Writes the next step, sealed anew; false where another device was faster. */
  Future<Boolean> write(Row row, Draft next, Stage stage) {
    return key(row)
        .compose(
            key ->
                key == null
                    ? Future.succeededFuture(false)
                    : store.update(
                        ROWS,
                        Update.of(row.id())
                            .expect("v", row.version())
                            .set("v", Cipher.id())
                            .set("st", stage.name())
                            .set("x", new BsonBinary(Cipher.seal(key, row.id(), next.encode())))));
  }

  /** Deletes what was answered; false where another device was faster. */
  Future<Boolean> erase(Row row) {
    return store
        .update(
            ROWS,
            Update.of(row.id())
                .expect("v", row.version())
                .set("v", Cipher.id())
                .set("st", Stage.ERASED.name())
                .unset("x"))
        .compose(erased -> erased ? forget(row).map(v -> true) : Future.succeededFuture(false));
  }

  /** The last step of sending: the key goes, and with it the one way from person to answer. */
  Future<Void> cut(Row row) {
    return forget(row)
        .compose(
            v ->
                store.update(
                    ROWS,
                    Update.of(row.id())
                        .expect("v", row.version())
                        .set("v", BsonNull.VALUE)
                        .set("st", Stage.DONE.name())
                        .unset("x")
                        .unset("k")))
        .mapEmpty();
  }

  /** A page of a run's rows. */
  Future<List<Row>> page(Run run, @Nullable String after) {
    Query query = Query.in(ROWS, "i").where("s", run.key()).limit(PAGE);
    return store
        .find(after == null ? query : query.after(new BsonString(after)))
        .map(rows -> rows.stream().map(Drafts::row).toList());
  }

  /** Some of a run's rows that are being sent. */
  Future<List<Row>> sending(Run run) {
    return store
        .find(
            Query.in(ROWS, "i").where("s", run.key()).where("st", Stage.SENDING.name()).limit(PAGE))
        .map(rows -> rows.stream().map(Drafts::row).toList());
  }

  Future<Void> delete(List<Row> rows) {
    return store.delete(ROWS, rows.stream().map(Row::id).toList()).mapEmpty();
  }

  /** Deletes what keys of a run are left, which requests that were cut off may have made. */
  Future<Void> forgetKeys(Run run) {
    return store
        .find(Query.in(KEYS, "i").where("s", run.key()).limit(PAGE))
        .compose(
            rows ->
                rows.isEmpty()
                    ? Future.succeededFuture()
                    : store
                        .delete(
                            KEYS, rows.stream().map(row -> row.getString("_id").getValue()).toList())
                        .compose(v -> forgetKeys(run)));
  }

  /** Forgets a run's secret: its pseudonyms can be told from nobody's any more. */
  Future<Void> forgetSecret(Run run) {
    secrets.remove(run.key());
    return store.delete(SECRETS, List.of(run.key())).mapEmpty();
  }

  /** Deletes the key of a row, where it has one. */
  Future<Void> forget(@Nullable Row row) {
    return row == null || row.key().isEmpty() ? Future.succeededFuture() : delete(row.key());
  }

  private Future<Void> delete(String keyId) {
    return store.delete(KEYS, List.of(keyId)).mapEmpty();
  }

  /** The run's secret; whoever comes first makes it, and all read back which one it is. */
  private Future<byte[]> secret(Run run) {
    byte[] known = secrets.get(run.key());
    if (known != null) {
      return Future.succeededFuture(known);
    }
    return stored(run)
        .compose(
            found -> {
              if (found != null) {
                return Future.succeededFuture(found);
              }
              BsonDocument row =
                  new BsonDocument("_id", new BsonString(run.key()))
                      .append("k", new BsonBinary(Cipher.key()));
              return store
                  .insert(SECRETS, List.of(row))
                  .recover(
                      failure ->
                          StoreException.isDuplicate(failure)
                              ? Future.succeededFuture()
                              : Future.failedFuture(failure))
                  .compose(v -> stored(run))
                  .map(
                      agreed -> {
                        if (agreed == null) {
                          throw new StoreException(
                              StoreException.Kind.UNKNOWN, "a secret was deleted meanwhile", null);
                        }
                        return agreed;
                      });
            })
        .onSuccess(secret -> secrets.put(run.key(), secret));
  }

  private Future<byte @Nullable []> stored(Run run) {
    return store
        .get(SECRETS, List.of(run.key()))
        .map(rows -> rows.isEmpty() ? null : rows.get(0).getBinary("k").getData());
  }

  private static Row row(BsonDocument row) {
    String version = Bson.text(row, "v");
    String key = Bson.text(row, "k");
    return new Row(
        row.getString("_id").getValue(),
        Stage.valueOf(row.getString("st").getValue()),
        version == null ? "" : version,
        key == null ? "" : key,
        row.get("x") instanceof BsonBinary sealed ? sealed : new BsonBinary(new byte[0]));
  }
}
