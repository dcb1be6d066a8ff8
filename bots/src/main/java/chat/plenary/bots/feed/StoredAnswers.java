package chat.plenary.bots.feed;

import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.content.Bson;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.message.CardAnswer;
import chat.plenary.messaging.message.PostedCard;
import chat.plenary.messaging.store.Index;
import chat.plenary.messaging.store.Query;
import chat.plenary.messaging.store.Store;
import chat.plenary.messaging.store.StoreException;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

/**
 * Answers to the cards of bots that run elsewhere, numbered without gaps for each bot: a number is
 * proposed only when the one before it is there, so whoever reads by number misses none.
 */
final class StoredAnswers {
  static final String COLLECTION = "bot_answers";

  /** Answers are kept so long, */
  static final Duration KEPT = Duration.ofDays(30);

  /** and at most so many for each bot. */
  static final long MOST = 100_000;

  private static final int RACES = 50;
  private static final int PRUNE_EVERY = 256;
  private static final int PRUNED = 500;

  private final Store store;
  private final Clock clock;

  StoredAnswers(Store store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  Future<Void> prepare() {
    return store
        .index(Index.unique(COLLECTION, "b", "i"))
        .compose(v -> store.index(Index.of(COLLECTION, "w", "i")));
  }

  /** Stores an answer, once for each ref of each viewer; tells what stands there. */
  Future<BsonDocument> add(Caller viewer, PostedCard posted, CardAnswer answer) {
    String where = where(viewer, posted);
    String id = hash(posted.sender().value() + "/" + where + "/" + answer.ref().value());
    BsonDocument row =
        new BsonDocument("_id", new BsonString(id))
            .append("b", new BsonString(posted.sender().value()))
            .append("w", new BsonString(where))
            .append("at", new BsonDateTime(clock.millis()))
            .append("x", Bson.document(json(viewer, posted, answer)));
    return add(row, RACES);
  }

  private Future<BsonDocument> add(BsonDocument row, int races) {
    if (races == 0) {
      throw Fault.tooMany("Too many answer this bot just now.", 1);
    }
    AccountId bot = new AccountId(row.getString("b").getValue());
    return newest(bot)
        .compose(
            newest -> {
              long number = newest + 1;
              BsonDocument next = row.clone().append("i", new BsonInt64(number));
              return store
                  .insert(COLLECTION, List.of(next))
                  .map(
                      v -> {
                        if (number % PRUNE_EVERY == 0) {
                          prune(bot, number);
                        }
                        return next;
                      })
                  .recover(failure -> taken(row, races, failure));
            });
  }

  /** Somebody was faster with the number, or this answer is there already. */
  private Future<BsonDocument> taken(BsonDocument row, int races, Throwable failure) {
    if (!StoreException.isDuplicate(failure)) {
      return Future.failedFuture(failure);
    }
    return store
        .get(COLLECTION, List.of(row.getString("_id").getValue()))
        .compose(
            found -> found.isEmpty() ? add(row, races - 1) : Future.succeededFuture(found.get(0)));
  }

  /** The last answer of a viewer to a card, or null. */
  Future<@Nullable BsonDocument> last(Caller viewer, PostedCard posted) {
    return store
        .find(Query.in(COLLECTION, "i").where("w", where(viewer, posted)).reversed().limit(1))
        .map(rows -> rows.isEmpty() ? null : rows.get(0));
  }

  /** The number of a bot's newest answer; 0 where there is none. */
  Future<Long> newest(AccountId bot) {
    return store
        .find(Query.in(COLLECTION, "i").where("b", bot.value()).reversed().limit(1))
        .map(rows -> rows.isEmpty() ? 0L : Bson.number(rows.get(0), "i", 0));
  }

  /** Answers after a number, in order. */
  Future<List<BsonDocument>> after(AccountId bot, long number, int limit) {
    return store.find(
        Query.in(COLLECTION, "i")
            .where("b", bot.value())
            .after(new BsonInt64(number))
            .limit(limit));
  }

  /** Deletes what is too old or too much, but never the newest: numbers go on from it. */
  Future<Void> prune(AccountId bot, long newest) {
    long oldest = clock.instant().minus(KEPT).toEpochMilli();
    return store
        .find(
            Query.in(COLLECTION, "i")
                .where("b", bot.value())
                .before(new BsonInt64(newest))
                .limit(PRUNED))
        .compose(
            rows ->
                store.delete(
                    COLLECTION,
                    rows.stream()
                        .filter(
                            row ->
                                Bson.number(row, "i", 0) <= newest - MOST
                                    || row.getDateTime("at").getValue() < oldest)
                        .map(row -> row.getString("_id").getValue())
                        .toList()))
        .mapEmpty();
  }

  /** What was selected, by question key. */
  static Map<String, List<String>> selected(BsonDocument row) {
    Map<String, List<String>> found = new java.util.LinkedHashMap<>();
    row.getDocument("x")
        .getArray("selected")
        .forEach(
            one ->
                found.put(
                    one.asDocument().getString("question_key").getValue(),
                    Bson.strings(one.asDocument(), "option_ids")));
    return found;
  }

  private JsonObject json(Caller viewer, PostedCard posted, CardAnswer answer) {
    JsonArray texts = new JsonArray();
    answer
        .texts()
        .forEach(
            (key, text) -> texts.add(new JsonObject().put("question_key", key).put("text", text)));
    return new JsonObject()
        .put("conversation", posted.conversation().value())
        .put("seq", posted.seq())
        .put("account", viewer.account().value())
        .put("ref", answer.ref().value())
        .put("key", answer.key())
        .put("selected", CardAnswer.selectedJson(answer.selected()))
        .put("texts", texts)
        .put("at", clock.instant().truncatedTo(java.time.temporal.ChronoUnit.MILLIS).toString());
  }

  private static String where(Caller viewer, PostedCard posted) {
    return posted.conversation().value() + "/" + posted.seq() + "/" + viewer.account().value();
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
