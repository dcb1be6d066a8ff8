package chat.plenary.integrations.deadletter;

import chat.plenary.integrations.camel.Following;
import chat.plenary.messaging.content.Bson;
import chat.plenary.messaging.store.Index;
import chat.plenary.messaging.store.Query;
import chat.plenary.messaging.store.Store;
import chat.plenary.messaging.store.StoreException;
import chat.plenary.messaging.store.Update;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps exchanges that failed for good (collection {@code dead_letters}), at most some 1,000 an
 * organisation: the oldest go when there are more.
 */
public final class DeadLetters implements Following.Failures {
  /** Kept of an organisation, at the most, but for what came since it was last looked. */
  static final int MOST = 1_000;

  /** Exchange property: it is kept here. */
  static final String KEPT = "plenaryDeadLetter";

  private static final String COLLECTION = "dead_letters";
  private static final int LOOK_EVERY = 50;
  private static final Logger LOGGER = LoggerFactory.getLogger(DeadLetters.class);

  private final Store store;
  private final Clock clock;
  private final Function<String, String> owner;
  private final AtomicInteger sinceLook = new AtomicInteger();

  /**
   * Dead letters.
   *
   * @param owner the organisation of a route, by the route's id; empty where it has none
   */
  public DeadLetters(Store store, Clock clock, Function<String, String> owner) {
    this.store = store;
    this.clock = clock;
    this.owner = owner;
  }

  /** Creates the index. */
  public Future<Void> prepare() {
    return store.index(Index.unique(COLLECTION, "o", "i"));
  }

  /** Whether an exchange was kept here. */
  public static boolean isKept(Exchange exchange) {
    return exchange.getProperty(KEPT, false, Boolean.class);
  }

  @Override
  public Future<Void> keep(Exchange exchange, @Nullable Throwable failure) {
    String from = exchange.getFromRouteId();
    String route = from == null ? "" : from;
    String id = id(route, exchange.getExchangeId());
    String error = Snapshot.error(failure);
    LOGGER.warn(
        "exchange {} of route {} is a dead letter: {}", exchange.getExchangeId(), route, error);
    BsonDateTime now = new BsonDateTime(clock.millis());
    return store
        .insert(COLLECTION, List.of(row(exchange, id, route, error, now)))
        .compose(
            v -> sinceLook.incrementAndGet() % LOOK_EVERY == 0 ? trim(owner.apply(route)) : done(),
            failed ->
                StoreException.isDuplicate(failed)
                    ? store
                        .update(
                            COLLECTION,
                            Update.of(id).set("error", error).set("last", now).inc("tries", 1))
                        .mapEmpty()
                    : Future.failedFuture(failed))
        .onSuccess(v -> exchange.setProperty(KEPT, true));
  }

  private BsonDocument row(
      Exchange exchange, String id, String route, String error, BsonDateTime now) {
    Snapshot snapshot = Snapshot.of(exchange);
    BsonDocument row =
        new BsonDocument("_id", new BsonString(id))
            .append("o", new BsonString(owner.apply(route)))
            .append("i", new BsonString(String.format("%016x-%s", clock.millis(), id)))
            .append("route", new BsonString(route))
            .append("x", new BsonString(exchange.getExchangeId()))
            .append("at", now)
            .append("last", now)
            .append("tries", new BsonInt64(1))
            .append("error", new BsonString(error))
            .append("headers", Bson.document(snapshot.headers()))
            .append("binary", BsonBoolean.valueOf(snapshot.binary()))
            .append("cut", BsonBoolean.valueOf(snapshot.cut()));
    if (snapshot.conversation() != null) {
      row.append("c", new BsonString(snapshot.conversation()));
      row.append("seq", new BsonInt64(snapshot.seq()));
    }
    if (snapshot.body() != null) {
      row.append("body", new BsonString(snapshot.body()));
    }
    return row;
  }

  private static Future<Void> done() {
    return Future.succeededFuture();
  }

  /** Deletes what is beyond the newest ones. It is no harm when that fails: it is tried again. */
  private Future<Void> trim(String organisation) {
    return find(organisation, null, MOST)
        .compose(
            newest ->
                newest.size() < MOST
                    ? done()
                    : find(organisation, newest.get(MOST - 1).getString("i").getValue(), MOST)
                        .compose(
                            old ->
                                store.delete(
                                    COLLECTION,
                                    old.stream()
                                        .map(row -> row.getString("_id").getValue())
                                        .toList()))
                        .onSuccess(
                            gone -> LOGGER.warn("{} old dead letters were thrown away", gone))
                        .<Void>mapEmpty())
        .otherwiseEmpty();
  }

  private Future<List<BsonDocument>> find(String organisation, @Nullable String before, int limit) {
    Query query = Query.in(COLLECTION, "i").where("o", organisation).reversed().limit(limit);
    return store.find(before == null ? query : query.before(new BsonString(before)));
  }

  /**
   * A page, newest first.
   *
   * @param next what to pass as {@code after} for the next page, or null at the end
   */
  record Page(List<DeadLetter> letters, @Nullable String next) {}

  Future<Page> page(String organisation, @Nullable String after, int limit) {
    return find(organisation, after, limit)
        .map(
            found ->
                new Page(
                    found.stream().map(DeadLetters::letter).toList(),
                    found.size() < limit
                        ? null
                        : found.get(found.size() - 1).getString("i").getValue()));
  }

  Future<@Nullable DeadLetter> find(String id) {
    return store
        .get(COLLECTION, List.of(id))
        .map(found -> found.isEmpty() ? null : letter(found.get(0)));
  }

  Future<Void> delete(String id) {
    return store.delete(COLLECTION, List.of(id)).mapEmpty();
  }

  /** Notes that it is being sent again; whether nobody else did so meanwhile. */
  Future<Boolean> claim(DeadLetter letter) {
    Update update = Update.of(letter.id()).set("replay", new BsonDateTime(clock.millis()));
    return store.update(
        COLLECTION,
        letter.replay() == 0
            ? update.expect("replay", BsonNull.VALUE)
            : update.expect("replay", new BsonDateTime(letter.replay())));
  }

  /** It was sent again, and failed before its route could say so. */
  Future<Void> failedAgain(DeadLetter letter, @Nullable Throwable failure) {
    return store
        .update(
            COLLECTION,
            Update.of(letter.id())
                .set("error", Snapshot.error(failure))
                .set("last", new BsonDateTime(clock.millis()))
                .inc("tries", 1))
        .mapEmpty();
  }

  private static DeadLetter letter(BsonDocument row) {
    return new DeadLetter(
        row.getString("_id").getValue(),
        row.getString("o").getValue(),
        row.getString("route").getValue(),
        row.getString("x").getValue(),
        Instant.ofEpochMilli(row.getDateTime("at").getValue()),
        Instant.ofEpochMilli(row.getDateTime("last").getValue()),
        Bson.number(row, "tries", 1),
        row.getString("error").getValue(),
        Bson.text(row, "c"),
        Bson.number(row, "seq", 0),
        Bson.text(row, "body"),
        Bson.flag(row, "binary"),
        Bson.flag(row, "cut"),
        Bson.json(row.getDocument("headers")),
        row.get("replay") instanceof BsonDateTime at ? at.getValue() : 0);
  }

  private static String id(String route, String exchange) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest((route + "\n" + exchange).getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, 16));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
