package chat.plenary.messaging.conversation;

import chat.plenary.messaging.content.Bson;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.log.Entry;
import chat.plenary.messaging.store.Store;
import chat.plenary.messaging.store.Update;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonValue;

/** Writes membership rows, in bulk, and who was mentioned by name. */
final class MemberRows {
  private final Store store;

  MemberRows(Store store) {
    this.store = store;
  }

  Future<Void> write(
      ConversationId conversation, Map<AccountId, Member> changed, Set<AccountId> known, long n) {
    List<BsonDocument> fresh = new ArrayList<>();
    List<Update> updates = new ArrayList<>();
    changed.forEach(
        (account, member) -> {
          if (known.contains(account)) {
            // Whatever wrote the row meanwhile had read a longer log; then the seq differs and this
            // is passed over.
            updates.add(
                Update.of(Rows.memberId(conversation, account))
                    .set("role", member.role().text())
                    .set("iv", Rows.intervals(member))
                    .set("since", member.since())
                    .max("seq", member.seq())
                    .max("n", n));
          } else {
            fresh.add(Rows.memberRow(conversation, account, member, n));
          }
        });
    Future<Void> done = Future.succeededFuture();
    for (int i = 0; i < fresh.size(); i += Store.MAX_RUN) {
      List<BsonDocument> run = fresh.subList(i, Math.min(i + Store.MAX_RUN, fresh.size()));
      done = done.compose(v -> store.insert(Rows.MEMBERS, run));
    }
    for (int i = 0; i < updates.size(); i += 500) {
      List<Update> bulk = updates.subList(i, Math.min(i + 500, updates.size()));
      done = done.compose(v -> store.updateAll(Rows.MEMBERS, bulk)).mapEmpty();
    }
    return done;
  }

  /** Adds an unread mention to the rows of those whom a message names. */
  Future<Void> mentioned(Entry entry, List<String> accounts) {
    List<String> ids =
        accounts.stream()
            .distinct()
            .map(account -> Rows.memberId(entry.conversation(), new AccountId(account)))
            .toList();
    return store
        .get(Rows.MEMBERS, ids)
        .compose(
            found -> {
              List<Update> updates = new ArrayList<>();
              for (BsonDocument row : found) {
                if (Bson.number(row, "mn", 0) < entry.n()) {
                  updates.add(
                      Update.of(row.getString("_id").getValue())
                          .expect("mn", row.get("mn", BsonNull.VALUE))
                          .set("men", more(row, entry.seq()))
                          .set("mn", entry.n()));
                }
              }
              return store
                  .updateAll(Rows.MEMBERS, updates)
                  .compose(
                      matched ->
                          matched == updates.size()
                              ? Future.succeededFuture()
                              : Future.failedFuture(
                                  new IllegalStateException("a row of a member moved meanwhile")));
            });
  }

  /** Forgets a mention whose message was recalled. */
  Future<Void> unmentioned(ConversationId conversation, long seq, List<String> accounts) {
    List<String> ids =
        accounts.stream()
            .distinct()
            .map(account -> Rows.memberId(conversation, new AccountId(account)))
            .toList();
    return store
        .get(Rows.MEMBERS, ids)
        .compose(
            found -> {
              List<Update> updates = new ArrayList<>();
              for (BsonDocument row : found) {
                BsonArray kept = new BsonArray();
                for (BsonValue value : row.getArray("men", new BsonArray())) {
                  if (value.asNumber().longValue() != seq) {
                    kept.add(value);
                  }
                }
                updates.add(
                    Update.of(row.getString("_id").getValue())
                        .expect("mn", row.get("mn", BsonNull.VALUE))
                        .set("men", kept));
              }
              return store.updateAll(Rows.MEMBERS, updates);
            })
        .mapEmpty();
  }

  private static BsonArray more(BsonDocument row, long seq) {
    BsonArray mentions = new BsonArray();
    long read = Bson.number(row, "p", 0);
    for (BsonValue value : row.getArray("men", new BsonArray())) {
      if (value.asNumber().longValue() > read) {
        mentions.add(value);
      }
    }
    mentions.add(new BsonInt64(seq));
    while (mentions.size() > Mentions.MAX) {
      mentions.remove(0);
    }
    return mentions;
  }
}
