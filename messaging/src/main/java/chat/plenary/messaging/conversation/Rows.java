package chat.plenary.messaging.conversation;

import chat.plenary.messaging.content.Bson;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.id.OrganisationId;
import chat.plenary.messaging.store.Index;
import chat.plenary.messaging.store.Query;
import chat.plenary.messaging.store.Store;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * The rows of conversations in the store, and how they are laid out; see {@code docs/schema.md}.
 */
final class Rows {
  static final String CONVERSATIONS = "conversations";
  static final String MEMBERS = "members";
  static final String MARKS = "marks";
  private static final String ENTRIES = "entries";

  private final Store store;

  Rows(Store store) {
    this.store = store;
  }

  static List<Index> indexes() {
    return List.of(Index.unique(MEMBERS, "c", "a"), Index.unique(MEMBERS, "a", "c"));
  }

  static String memberId(ConversationId conversation, AccountId account) {
    return conversation.value() + "/" + account.value();
  }

  static String markId(ConversationId conversation, long seq) {
    return conversation.value() + "/" + String.format("%016x", seq);
  }

  /**
   * A conversation as its rows tell it. The conversation's own row is written last and so is read
   * first: members may be ahead of it, and carry the number that says so.
   */
  Future<ConversationState> state(ConversationId conversation) {
    return store
        .get(CONVERSATIONS, List.of(conversation.value()))
        .compose(
            found -> {
              if (found.isEmpty()) {
                return Future.succeededFuture(ConversationState.none(conversation));
              }
              BsonDocument row = found.get(0);
              String home = Bson.text(row, "o");
              String name = Bson.text(row, "name");
              return members(conversation, null, new HashMap<>())
                  .map(
                      members ->
                          new ConversationState(
                              conversation,
                              home == null ? null : new OrganisationId(home),
                              name == null ? "" : name,
                              Bson.flag(row, "history"),
                              LanguageSettings.DEFAULT.with(row),
                              members,
                              Bson.number(row, "seq", 0),
                              Bson.number(row, "n", 0),
                              Bson.number(row, "m", 0),
                              Map.of()));
            });
  }

  private Future<Map<AccountId, Member>> members(
      ConversationId conversation, @Nullable BsonValue after, Map<AccountId, Member> found) {
    Query query = Query.in(MEMBERS, "a").where("c", conversation.value()).limit(Store.MAX_FOUND);
    return store
        .find(after == null ? query : query.after(after))
        .compose(
            page -> {
              for (BsonDocument row : page) {
                found.put(new AccountId(row.getString("a").getValue()), member(row));
              }
              return page.size() < Store.MAX_FOUND
                  ? Future.succeededFuture(found)
                  : members(conversation, page.get(page.size() - 1).get("a"), found);
            });
  }

  static Member member(BsonDocument row) {
    List<Member.Interval> visible = new ArrayList<>();
    for (BsonValue value : row.getArray("iv")) {
      BsonArray pair = value.asArray();
      visible.add(
          new Member.Interval(
              pair.get(0).asNumber().longValue(), pair.get(1).asNumber().longValue()));
    }
    String role = Bson.text(row, "role");
    return new Member(
        GroupRole.of(role == null ? "" : role),
        visible,
        Bson.number(row, "since", 0),
        Bson.number(row, "seq", 0));
  }

  static BsonArray intervals(Member member) {
    BsonArray array = new BsonArray();
    for (Member.Interval interval : member.visible()) {
      array.add(
          new BsonArray(List.of(new BsonInt64(interval.from()), new BsonInt64(interval.to()))));
    }
    return array;
  }

  static BsonDocument memberRow(
      ConversationId conversation, AccountId account, Member member, long n) {
    return new BsonDocument("_id", new BsonString(memberId(conversation, account)))
        .append("c", new BsonString(conversation.value()))
        .append("a", new BsonString(account.value()))
        .append("role", new BsonString(member.role().text()))
        .append("iv", intervals(member))
        .append("since", new BsonInt64(member.since()))
        .append("seq", new BsonInt64(member.seq()))
        .append("n", new BsonInt64(n))
        .append("p", new BsonInt64(0))
        .append("pm", new BsonInt64(0))
        .append("men", new BsonArray());
  }

  static BsonDocument conversationRow(ConversationState state) {
    OrganisationId home = state.organisation();
    BsonDocument row =
        new BsonDocument("_id", new BsonString(state.id().value()))
            .append("o", new BsonString(home == null ? "" : home.value()))
            .append("name", new BsonString(state.name()))
            .append("history", BsonBoolean.valueOf(state.history()))
            .append("seq", new BsonInt64(state.seq()))
            .append("n", new BsonInt64(state.n()))
            .append("m", new BsonInt64(state.m()));
    return state.speaking().to(row);
  }

  /**
   * What is known of a message that a command is about: who sent it, when, and whether its mark
   * says that it was recalled.
   */
  Future<ConversationState.Target> target(ConversationId conversation, long seq) {
    return store
        .find(
            Query.in(ENTRIES, "seq")
                .where("c", conversation.value())
                .from(new BsonInt64(seq))
                .upTo(new BsonInt64(seq))
                .limit(1))
        .compose(
            entries -> {
              if (entries.isEmpty() || !Kinds.POSTED.equals(Bson.text(entries.get(0), "e"))) {
                return Future.succeededFuture(ConversationState.Target.NONE);
              }
              BsonDocument entry = entries.get(0);
              AccountId sender = new AccountId(entry.getString("s").getValue());
              long at = entry.getDateTime("at").getValue();
              return marks(conversation, List.of(seq))
                  .map(
                      marks ->
                          new ConversationState.Target(
                              sender,
                              at,
                              !entry.containsKey("body")
                                  || (!marks.isEmpty() && marks.get(0).containsKey("rc"))));
            });
  }

  Future<List<BsonDocument>> marks(ConversationId conversation, Collection<Long> seqs) {
    return store.get(MARKS, seqs.stream().map(seq -> markId(conversation, seq)).toList());
  }
}
