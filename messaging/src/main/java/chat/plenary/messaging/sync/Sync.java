package chat.plenary.messaging.sync;

import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.conversation.Access;
import chat.plenary.messaging.conversation.ConversationJson;
import chat.plenary.messaging.conversation.Inbox;
import chat.plenary.messaging.conversation.Member;
import chat.plenary.messaging.log.Cursor;
import chat.plenary.messaging.log.Log;
import chat.plenary.messaging.message.EntryView;
import chat.plenary.messaging.message.History;
import chat.plenary.messaging.protocol.ServerFrame;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What changed since a cursor. The new cursor is taken before anything is read, so what is appended
 * meanwhile may be told twice and is never missed.
 */
public final class Sync {
  /** Entries of one conversation that are told at the most. */
  public static final int MAX_ENTRIES = 50;

  /** Conversations that are told to whoever has no cursor. */
  public static final int MAX_CONVERSATIONS = 1_000;

  /** Conversations after which a page ends, with the lane that it is in. */
  private static final int PAGE = 100;

  /** Characters of entries after which a page tells of no more of them. */
  private static final long PAGE_SIZE = 4 * 1024 * 1024;

  private static final int AT_ONCE = 16;

  private final Log log;
  private final Inbox inbox;
  private final History history;

  public Sync(Log log, Inbox inbox, History history) {
    this.log = log;
    this.inbox = inbox;
    this.history = history;
  }

  /**
   * A page of what changed.
   *
   * @param conversations what changed
   * @param cursor up to where this page tells everything
   * @param more whether asking again at once with that cursor tells more
   */
  public record Page(List<ServerFrame.Conversation> conversations, Cursor cursor, boolean more) {
    public Page {
      conversations = List.copyOf(conversations);
    }

    /** The form in the protocol. */
    public JsonObject toJson() {
      return new JsonObject()
          .put(
              "conversations",
              conversations.stream().map(ServerFrame.Conversation::content).toList())
          .put("cursor", cursor.encode())
          .put("more", more);
    }
  }

  /**
   * A page of what changed since a cursor; without one the newest conversations, without entries,
   * in one page. A page ends between lanes, since a cursor counts by lane: it holds some hundred
   * conversations, more only where one lane has more, and some 4 MiB of entries. What is left of a
   * lane where these are full is told without entries, as incomplete.
   *
   * @param since the last cursor that the client was given, or null
   * @return fails as unavailable where this node stays behind the cursor, as gone where the cursor
   *     is of another epoch
   */
  public Future<Page> page(Caller caller, @Nullable Cursor since) {
    if (since == null) {
      Cursor now = log.cursor();
      return newest(caller)
          .map(rows -> new Page(rows.stream().map(row -> bare(caller, row)).toList(), now, false));
    }
    return log.reach(since)
        .compose(
            reached -> {
              Cursor now = log.cursor();
              return changed(caller, since)
                  .compose(
                      rows -> {
                        List<Inbox.Row> some = rows.subList(0, end(rows, PAGE));
                        return entries(caller, some, since, PAGE_SIZE)
                            .map(found -> cut(caller, rows, found, since, now));
                      });
            });
  }

  /** The conversations that changed since a cursor that was reached, in order of their lanes. */
  public Future<List<Inbox.Row>> changed(Caller caller, Cursor since) {
    return inbox
        .since(caller, since)
        .map(
            rows ->
                rows.stream()
                    .sorted(Comparator.comparingInt(row -> log.lane(row.view().state().id())))
                    .toList());
  }

  /** The conversations of an account, newest first, at most 1,000. */
  public Future<List<Inbox.Row>> newest(Caller caller) {
    return newest(caller, null, new ArrayList<>());
  }

  private Future<List<Inbox.Row>> newest(
      Caller caller, @Nullable String after, List<Inbox.Row> found) {
    return inbox
        .page(caller, after, 1_000)
        .compose(
            page -> {
              found.addAll(page.rows());
              String next = page.next();
              if (next != null && found.size() < Inbox.MAX_CONVERSATIONS) {
                return newest(caller, next, found);
              }
              return Future.succeededFuture(
                  found.stream()
                      .sorted(Comparator.comparingLong(Sync::at).reversed())
                      .limit(MAX_CONVERSATIONS)
                      .toList());
            });
  }

