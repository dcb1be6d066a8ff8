package chat.plenary.messaging.message;

import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.content.Bson;
import chat.plenary.messaging.conversation.Access;
import chat.plenary.messaging.conversation.Kinds;
import chat.plenary.messaging.conversation.Marks;
import chat.plenary.messaging.conversation.Member;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.log.Entry;
import chat.plenary.messaging.log.Log;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.bson.BsonDocument;

/** History: entries as they stand in the log, overlaid with what happened to them since. */
public final class History {
  /** Entries of a page, at the most. */
  public static final int MAX_PAGE = 100;

  private final Log log;
  private final Access access;
  private final Marks marks;

  public History(Log log, Access access, Marks marks) {
    this.log = log;
    this.access = access;
    this.marks = marks;
  }

  /**
   * A page.
   *
   * @param entries lowest seq first
   * @param view the conversation and the membership by which access was judged
   */
  public record Page(List<EntryView> entries, Access.View view) {}

  /**
   * A page of history; nothing beyond the entry up to which access was judged.
   *
   * @param before only entries before this seq, the nearest; 0 for no such bound
   * @param after only entries after this seq, the nearest; -1 for no such bound
   * @param limit 1 to 100
   */
  public Future<Page> page(
      Caller caller, ConversationId conversation, long before, long after, int limit) {
    return access
        .view(caller, conversation)
        .compose(
            view -> {
              long last = before > 0 ? Math.min(view.upTo(), before - 1) : view.upTo();
              List<Member.Interval> visible =
                  after < 0
                      ? view.member().newest(last, limit)
                      : view.member().oldest(after + 1, last, limit);
              return between(view, visible, limit).map(found -> new Page(found, view));
            });
  }

  /**
   * A page of some of the entries only.
   *
   * @param entries lowest seq first
   * @param view the conversation and the membership by which access was judged
   * @param next where to go on, as the next page's {@code before} (or {@code after}, where the page
   *     was asked for so); 0 where there is no more
   */
  public record Sifted(List<EntryView> entries, Access.View view, long next) {}

  /** Which entries a page is of. */
  public enum Of {
    /** All but captions and their corrections. */
    MESSAGES,
    /** Captions only. */
    CAPTIONS
  }

  /**
   * A page of some of the entries only. At most 2,000 entries are looked at for one page, so it may
   * be short, or empty, though more follows.
   *
   * @param before only entries before this seq, the nearest; 0 for no such bound
   * @param after only entries after this seq, the nearest; -1 for no such bound
   * @param limit 1 to 100
   */
  public Future<Sifted> page(
      Caller caller, ConversationId conversation, long before, long after, int limit, Of of) {
    return access
        .view(caller, conversation)
        .compose(
            view -> {
              long last = before > 0 ? Math.min(view.upTo(), before - 1) : view.upTo();
              Sieve sieve = new Sieve(this, view, of, limit);
              return after < 0 ? sieve.newest(last) : sieve.oldest(after + 1, last);
            });
  }

  /** Several ranges, lowest first; more than one only for who was away and came back. */
  private Future<List<EntryView>> between(
      Access.View view, List<Member.Interval> ranges, int limit) {
    List<EntryView> found = new ArrayList<>();
    Future<Void> done = Future.succeededFuture();
    for (Member.Interval range : ranges) {
      done =
          done.compose(v -> between(view, range.from(), range.to(), limit))
              .map(
                  some -> {
                    found.addAll(some);
                    return null;
                  });
    }
    return done.map(v -> List.copyOf(found));
  }

  /** One message as it stands now; fails as not found where the caller may not see it. */
  public Future<EntryView> message(Caller caller, ConversationId conversation, long seq) {
    return access
        .view(caller, conversation)
        .compose(
            view -> {
              if (seq < 1 || !view.visible(seq)) {
                throw Fault.notFound("message");
              }
              return between(view, seq, seq, 1);
            })
        .map(
            found -> {
              if (found.isEmpty() || !found.get(0).entry().kind().equals(Kinds.POSTED)) {
                throw Fault.notFound("message");
              }
              return found.get(0);
            });
  }

