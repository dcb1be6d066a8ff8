package chat.plenary.messaging.conversation;

import chat.plenary.messaging.content.Bson;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.log.Entry;
import chat.plenary.messaging.store.Query;
import chat.plenary.messaging.store.Store;
import chat.plenary.messaging.store.Update;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bson.BsonArray;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonValue;

/**
 * Writes the marks of messages: the newest edit, or the recall. A recall takes every copy of what
 * was said with it: the message's own body, those of its edits, and the one kept here.
 */
final class MarkRows {
  private static final String ENTRIES = "entries";

  private final Store store;
  private final MemberRows members;
  private final AllMentions allMentions;
  private final Copies copies;

  MarkRows(Store store, Copies copies) {
    this.store = store;
    this.copies = copies;
    this.members = new MemberRows(store);
    this.allMentions = new AllMentions(store);
  }

  Future<Void> edited(Entry entry) {
    BsonDocument body = entry.body();
    if (body == null) {
      return Future.succeededFuture();
    }
    long target = Bson.number(body, "target", 0);
    return row(entry.conversation(), target)
        .compose(
            found -> {
              if (found.isPresent() && found.get().containsKey("rc")) {
                return drop(entry.conversation(), List.of(entry.seq()));
              }
              BsonDocument edit =
                  new BsonDocument("seq", new BsonInt64(entry.seq()))
                      .append("at", new BsonDateTime(entry.at().toEpochMilli()));
              if (found.isEmpty()) {
                return store.insert(
                    Rows.MARKS,
                    List.of(
                        fresh(entry, target)
                            .append("ed", edit)
                            .append("body", body.getDocument("body"))
                            .append("eds", new BsonArray(List.of(new BsonInt64(entry.seq()))))));
              }
              BsonDocument row = found.get();
              if (Bson.number(row, "n", 0) >= entry.n()) {
                return Future.succeededFuture();
              }
              BsonArray edits = new BsonArray(row.getArray("eds", new BsonArray()));
              edits.add(new BsonInt64(entry.seq()));
              return update(
                  row,
                  entry,
                  Update.of(row.getString("_id").getValue())
                      .set("ed", edit)
                      .set("body", body.getDocument("body"))
                      .set("eds", edits));
            });
  }

  Future<Void> recalled(Entry entry) {
    BsonDocument body = entry.body();
    if (body == null) {
      return Future.succeededFuture();
    }
    long target = Bson.number(body, "target", 0);
    ConversationId conversation = entry.conversation();
    BsonDocument recall =
        new BsonDocument("seq", new BsonInt64(entry.seq()))
            .append("by", new BsonString(entry.sender().value()))
            .append("at", new BsonDateTime(entry.at().toEpochMilli()));
    return row(conversation, target)
        .compose(
            found -> {
              List<Long> said = new ArrayList<>(List.of(target));
              found.ifPresent(
                  row ->
                      row.getArray("eds", new BsonArray())
                          .forEach(edit -> said.add(edit.asNumber().longValue())));
              Future<Void> marked;
              if (found.isEmpty()) {
                marked =
                    store.insert(Rows.MARKS, List.of(fresh(entry, target).append("rc", recall)));
              } else if (found.get().containsKey("rc")) {
                marked = Future.succeededFuture();
              } else {
                marked =
                    update(
                        found.get(),
                        entry,
                        Update.of(found.get().getString("_id").getValue())
                            .set("rc", recall)
                            .unset("body")
                            .unset("ed"));
              }
              return marked.compose(v -> drop(conversation, said));
            });
  }

  private Future<Optional<BsonDocument>> row(ConversationId conversation, long target) {
    return store
        .get(Rows.MARKS, List.of(Rows.markId(conversation, target)))
        .map(found -> found.stream().findFirst());
  }

  private Future<Void> update(BsonDocument row, Entry entry, Update update) {
    return store
        .update(Rows.MARKS, update.expect("n", Bson.number(row, "n", 0)).set("n", entry.n()))
        .compose(
            matched ->
                matched
                    ? Future.succeededFuture()
                    : Future.failedFuture(
                        new IllegalStateException("the mark of a message moved meanwhile")));
  }

  private static BsonDocument fresh(Entry entry, long target) {
    return new BsonDocument("_id", new BsonString(Rows.markId(entry.conversation(), target)))
        .append("c", new BsonString(entry.conversation().value()))
        .append("t", new BsonInt64(target))
        .append("n", new BsonInt64(entry.n()));
  }

  /** Takes the bodies (and their hashes) from entries, and the mentions that the message made. */
  private Future<Void> drop(ConversationId conversation, List<Long> seqs) {
    List<BsonValue> wanted = new ArrayList<>();
    seqs.forEach(seq -> wanted.add(new BsonInt64(seq)));
    return store
        .find(
            Query.in(ENTRIES, "seq")
                .where("c", conversation.value())
                .anyOf(wanted)
                .limit(Store.MAX_FOUND))
        .compose(
            found -> {
              List<Update> updates = new ArrayList<>();
              Future<Void> done = Future.succeededFuture();
              for (BsonDocument entry : found) {
                updates.add(Update.of(entry.getString("_id").getValue()).unset("body").unset("h"));
                if (entry.containsKey("body")) {
                  List<String> mentioned = Bson.strings(entry.getDocument("body"), "mentions");
                  long seq = Bson.number(entry, "seq", 0);
                  if (!mentioned.isEmpty()) {
                    done = done.compose(v -> members.unmentioned(conversation, seq, mentioned));
                  }
                  if (Bson.flag(entry.getDocument("body"), "all")) {
                    done = done.compose(v -> allMentions.remove(conversation, seq));
                  }
                }
              }
              return done.compose(v -> store.updateAll(ENTRIES, updates))
                  .compose(v -> copies.drop(conversation, seqs));
            });
  }
}