  private static long at(Inbox.Row row) {
    return row.last() == null ? 0 : row.last().at().toEpochMilli();
  }

  /** A row judged and read anew; empty where the conversation is not the caller's to see. */
  public Future<Optional<Inbox.Row>> again(Caller caller, Inbox.Row row) {
    return inbox.again(caller, row.view().state().id());
  }

  /** A row as it is told without entries. */
  public static ServerFrame.Conversation bare(Caller caller, Inbox.Row row) {
    return new ServerFrame.Conversation(
        ConversationJson.of(row, caller.account()), List.of(), row.view().state().seq() == 0);
  }

  /** A row with its entries that stand beyond a cursor. */
  public Future<ServerFrame.Conversation> entries(Caller caller, Inbox.Row row, Cursor since) {
    Access.View view = row.view();
    long known = since.number(log.lane(view.state().id()));
    List<Member.Interval> ranges = view.member().newest(view.upTo(), MAX_ENTRIES + 1);
    List<EntryView> found = new ArrayList<>();
    Future<Void> done = Future.succeededFuture();
    for (Member.Interval range : ranges) {
      done =
          done.compose(v -> history.between(view, range.from(), range.to(), MAX_ENTRIES + 1))
              .map(
                  some -> {
                    found.addAll(some);
                    return null;
                  });
    }
    return done.map(
        v -> {
          List<EntryView> fresh = found.stream().filter(one -> one.entry().n() > known).toList();
          boolean complete = fresh.size() <= MAX_ENTRIES;
          List<JsonObject> told =
              fresh.subList(complete ? 0 : fresh.size() - MAX_ENTRIES, fresh.size()).stream()
                  .map(EntryView::toJson)
                  .toList();
          return new ServerFrame.Conversation(
              ConversationJson.of(row, caller.account()), told, complete);
        });
  }

  /** The first of some rows with their entries, a few at a time, until these are too large. */
  private Future<List<ServerFrame.Conversation>> entries(
      Caller caller, List<Inbox.Row> rows, Cursor since, long most) {
    List<Inbox.Row> some = rows.subList(0, Math.min(rows.size(), AT_ONCE));
    return Future.<ServerFrame.Conversation>all(
            some.stream().map(row -> entries(caller, row, since)).toList())
        .compose(
            all -> {
              List<ServerFrame.Conversation> found = new ArrayList<>();
              long left = most;
              for (ServerFrame.Conversation one : all.<ServerFrame.Conversation>list()) {
                if (left <= 0) {
                  return Future.succeededFuture(found);
                }
                found.add(one);
                left -= size(one);
              }
              if (left <= 0 || some.size() == rows.size()) {
                return Future.succeededFuture(found);
              }
              return entries(caller, rows.subList(some.size(), rows.size()), since, left)
                  .map(
                      more -> {
                        found.addAll(more);
                        return found;
                      });
            });
  }

  private static long size(ServerFrame.Conversation one) {
    return one.entries().stream().mapToLong(entry -> entry.encode().length()).sum();
  }

  /** A page that ends with the lane of the last row whose entries were read. */
  private Page cut(
      Caller caller,
      List<Inbox.Row> rows,
      List<ServerFrame.Conversation> found,
      Cursor since,
      Cursor now) {
    int end = end(rows, found.size());
    List<ServerFrame.Conversation> told = new ArrayList<>(found);
    for (Inbox.Row row : rows.subList(found.size(), end)) {
      told.add(
          new ServerFrame.Conversation(
              ConversationJson.of(row, caller.account()), List.of(), false));
    }
    boolean more = end < rows.size();
    int firstLeft = more ? lane(rows, end) : Log.LANES;
    long[] numbers = new long[Log.LANES];
    for (int i = 0; i < Log.LANES; i++) {
      numbers[i] = i < firstLeft ? Math.max(now.number(i), since.number(i)) : since.number(i);
    }
    return new Page(told, Cursor.of(now.epoch(), numbers), more);
  }

  /** Where the lane ends in which the last of some first rows stands. */
  private int end(List<Inbox.Row> rows, int first) {
    int end = Math.min(rows.size(), first);
    while (end > 0 && end < rows.size() && lane(rows, end) == lane(rows, end - 1)) {
      end++;
    }
    return end;
  }

  private int lane(List<Inbox.Row> rows, int index) {
    return log.lane(rows.get(index).view().state().id());
  }
}