  /**
   * Entries of a range that a membership may see, with what happened to them up to the entry up to
   * which access was judged. One about another that it may not see comes without its body.
   */
  public Future<List<EntryView>> between(Access.View view, long first, long last, int limit) {
    return between(view, first, last, limit, entries -> entries);
  }

  /** The same of those entries only that are picked from what the log holds. */
  Future<List<EntryView>> between(
      Access.View view, long first, long last, int limit, UnaryOperator<List<Entry>> pick) {
    ConversationId conversation = view.state().id();
    long upTo = Math.min(last, view.upTo());
    return log.read(conversation, Math.max(1, first), upTo, limit)
        .compose(entries -> shown(view, pick.apply(entries)));
  }

  /**
   * Entries that were read from the log of a conversation, as they are shown: those that a
   * membership may see, with what happened to them up to the entry up to which access was judged.
   *
   * @param entries at most 1,000 of the conversation
   */
  public Future<List<EntryView>> shown(Access.View view, List<Entry> entries) {
    Map<Long, EntryView> shown = new LinkedHashMap<>();
    for (Entry entry : entries) {
      if (view.visible(entry.seq())) {
        shown.put(
            entry.seq(),
            Targets.shown(entry, view.member()) ? EntryView.of(entry) : Targets.withheld(entry));
      }
    }
    List<Long> touchable =
        shown.values().stream()
            .filter(one -> one.entry().kind().equals(Kinds.POSTED))
            .map(one -> one.entry().seq())
            .toList();
    return touchable.isEmpty()
        ? Future.succeededFuture(List.copyOf(shown.values()))
        : marks.of(view.state().id(), touchable, view.upTo()).map(found -> overlay(shown, found));
  }

  private static List<EntryView> overlay(Map<Long, EntryView> shown, Marks.Found found) {
    for (BsonDocument row : found.rows()) {
      long target = Bson.number(row, "t", 0);
      BsonDocument recall = row.get("rc") instanceof BsonDocument rc ? rc : null;
      BsonDocument edit = row.get("ed") instanceof BsonDocument ed ? ed : null;
      if (recall != null) {
        shown.computeIfPresent(
            target,
            (seq, one) ->
                one.recalled(
                    Bson.number(recall, "seq", 0),
                    new AccountId(recall.getString("by").getValue()),
                    at(recall)));
      } else if (edit != null) {
        shown.computeIfPresent(
            target,
            (seq, one) ->
                one.edited(Bson.number(edit, "seq", 0), at(edit), row.getDocument("body")));
      }
    }
    for (Entry entry : found.beyond()) {
      BsonDocument body = entry.body();
      // Whether the entry itself can be seen does not matter, as it does not for the rows: who was
      // away when a message was changed is shown it as it stands now.
      if (body == null) {
        continue;
      }
      long target = Bson.number(body, "target", 0);
      if (entry.kind().equals(Kinds.RECALLED)) {
        shown.computeIfPresent(
            target, (seq, one) -> one.recalled(entry.seq(), entry.sender(), entry.at()));
      } else if (entry.kind().equals(Kinds.EDITED)) {
        shown.computeIfPresent(target, (seq, one) -> edited(one, entry, body));
      }
    }
    return List.copyOf(shown.values());
  }

  private static EntryView edited(EntryView one, Entry entry, BsonDocument body) {
    EntryView.Edit known = one.edit();
    return known != null && known.seq() >= entry.seq()
        ? one
        : one.edited(entry.seq(), entry.at(), body.getDocument("body"));
  }

  private static Instant at(BsonDocument mark) {
    return Instant.ofEpochMilli(mark.getDateTime("at").getValue());
  }
}
