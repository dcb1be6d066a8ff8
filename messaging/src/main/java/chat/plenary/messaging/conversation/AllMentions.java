package chat.plenary.messaging.conversation;

import chat.plenary.messaging.content.Bson;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.log.Entry;
import chat.plenary.messaging.store.Store;
import chat.plenary.messaging.store.Update;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonValue;

/**
 * Writes which of a conversation's newest messages mention everybody. They stand in the
 * conversation's row, not in one a member.
 */
final class AllMentions {
  private final Store store;

  AllMentions(Store store) {
    this.store = store;
  }

  /** A message mentions everybody. */
  Future<Void> add(Entry entry) {
    return change(
        entry.conversation(),
        row -> Bson.number(row, "an", 0) < entry.n(),
        entry.n(),
        seqs -> {
          BsonArray more = new BsonArray(seqs);
          more.add(new BsonInt64(entry.seq()));
          while (more.size() > Mentions.MAX) {
            more.remove(0);
          }
          return more;
        });
  }

  /** Such a message was recalled. */
  Future<Void> remove(ConversationId conversation, long seq) {
    return change(
        conversation,
        row -> row.getArray("alls", new BsonArray()).contains(new BsonInt64(seq)),
        0,
        seqs -> {
          BsonArray fewer = new BsonArray();
          for (BsonValue value : seqs) {
            if (value.asNumber().longValue() != seq) {
              fewer.add(value);
            }
          }
          return fewer;
        });
  }

  private Future<Void> change(
      ConversationId conversation,
      Predicate<BsonDocument> needed,
      long n,
      UnaryOperator<BsonArray> change) {
    return store
        .get(Rows.CONVERSATIONS, List.of(conversation.value()))
        .compose(
            found -> {
              if (found.isEmpty() || !needed.test(found.get(0))) {
                return Future.succeededFuture(true);
              }
              BsonDocument row = found.get(0);
              return store.update(
                  Rows.CONVERSATIONS,
                  Update.of(conversation.value())
                      .expect("an", row.get("an", BsonNull.VALUE))
                      .set("alls", change.apply(row.getArray("alls", new BsonArray())))
                      .set("an", Math.max(n, Bson.number(row, "an", 0))));
            })
        .compose(
            matched ->
                matched
                    ? Future.succeededFuture()
                    : Future.failedFuture(
                        new IllegalStateException("the row of a conversation moved meanwhile")));
  }
}
