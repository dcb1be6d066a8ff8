package chat.plenary.messaging.caption;

import chat.plenary.messaging.content.Bson;
import chat.plenary.messaging.content.MessageBody;
import chat.plenary.messaging.conversation.Kinds;
import chat.plenary.messaging.log.DurableListener;
import chat.plenary.messaging.log.Entry;
import chat.plenary.messaging.store.Index;
import chat.plenary.messaging.store.Query;
import chat.plenary.messaging.store.Store;
import chat.plenary.messaging.store.StoreException;
import chat.plenary.messaging.store.Update;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;

/**
 * Where each sentence of a meeting stands: one row a sentence, from entries, so that corrections
 * find what they correct and the record is read by an index.
 */
final class CaptionRows implements DurableListener {
  static final String COLLECTION = "captions";

  /** Corrections of one sentence, at the most. */
  static final int MAX_CORRECTIONS = 32;

  private final Store store;

  CaptionRows(Store store) {
    this.store = store;
  }

  static Future<Void> prepare(Store store) {
    return store.index(Index.unique(COLLECTION, "m", "seq"));
  }

  /**
   * A row.
   *
   * @param key what the sentence's source calls it
   * @param seq its entry
   * @param corrections how often it was corrected
   * @param versions what tells the versions that it had, oldest first
   * @param to when it ends, in milliseconds since 1970
   */
  record Row(String key, long seq, long corrections, List<String> versions, long to) {
    Row {
      versions = List.copyOf(versions);
    }

    Row corrected(String version, long newTo) {
      List<String> more = new ArrayList<>(versions);
      more.add(version);
      return new Row(key, seq, corrections + 1, more, newTo);
    }
  }

  /** The id of a sentence's row; also what refs are made of. */
  static String id(String meeting, String key) {
    return meeting + "/" + (key.matches("[A-Za-z0-9._:-]{1,22}") ? key : Sentence.hash(key, 16));
  }

  Future<Optional<Row>> find(String id) {
    return store
        .get(COLLECTION, List.of(id))
        .map(found -> found.stream().findFirst().map(CaptionRows::row));
  }

  /** Rows of a meeting in the order of their entries. */
  Future<List<Row>> page(String meeting, long after, int limit) {
    return store
        .find(
            Query.in(COLLECTION, "seq")
                .where("m", meeting)
                .after(new BsonInt64(after))
                .limit(limit))
        .map(found -> found.stream().map(CaptionRows::row).toList());
  }

  private static Row row(BsonDocument row) {
    return new Row(
        row.getString("k").getValue(),
        Bson.number(row, "seq", 0),
        Bson.number(row, "v", 0),
        Bson.strings(row, "hs"),
        Bson.number(row, "to", 0));
  }

  // ---- from entries

  @Override
  public String name() {
    return "captions";
  }

  @Override
  public boolean wants(Entry entry) {
    BsonDocument body = entry.body();
    return body != null
        && (entry.kind().equals(Kinds.EDITED)
            || (entry.kind().equals(Kinds.POSTED) && MessageBody.isCaption(body)));
  }

  /** A correction finds what it corrects. */
  @Override
  public Duration gathers() {
    return Duration.ofMillis(20);
  }

  @Override
  public Future<Void> take(int lane, List<Entry> entries) {
    Future<Void> done = Future.succeededFuture();
    for (Entry entry : entries) {
      BsonDocument body = entry.body();
      if (body != null && entry.kind().equals(Kinds.POSTED) && MessageBody.isCaption(body)) {
        done = done.compose(v -> posted(entry, body));
      } else if (body != null
          && entry.kind().equals(Kinds.EDITED)
          && body.get("body") instanceof BsonDocument edit
          && MessageBody.isCaption(edit)) {
        done = done.compose(v -> corrected(entry, edit));
      }
    }
    return done;
  }

  private Future<Void> posted(Entry entry, BsonDocument body) {
    Sentence sentence = CaptionJson.sentence(body);
    String meeting = Bson.text(body, "meeting");
    if (sentence == null || meeting == null) {
      return Future.succeededFuture();
    }
    BsonDocument row =
        new BsonDocument("_id", new BsonString(id(meeting, sentence.key())))
            .append("m", new BsonString(meeting))
            .append("c", new BsonString(entry.conversation().value()))
            .append("k", new BsonString(sentence.key()))
            .append("seq", new BsonInt64(entry.seq()))
            .append("n", new BsonInt64(entry.n()))
            .append("v", new BsonInt64(0))
            .append("hs", Bson.strings(List.of(sentence.version())))
            .append("to", new BsonInt64(sentence.to().toEpochMilli()));
    return store
        .insert(COLLECTION, List.of(row))
        .recover(
            failure ->
                StoreException.isDuplicate(failure)
                    ? Future.succeededFuture()
                    : Future.failedFuture(failure));
  }

  private Future<Void> corrected(Entry entry, BsonDocument edit) {
    Sentence sentence = CaptionJson.sentence(edit);
    String meeting = Bson.text(edit, "meeting");
    if (sentence == null || meeting == null) {
      return Future.succeededFuture();
    }
    String id = id(meeting, sentence.key());
    return store
        .get(COLLECTION, List.of(id))
        .compose(
            found -> {
              BsonDocument row = found.isEmpty() ? null : found.get(0);
              if (row == null || Bson.number(row, "n", 0) >= entry.n()) {
                return Future.succeededFuture();
              }
              Row after = row(row).corrected(sentence.version(), sentence.to().toEpochMilli());
              Update update =
                  Update.of(id)
                      .expect("n", Bson.number(row, "n", 0))
                      .set("n", entry.n())
                      .set("v", after.corrections())
                      .set("hs", Bson.strings(after.versions()))
                      .set("to", after.to());
              return store
                  .update(COLLECTION, update)
                  .compose(done -> done ? Future.succeededFuture() : corrected(entry, edit));
            });
  }
}
