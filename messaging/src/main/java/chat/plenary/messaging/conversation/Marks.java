package chat.plenary.messaging.conversation;

import chat.plenary.messaging.content.Bson;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.log.Entry;
import chat.plenary.messaging.log.Log;
import chat.plenary.messaging.store.Store;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.bson.BsonDocument;

/**
 * What happened to messages: their marks' rows, and the edits and recalls that the log has beyond
 * the rows.
 */
public final class Marks {
  private static final int PAGE = 1_000;

  private final Log log;
  private final Store store;
  private final Rows rows;

  public Marks(Log log, Store store) {
    this.log = log;
    this.store = store;
    this.rows = new Rows(store);
  }

  /**
   * What was found, to be laid over the messages in this order.
   *
   * @param rows marks: {@code t} target, {@code ed} and {@code body} the newest edit, {@code rc}
   *     the recall
   * @param beyond edits and recalls that came after the rows were written, lowest seq first
   */
  public record Found(List<BsonDocument> rows, List<Entry> beyond) {
    public Found {
      rows = List.copyOf(rows);
      beyond = List.copyOf(beyond);
    }
  }

  /**
   * What happened to some messages up to an entry.
   *
   * @param seqs the messages
   * @param upTo the entry up to which access was judged
   */
  public Future<Found> of(ConversationId conversation, Collection<Long> seqs, long upTo) {
    // The conversation's row first: its number says how far all marks have come at least.
    return store
        .get(Rows.CONVERSATIONS, List.of(conversation.value()))
        .map(found -> found.isEmpty() ? 0L : Bson.number(found.get(0), "seq", 0))
        .compose(
            projected ->
                rows.marks(conversation, seqs)
                    .compose(
                        marks ->
                            beyond(conversation, projected + 1, upTo, new ArrayList<>())
                                .map(entries -> new Found(marks, entries))));
  }

  private Future<List<Entry>> beyond(
      ConversationId conversation, long from, long upTo, List<Entry> found) {
    if (from > upTo) {
      return Future.succeededFuture(found);
    }
    return log.read(conversation, from, upTo, PAGE)
        .compose(
            page -> {
              for (Entry entry : page) {
                if (entry.kind().equals(Kinds.EDITED) || entry.kind().equals(Kinds.RECALLED)) {
                  found.add(entry);
                }
              }
              return page.size() < PAGE
                  ? Future.succeededFuture(found)
                  : beyond(conversation, page.get(page.size() - 1).seq() + 1, upTo, found);
            });
  }
}
