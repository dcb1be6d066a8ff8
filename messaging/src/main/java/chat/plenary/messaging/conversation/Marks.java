package chat.plenary.messaging.conversation;

import chat.plenary.messaging.content.Bson;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.log.Entry;
import chat.plenary.messaging.log.Log;
import chat.plenary.messaging.store.Query;
import chat.plenary.messaging.store.Store;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bson.BsonArray;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt64;

/**
 * What happened to messages: their marks' rows, and the edits and recalls that the log has beyond
 * the rows.
 */
public final class Marks {
  private static final String ENTRIES = "entries";
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
   * @param beyond their edits and recalls that came after the rows were written, lowest seq first
   */
  public record Found(List<BsonDocument> rows, List<Entry> beyond) {
    public Found {
      rows = List.copyOf(rows);
      beyond = List.copyOf(beyond);
    }
  }

  /**
   * What happened to some messages up to an entry; nothing of what came later, though a body that
   * was recalled later is gone.
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
                    .compose(marks -> upTo(conversation, marks, upTo))
                    .compose(
                        marks ->
                            beyond(
                                    conversation,
                                    new HashSet<>(seqs),
                                    projected + 1,
                                    upTo,
                                    new ArrayList<>())
                                .map(entries -> new Found(marks, entries))));
  }

  /**
   * What became of a message, as far as the store knows.
   *
   * @param recalled whether it was recalled
   * @param edit the seq of its newest edit; 0 for none
   */
  public record Fate(boolean recalled, long edit) {
    static final Fate NONE = new Fate(false, 0);

    private Fate after(String kind, long seq) {
      return switch (kind) {
        case Kinds.RECALLED -> new Fate(true, edit);
        case Kinds.EDITED -> new Fate(recalled, Math.max(edit, seq));
        default -> this;
      };
    }
  }

  /**
   * What became of some messages, by all that was committed when this was called: also by what this
   * node has not applied. For whoever wrote something down about them and judges again.
   *
   * @return of each message its fate
   */
  public Future<Map<Long, Fate>> fates(ConversationId conversation, Collection<Long> seqs) {
    return store
        .get(Rows.CONVERSATIONS, List.of(conversation.value()))
        .map(found -> found.isEmpty() ? 0L : Bson.number(found.get(0), "seq", 0))
        .compose(
            projected ->
                rows.marks(conversation, seqs)
                    .compose(
                        marks -> {
                          Map<Long, Fate> fates = new HashMap<>();
                          seqs.forEach(seq -> fates.put(seq, Fate.NONE));
                          for (BsonDocument mark : marks) {
                            fates.put(
                                Bson.number(mark, "t", 0),
                                new Fate(mark.containsKey("rc"), seq(mark, "ed")));
                          }
                          return fatesBeyond(conversation, projected, fates);
                        }));
  }

  private Future<Map<Long, Fate>> fatesBeyond(
      ConversationId conversation, long after, Map<Long, Fate> fates) {
    return store
        .find(
            Query.in(ENTRIES, "seq")
                .where("c", conversation.value())
                .after(new BsonInt64(after))
                .limit(PAGE))
        .compose(
            page -> {
              for (BsonDocument row : page) {
                String kind = row.getString("e").getValue();
                if (row.get("body") instanceof BsonDocument body) {
                  fates.computeIfPresent(
                      Bson.number(body, "target", 0),
                      (seq, fate) -> fate.after(kind, Bson.number(row, "seq", 0)));
                }
              }
              return page.size() < PAGE
                  ? Future.succeededFuture(fates)
                  : fatesBeyond(
                      conversation, Bson.number(page.get(page.size() - 1), "seq", 0), fates);
            });
  }

  /** The marks as they were at an entry: in place of a later edit the one before it. */
  private Future<List<BsonDocument>> upTo(
      ConversationId conversation, List<BsonDocument> marks, long upTo) {
    List<BsonDocument> found = new ArrayList<>();
    Future<Void> done = Future.succeededFuture();
    for (BsonDocument mark : marks) {
      if (seq(mark, "rc") <= upTo && seq(mark, "ed") <= upTo) {
        found.add(mark);
      } else if (!mark.containsKey("rc")) {
        done =
            done.compose(v -> earlier(conversation, mark, upTo))
                .map(
                    edit -> {
                      edit.ifPresent(found::add);
                      return null;
                    });
      }
    }
    return done.map(v -> found);
  }

  private static long seq(BsonDocument mark, String what) {
    return mark.get(what) instanceof BsonDocument one ? Bson.number(one, "seq", 0) : 0;
  }

  private Future<Optional<BsonDocument>> earlier(
      ConversationId conversation, BsonDocument mark, long upTo) {
    long newest =
        mark.getArray("eds", new BsonArray()).stream()
            .mapToLong(edit -> edit.asNumber().longValue())
            .filter(edit -> edit <= upTo)
            .max()
            .orElse(0);
    if (newest == 0) {
      return Future.succeededFuture(Optional.empty());
    }
    return log.read(conversation, newest, newest, 1)
        .map(found -> found.stream().findFirst().flatMap(edit -> marked(mark, edit)));
  }

  /** A mark as an edit left it; none where the edit has lost its body. */
  private static Optional<BsonDocument> marked(BsonDocument mark, Entry edit) {
    BsonDocument body = edit.body();
    if (body == null) {
      return Optional.empty();
    }
    BsonDocument at =
        new BsonDocument("seq", new BsonInt64(edit.seq()))
            .append("at", new BsonDateTime(edit.at().toEpochMilli()));
    return Optional.of(mark.clone().append("ed", at).append("body", body.getDocument("body")));
  }

  /** What the rows lack about some messages. Of what lies between only a page is held at a time. */
  private Future<List<Entry>> beyond(
      ConversationId conversation, Set<Long> targets, long from, long upTo, List<Entry> found) {
    if (from > upTo) {
      return Future.succeededFuture(found);
    }
    return log.read(conversation, from, upTo, PAGE)
        .compose(
            page -> {
              for (Entry entry : page) {
                BsonDocument body = entry.body();
                if ((entry.kind().equals(Kinds.EDITED) || entry.kind().equals(Kinds.RECALLED))
                    && body != null
                    && targets.contains(Bson.number(body, "target", 0))) {
                  found.add(entry);
                }
              }
              return page.size() < PAGE
                  ? Future.succeededFuture(found)
                  : beyond(conversation, targets, page.get(page.size() - 1).seq() + 1, upTo, found);
            });
  }
}
