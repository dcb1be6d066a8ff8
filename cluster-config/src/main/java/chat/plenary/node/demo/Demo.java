package chat.plenary.node.demo;

import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.log.Timers;
import chat.plenary.messaging.store.Store;
import chat.plenary.messaging.store.StoreException;
import chat.plenary.messaging.store.Update;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;

/**
 * Fills a store for trying things out, once: one row holds a seed, from which passwords and the
 * secrets of hooks derive, who fills at present, and at the end what was made. Of several nodes
 * that start at once one fills and the others wait; a node that starts later only reads.
 *
 * <p>The row makes everything of the demonstration known to whoever reads the store. That is what
 * it is for, and why it is never for an organisation of real people.
 */
public final class Demo {
  private static final String COLLECTION = "demo";
  private static final String ROW = "demo";
  private static final int SEED_BYTES = 24;

  /** After what time without an end another node takes over. */
  private static final Duration TAKEN_OVER = Duration.ofSeconds(60);

  private static final Duration LOOK_AGAIN = Duration.ofMillis(300);

  private final Store store;
  private final Timers timers;
  private final Filling filling;

  public Demo(Store store, Timers timers, Filling filling) {
    this.store = store;
    this.timers = timers;
    this.filling = filling;
  }

  /**
   * Fills the store where it is empty.
   *
   * @return what {@code demo.json} says, but for the base URL; fails as conflict where the store
   *     holds an organisation that is not for trying things out
   */
  public Future<JsonObject> facts() {
    return store
        .get(COLLECTION, List.of(ROW))
        .compose(
            rows -> {
              if (rows.isEmpty()) {
                return filling
                    .isFree()
                    .compose(free -> free ? begin() : Future.<JsonObject>failedFuture(occupied()));
              }
              BsonDocument row = rows.get(0);
              String facts = row.getString("facts").getValue();
              return facts.isEmpty() ? claim(row) : Future.succeededFuture(new JsonObject(facts));
            });
  }

  private Future<JsonObject> begin() {
    byte[] seed = new byte[SEED_BYTES];
    new SecureRandom().nextBytes(seed);
    BsonDocument row =
        new BsonDocument("_id", new BsonString(ROW))
            .append(
                "seed",
                new BsonString(Base64.getUrlEncoder().withoutPadding().encodeToString(seed)))
            .append("claim", new BsonInt64(0))
            .append("facts", new BsonString(""));
    return store
        .insert(COLLECTION, List.of(row))
        .recover(
            failure ->
                StoreException.isDuplicate(failure)
                    ? Future.succeededFuture()
                    : Future.failedFuture(failure))
        .compose(v -> facts());
  }

  private Future<JsonObject> claim(BsonDocument row) {
    long now = timers.clock().millis();
    long held = row.getNumber("claim").longValue();
    if (now - held < TAKEN_OVER.toMillis()) {
      return later();
    }
    return store
        .update(COLLECTION, Update.of(ROW).expect("claim", held).set("claim", now))
        .compose(won -> won ? fill(row.getString("seed").getValue()) : later());
  }

  private Future<JsonObject> fill(String seed) {
    return filling
        .fill(new Secrets(seed))
        .compose(
            facts ->
                store
                    .update(
                        COLLECTION, Update.of(ROW).expect("facts", "").set("facts", facts.encode()))
                    .compose(won -> facts()),
            failure ->
                // Whoever comes next need not wait.
                store
                    .update(COLLECTION, Update.of(ROW).expect("facts", "").set("claim", 0))
                    .transform(freed -> Future.failedFuture(failure)));
  }

  private Future<JsonObject> later() {
    Promise<JsonObject> later = Promise.promise();
    timers.after(LOOK_AGAIN, () -> facts().onComplete(later));
    return later.future();
  }

  private static Fault occupied() {
    return Fault.of(
        Fault.Code.CONFLICT,
        "This store holds an organisation already, and --demo is never for an organisation of real people. Start without"
            + " --demo, or with another store (--data).");
  }
}
