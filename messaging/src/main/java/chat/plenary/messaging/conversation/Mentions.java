package chat.plenary.messaging.conversation;

import chat.plenary.messaging.content.Bson;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.log.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/**
 * Which unread messages mention a member: by name, as its row says; everybody, as the
 * conversation's row says; and what the log has beyond both.
 */
final class Mentions {
  /** Unread mentions that are told, and that a row keeps; older ones are forgotten first. */
  static final int MAX = 100;

  private Mentions() {}

  /** Whether an entry mentions somebody, or may take a mention away. */
  static boolean concerns(Entry entry) {
    BsonDocument body = entry.body();
    return body != null
        && (entry.kind().equals(Kinds.RECALLED)
            || (entry.kind().equals(Kinds.POSTED)
                && (body.containsKey("mentions") || Bson.flag(body, "all"))));
  }

  /**
   * The seqs of unread messages that mention a member, lowest first, at most {@value #MAX}.
   *
   * @param read the entry up to which the member has read
   * @param beyond entries that {@link #concerns concern} mentions, which the rows may lack, in
   *     order
   */
  static List<Long> unread(
      Access.View view,
      AccountId account,
      long read,
      Optional<BsonDocument> member,
      Optional<BsonDocument> conversation,
      List<Entry> beyond) {
    TreeSet<Long> seqs = new TreeSet<>();
    member.ifPresent(row -> addAll(seqs, row, "men"));
    conversation.ifPresent(row -> addAll(seqs, row, "alls"));
    for (Entry entry : beyond) {
      BsonDocument body = entry.body();
      if (body == null) {
        continue;
      }
      if (entry.kind().equals(Kinds.RECALLED)) {
        seqs.remove(Bson.number(body, "target", 0));
      } else if (Bson.flag(body, "all")
          || Bson.strings(body, "mentions").contains(account.value())) {
        seqs.add(entry.seq());
      }
    }
    List<Long> unread =
        new ArrayList<>(seqs.stream().filter(seq -> seq > read && view.visible(seq)).toList());
    return unread.subList(Math.max(0, unread.size() - MAX), unread.size());
  }

  private static void addAll(Set<Long> seqs, BsonDocument row, String field) {
    if (row.containsKey(field)) {
      for (BsonValue value : row.getArray(field)) {
        seqs.add(value.asNumber().longValue());
      }
    }
  }
}
