package chat.plenary.messaging.conversation;

import chat.plenary.messaging.content.Bson;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.log.Applied;
import chat.plenary.messaging.log.Entry;
import chat.plenary.messaging.log.LiveListener;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * What the log has of conversations beyond their rows: the newest entry of each conversation that
 * was touched since the projection's place, whose memberships changed since, and who was mentioned.
 * With the rows it makes the inbox; memory is O(what was touched lately), and {@link #forget} drops
 * what the rows have caught up with.
 *
 * <p>Written by the lanes' threads, read by any.
 */
final class Heads implements LiveListener {
  /** Of one conversation; a projection that is that far behind is about to catch up. */
  private static final int MAX_CALLS = 1_000;

  private final Map<ConversationId, Entry> newest = new ConcurrentHashMap<>();
  private final Map<AccountId, Map<ConversationId, Entry>> memberships = new ConcurrentHashMap<>();
  private final Map<ConversationId, List<Entry>> calls = new ConcurrentHashMap<>();

  @Override
  public void applied(int lane, List<Applied> applied) {
    for (Applied one : applied) {
      fold(one.entry());
    }
  }

  void fold(Entry entry) {
    if (entry.conversation().isOrganisation()) {
      return;
    }
    newest.merge(entry.conversation(), entry, (a, b) -> a.seq() >= b.seq() ? a : b);
    BsonDocument body = entry.body();
    if (body != null && Mentions.concerns(entry)) {
      calls.merge(entry.conversation(), List.of(entry), Heads::more);
    }
    if (body != null
        && (entry.kind().equals(Kinds.CREATED) || entry.kind().equals(Kinds.MEMBERS))) {
      Set<String> touched = new HashSet<>(Bson.strings(body, "members"));
      touched.addAll(Bson.strings(body, "add"));
      touched.addAll(Bson.strings(body, "remove"));
      touched.add(entry.sender().value());
      for (String account : touched) {
        // In one step: between two, forgetting could drop the map that the entry goes into.
        memberships.compute(new AccountId(account), (id, known) -> with(known, entry));
      }
    }
  }

  private static Map<ConversationId, Entry> with(
      @Nullable Map<ConversationId, Entry> known, Entry entry) {
    Map<ConversationId, Entry> more = known == null ? new ConcurrentHashMap<>() : known;
    more.merge(entry.conversation(), entry, (a, b) -> a.seq() >= b.seq() ? a : b);
    return more;
  }

  private static List<Entry> more(List<Entry> known, List<Entry> one) {
    List<Entry> all = new ArrayList<>(known);
    all.addAll(one);
    return List.copyOf(all.subList(Math.max(0, all.size() - MAX_CALLS), all.size()));
  }

  /** Messages that mention somebody, and recalls, beyond the rows, lowest seq first. */
  List<Entry> calls(ConversationId conversation) {
    return calls.getOrDefault(conversation, List.of());
  }

  /** The newest entry of a conversation, where it is beyond the rows. */
  @Nullable Entry newest(ConversationId conversation) {
    return newest.get(conversation);
  }

  /** Conversations in which an account's membership changed beyond the rows. */
  Set<ConversationId> touched(AccountId account) {
    Map<ConversationId, Entry> found = memberships.get(account);
    return found == null ? Set.of() : Set.copyOf(found.keySet());
  }

  /** Drops what the rows have by now. */
  void forget(long[] projected) {
    newest.values().removeIf(entry -> entry.n() <= projected[entry.lane()]);
    for (ConversationId conversation : calls.keySet()) {
      calls.computeIfPresent(
          conversation,
          (id, entries) -> {
            List<Entry> kept =
                entries.stream().filter(entry -> entry.n() > projected[entry.lane()]).toList();
            return kept.isEmpty() ? null : kept;
          });
    }
    for (AccountId account : memberships.keySet()) {
      memberships.computeIfPresent(
          account,
          (id, known) -> {
            known.values().removeIf(entry -> entry.n() <= projected[entry.lane()]);
            return known.isEmpty() ? null : known;
          });
    }
  }
}
