package chat.plenary.bots.survey;

import chat.plenary.messaging.content.Bson;
import chat.plenary.messaging.store.Index;
import chat.plenary.messaging.store.Query;
import chat.plenary.messaging.store.Store;
import chat.plenary.messaging.store.StoreException;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

/**
 * Answers without a person: under random ids, with the day and no time, and so without order. Words
 * stand apart from what was chosen, each under an id that nobody can derive once the draft's key is
 * gone.
 */
final class Answers {
  static final String ANSWERS = "survey_answers";
  static final String TEXTS = "survey_texts";
  private static final int PAGE = 500;

  private final Store store;
  private final Drafts drafts;
  private final Clock clock;

  Answers(Store store, Drafts drafts, Clock clock) {
    this.store = store;
    this.drafts = drafts;
    this.clock = clock;
  }

  Future<Void> prepare() {
    return store
        .index(Index.of(ANSWERS, "s", "i"))
        .compose(v -> store.index(Index.of(TEXTS, "s", "i")));
  }

  /**
   * Brings a draft that is to be sent to its end, from wherever an attempt before was cut off: the
   * answer is written under the id that was drawn at consent, once however often it is tried; only
   * then the key goes. A draft whose key is no more has been sent.
   */
  Future<Void> finish(Run run, Drafts.Row row) {
    return drafts
        .key(row)
        .compose(
            key -> {
              if (key == null) {
                return Future.succeededFuture();
              }
              Draft draft = Drafts.open(row, key);
              return texts(run, key, draft).compose(v -> answer(run, draft));
            })
        .compose(v -> drafts.cut(row));
  }

  private Future<Void> texts(Run run, byte[] key, Draft draft) {
    Future<Void> done = Future.succeededFuture();
    for (Map.Entry<String, String> text : new TreeMap<>(draft.texts()).entrySet()) {
      BsonDocument row =
          row(run, Cipher.keyed(key, "text/" + text.getKey()))
              .append("q", new BsonString(text.getKey()))
              .append("text", new BsonString(text.getValue()));
      done = done.compose(v -> once(TEXTS, row));
    }
    return done;
  }

  private Future<Void> answer(Run run, Draft draft) {
    BsonDocument chosen = new BsonDocument();
    new TreeMap<>(draft.chosen())
        .forEach((question, options) -> chosen.append(question, Bson.strings(options)));
    return once(ANSWERS, row(run, draft.answer()).append("q", chosen));
  }

  private BsonDocument row(Run run, String id) {
    return new BsonDocument("_id", new BsonString(id))
        .append("i", new BsonString(id))
        .append("s", new BsonString(run.key()))
        .append(
            "d", new BsonString(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).toString()));
  }

  private Future<Void> once(String collection, BsonDocument row) {
    return store
        .insert(collection, List.of(row))
        .recover(
            failure ->
                StoreException.isDuplicate(failure)
                    ? Future.succeededFuture()
                    : Future.failedFuture(failure));
  }

  /** Counts all answers of a run, page by page; nothing but the counts is kept. */
  Future<Tally> count(Run run) {
    return count(run, null, new Tally());
  }

  private Future<Tally> count(Run run, @Nullable String after, Tally tally) {
    Query query = Query.in(ANSWERS, "i").where("s", run.key()).limit(PAGE);
    return store
        .find(after == null ? query : query.after(new BsonString(after)))
        .compose(
            rows -> {
              List<BsonDocument> page = new ArrayList<>(rows);
              page.forEach(row -> tally.add(row.getDocument("q")));
              return page.size() < PAGE
                  ? Future.succeededFuture(tally)
                  : count(run, page.get(page.size() - 1).getString("i").getValue(), tally);
            });
  }
}
