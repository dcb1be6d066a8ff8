package chat.plenary.messaging.conversation;

import chat.plenary.messaging.content.Bson;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.log.DurableListener;
import chat.plenary.messaging.log.Entry;
import chat.plenary.messaging.store.Index;
import chat.plenary.messaging.store.Store;
import chat.plenary.messaging.store.Update;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.BsonDocument;
import org.bson.BsonInt64;

/**
 * Keeps the rows of conversations true to the log, once per cluster. All that it writes carries the
 * number it is true up to and moves only forward, so a repetition, or two nodes that both believe
 * it is their turn, do no harm. The conversation's own row comes last: whoever reads it first finds
 * members and marks that are at least as new.
 */
public final class Projection implements DurableListener {
  /** The name of this listener, by which others ask how far it has come. */
  public static final String NAME = "conversations";

  private final Store store;
  private final Rows rows;
  private final MemberRows memberRows;
  private final MarkRows markRows;
  private final AllMentions allMentions;

  /** For tests, and for whoever makes nothing of what entries say. */
  public Projection(Store store) {
    this(store, (conversation, seqs) -> Future.succeededFuture());
  }

  /**
   * Keeps the rows of conversations.
   *
   * @param copies told of entries that were recalled
   */
  public Projection(Store store, Copies copies) {
    this.store = store;
    this.rows = new Rows(store);
    this.memberRows = new MemberRows(store);
    this.markRows = new MarkRows(store, copies);
    this.allMentions = new AllMentions(store);
  }

  /** Creates the indexes of the rows. */
  public static Future<Void> prepare(Store store) {
    Future<Void> done = Future.succeededFuture();
    for (Index index : Rows.indexes()) {
      done = done.compose(v -> store.index(index));
    }
    return done;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean wants(Entry entry) {
    return !entry.conversation().isOrganisation();
  }

  @Override
  public Future<Void> take(int lane, List<Entry> entries) {
    Map<ConversationId, List<Entry>> byConversation = new LinkedHashMap<>();
    for (Entry entry : entries) {
      if (!entry.conversation().isOrganisation()) {
        byConversation.computeIfAbsent(entry.conversation(), c -> new ArrayList<>()).add(entry);
      }
    }
    List<Update> heads = new ArrayList<>();
    Future<Void> done = Future.succeededFuture();
    for (Map.Entry<ConversationId, List<Entry>> conversation : byConversation.entrySet()) {
      done = done.compose(v -> one(conversation.getKey(), conversation.getValue(), heads));
    }
    return done.compose(v -> store.updateAll(Rows.CONVERSATIONS, heads)).mapEmpty();
  }

  /**
   * Marks first, so that they are never behind the conversation's row; then members and the row;
   * then mentions, which need both to be there.
   */
  private Future<Void> one(ConversationId id, List<Entry> entries, List<Update> heads) {
    boolean restructured = false;
    Future<Void> done = Future.succeededFuture();
    for (Entry entry : entries) {
      switch (entry.kind()) {
        case Kinds.CREATED, Kinds.CHANGED, Kinds.MEMBERS -> restructured = true;
        case Kinds.EDITED -> done = done.compose(v -> markRows.edited(entry));
        case Kinds.RECALLED -> done = done.compose(v -> markRows.recalled(entry));
        default -> {}
      }
    }
    if (restructured) {
      done = done.compose(v -> rows.state(id)).compose(before -> restructure(before, entries));
    } else {
      Entry last = entries.get(entries.size() - 1);
      heads.add(Update.of(id.value()).max("seq", last.seq()).max("n", last.n()).max("m", last.m()));
    }
    return done.compose(v -> mentions(entries));
  }

  private Future<Void> mentions(List<Entry> entries) {
    Set<Long> recalled = new HashSet<>();
    for (Entry entry : entries) {
      if (entry.kind().equals(Kinds.RECALLED) && entry.body() != null) {
        recalled.add(Bson.number(entry.body(), "target", 0));
      }
    }
    Future<Void> done = Future.succeededFuture();
    for (Entry entry : entries) {
      BsonDocument body = entry.body();
      if (body == null || !entry.kind().equals(Kinds.POSTED) || recalled.contains(entry.seq())) {
        continue;
      }
      List<String> mentioned = Bson.strings(body, "mentions");
      if (!mentioned.isEmpty()) {
        done = done.compose(v -> memberRows.mentioned(entry, mentioned));
      }
      if (Bson.flag(body, "all")) {
        done = done.compose(v -> allMentions.add(entry));
      }
    }
    return done;
  }

  private Future<Void> restructure(ConversationState before, List<Entry> entries) {
    ConversationState after = before;
    for (Entry entry : entries) {
      if (entry.seq() > after.seq()) {
        after = after.after(entry);
      }
    }
    if (after.seq() == before.seq()) {
      return Future.succeededFuture();
    }
    Map<AccountId, Member> changed = new LinkedHashMap<>();
    after
        .members()
        .forEach(
            (account, member) -> {
              if (!member.equals(before.member(account))) {
                changed.put(account, member);
              }
            });
    ConversationState result = after;
    return memberRows
        .write(result.id(), changed, before.members().keySet(), result.n())
        .compose(v -> writeConversation(before, result));
  }

  private Future<Void> writeConversation(ConversationState before, ConversationState after) {
    BsonDocument row = Rows.conversationRow(after);
    if (!before.exists()) {
      return store.insert(Rows.CONVERSATIONS, List.of(row));
    }
    Update update = Update.of(after.id().value()).expect("seq", before.seq());
    for (String field : List.of("name", "history", "languages", "translation", "seq", "n", "m")) {
      update = update.set(field, row.get(field, new BsonInt64(0)));
    }
    return store
        .update(Rows.CONVERSATIONS, update)
        .compose(
            matched ->
                matched
                    ? Future.succeededFuture()
                    : Future.failedFuture(
                        new IllegalStateException("the row of a conversation moved meanwhile")));
  }
}
