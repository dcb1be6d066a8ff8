package chat.plenary.messaging.conversation;

import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.content.Bson;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.log.Cursor;
import chat.plenary.messaging.log.Entry;
import chat.plenary.messaging.log.LiveListener;
import chat.plenary.messaging.log.Log;
import chat.plenary.messaging.store.Query;
import chat.plenary.messaging.store.Store;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** The conversations of an account, with what is unread in them. */
public final class Inbox {
  /** Conversations that an account may be in and have listed. */
  public static final int MAX_CONVERSATIONS = 5_000;

  /** Conversations of one account that are looked up at once. */
  private static final int AT_ONCE = 32;

  private final Log log;
  private final Store store;
  private final Access access;
  private final Heads heads = new Heads();
  private final Positions positions;

  public Inbox(Log log, Store store, Access access, Positions positions) {
    this.log = log;
    this.store = store;
    this.access = access;
    this.positions = positions;
  }

  /**
   * One conversation as its member sees it in the list.
   *
   * @param view the conversation and the membership
   * @param position the seq up to which it was read; never beyond what the view shows
   * @param positionM countable messages up to there
   * @param mentions seqs of unread messages that name the member, at most 100
   * @param last the newest entry that the member may see, or null
   */
  public record Row(
      Access.View view, long position, long positionM, List<Long> mentions, @Nullable Entry last) {
    public Row {
      mentions = List.copyOf(mentions);
    }

    /** Countable messages up to the newest entry that the member may see. */
    public long m() {
      return view.member().current() || last == null ? view.state().m() : last.m();
    }

    /** Unread messages. */
    public long unread() {
      return Math.max(0, m() - positionM);
    }
  }

  /**
   * A page of conversations, in order of their ids.
   *
   * @param rows at most as many as were asked for
   * @param next what to pass as {@code after} for the next page, or null at the end
   */
  public record Page(List<Row> rows, @Nullable String next) {}

  /** What hears of entries as they are applied; to be registered before the log starts. */
  public LiveListener listener() {
    return heads;
  }

  /**
   * Reads what the log has beyond the rows, so that nothing is missing from the lists. To be called
   * once, after the log was started and before anybody is served.
   *
   * @param projected how far {@link Projection} has come, by lane
   */
  public Future<Void> warm(long[] projected) {
    Future<Void> done = Future.succeededFuture();
    for (int i = 0; i < Log.LANES; i++) {
      int lane = i;
      done = done.compose(v -> warm(lane, projected[lane]));
    }
    return done;
  }

  private Future<Void> warm(int lane, long after) {
    if (after >= log.cursor().number(lane)) {
      return Future.succeededFuture();
    }
    return log.readLane(lane, after, 1_000)
        .compose(
            entries -> {
              entries.forEach(heads::fold);
              return entries.isEmpty()
                  ? Future.succeededFuture()
                  : warm(lane, entries.get(entries.size() - 1).n());
            });
  }

  /** Drops from memory what the rows have caught up with. To be called now and then. */
  public void forget(long[] projected) {
    heads.forget(projected);
  }

  /** One conversation. Fails as {@link Fault.Code#NOT_FOUND} like the door. */
  public Future<Row> row(Caller caller, ConversationId conversation) {
    return access.view(caller, conversation).compose(view -> row(caller, view));
  }

  /** One conversation, also of a former member; empty where there is none to be seen. */
  public Future<Optional<Row>> again(Caller caller, ConversationId conversation) {
    return row(caller, access.past(caller, conversation));
  }

  /**
   * A page of the conversations that the caller is a member of now.
   *
   * @param after the {@code next} of the page before, or null
   * @param limit 1 to 1,000
   */
  public Future<Page> page(Caller caller, @Nullable String after, int limit) {
    return ids(caller.account())
        .compose(
            ids -> {
              List<ConversationId> wanted = new ArrayList<>();
              for (ConversationId id : ids) {
                if ((after == null || id.value().compareTo(after) > 0) && wanted.size() <= limit) {
                  wanted.add(id);
                }
              }
              boolean more = wanted.size() > limit;
              List<ConversationId> shown = more ? wanted.subList(0, limit) : wanted;
              return rows(caller, shown, id -> access.view(caller, id))
                  .map(rows -> new Page(rows, more ? shown.get(shown.size() - 1).value() : null));
            });
  }

  /**
   * The conversations in which something stands beyond a cursor, those too that the caller was
   * removed from since. Costs what changed, besides one reading of the caller's memberships and the
   * rows of their conversations.
   */
  public Future<List<Row>> since(Caller caller, Cursor cursor) {
    return ids(caller.account())
        .compose(
            ids -> {
              // Before the rows: what they catch up with meanwhile is forgotten here.
              Map<ConversationId, Entry> beyond = new HashMap<>();
              for (ConversationId id : ids) {
                Entry newest = heads.newest(id);
                if (newest != null) {
                  beyond.put(id, newest);
                }
              }
              return store
                  .get(Rows.CONVERSATIONS, ids.stream().map(ConversationId::value).toList())
                  .compose(
                      found -> {
                        Map<String, Long> numbers = new HashMap<>();
                        found.forEach(
                            row ->
                                numbers.put(
                                    row.getString("_id").getValue(), Bson.number(row, "n", 0)));
                        List<ConversationId> changed = new ArrayList<>();
                        for (ConversationId id : ids) {
                          Entry newest = beyond.get(id);
                          long n = numbers.getOrDefault(id.value(), 0L);
                          if (newest != null) {
                            n = Math.max(n, newest.n());
                          }
                          if (n > cursor.number(log.lane(id))) {
                            changed.add(id);
                          }
                        }
                        return rows(caller, changed, id -> access.past(caller, id));
                      });
            });
  }

  /**
   * When the newest entry was made that the caller may see.
   *
   * @param at by the clock of the node that numbered it
   */
  public record Newest(ConversationId conversation, Instant at) {}

  /** All conversations that the caller is a member of now, in order of their ids. */
  public Future<List<Newest>> newest(Caller caller) {
    return ids(caller.account())
        .compose(
            ids -> {
              List<ConversationId> all = List.copyOf(ids);
              List<Newest> found = new ArrayList<>();
              Future<Void> done = Future.succeededFuture();
              for (int i = 0; i < all.size(); i += AT_ONCE) {
                List<ConversationId> some = all.subList(i, Math.min(i + AT_ONCE, all.size()));
                done =
                    done.compose(
                            v ->
                                Future.<Optional<Newest>>all(
                                    some.stream().map(id -> newest(caller, id)).toList()))
                        .map(
                            each -> {
                              each.<Optional<Newest>>list()
                                  .forEach(one -> one.ifPresent(found::add));
                              return null;
                            });
              }
              return done.map(v -> found);
            });
  }

  private Future<Optional<Newest>> newest(Caller caller, ConversationId id) {
    return unlessHidden(
        access
            .view(caller, id)
            .compose(view -> last(view, heads.newest(id)))
            .map(last -> last.map(entry -> new Newest(id, entry.at()))));
  }

  private Future<Optional<Entry>> last(Access.View view, @Nullable Entry newest) {
    return newest != null && newest.seq() == view.upTo()
        ? Future.succeededFuture(Optional.of(newest))
        : log.read(view.state().id(), view.upTo(), view.upTo(), 1)
            .map(found -> found.stream().findFirst());
  }

  private static <T> Future<Optional<T>> unlessHidden(Future<Optional<T>> found) {
    return found.recover(
        failure ->
            failure instanceof Fault fault && fault.code() == Fault.Code.NOT_FOUND
                ? Future.succeededFuture(Optional.empty())
                : Future.failedFuture(failure));
  }

  /**
   * All conversations of the caller, former ones too, in order of their ids; nothing is judged here
   * but where each is opened.
   */
  public Future<Set<ConversationId>> ids(Caller caller) {
    return ids(caller.account());
  }

  private Future<Set<ConversationId>> ids(AccountId account) {
    Set<ConversationId> found = new TreeSet<>(heads.touched(account));
    return ids(account, null, found);
  }

  private Future<Set<ConversationId>> ids(
      AccountId account, @Nullable BsonValue after, Set<ConversationId> found) {
    Query query = Query.in(Rows.MEMBERS, "c").where("a", account.value()).limit(1_000);
    return store
        .find(after == null ? query : query.after(after))
        .compose(
            page -> {
              page.forEach(row -> found.add(new ConversationId(row.getString("c").getValue())));
              return page.size() < 1_000 || found.size() >= MAX_CONVERSATIONS
                  ? Future.succeededFuture(found)
                  : ids(account, page.get(page.size() - 1).get("c"), found);
            });
  }

  /** Several at once, in the order of the ids; those that the caller may not see are left out. */
  private Future<List<Row>> rows(
      Caller caller, List<ConversationId> ids, Function<ConversationId, Future<Access.View>> door) {
    List<Row> rows = new ArrayList<>();
    Future<Void> done = Future.succeededFuture();
    for (int i = 0; i < ids.size(); i += AT_ONCE) {
      List<ConversationId> some = ids.subList(i, Math.min(i + AT_ONCE, ids.size()));
      done =
          done.compose(
                  v ->
                      Future.<Optional<Row>>all(
                          some.stream().map(id -> row(caller, door.apply(id))).toList()))
              .map(
                  all -> {
                    all.<Optional<Row>>list().forEach(row -> row.ifPresent(rows::add));
                    return null;
                  });
    }
    return done.map(v -> rows);
  }

  private Future<Optional<Row>> row(Caller caller, Future<Access.View> door) {
    return unlessHidden(door.compose(view -> row(caller, view)).map(Optional::of));
  }

  private Future<Row> row(Caller caller, Access.View view) {
    ConversationId id = view.state().id();
    AccountId account = caller.account();
    // What is beyond the rows before the rows: what the rows catch up with meanwhile is in both.
    List<Entry> calls = heads.calls(id);
    Entry newest = heads.newest(id);
    Future<Optional<BsonDocument>> member =
        positions.settle(id, account).compose(v -> first(Rows.MEMBERS, Rows.memberId(id, account)));
    Future<Optional<BsonDocument>> conversation = first(Rows.CONVERSATIONS, id.value());
    Future<Optional<Entry>> last = last(view, newest);
    return Future.all(member, conversation, last)
        .map(
            all -> {
              Positions.Position position =
                  member
                      .result()
                      .map(
                          row ->
                              new Positions.Position(
                                  Bson.number(row, "p", 0), Bson.number(row, "pm", 0)))
                      .orElseGet(() -> positions.rowless(id, account));
              List<Long> mentions =
                  Mentions.unread(
                      view, account, position.seq(), member.result(), conversation.result(), calls);
              return row(view, position, mentions, last.result().orElse(null));
            });
  }

  /**
   * The position may be newer than the view that was judged before it was read: no more of it is
   * told than the view shows.
   */
  private static Row row(
      Access.View view, Positions.Position position, List<Long> mentions, @Nullable Entry last) {
    Row row = new Row(view, position.seq(), position.m(), mentions, last);
    return position.seq() < view.upTo() ? row : new Row(view, view.upTo(), row.m(), mentions, last);
  }

  private Future<Optional<BsonDocument>> first(String collection, String id) {
    return store.get(collection, List.of(id)).map(found -> found.stream().findFirst());
  }
}
