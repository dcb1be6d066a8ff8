package chat.plenary.bots.feed;

import chat.plenary.messaging.Chat;
import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.content.Bson;
import chat.plenary.messaging.conversation.Access;
import chat.plenary.messaging.conversation.ConversationState;
import chat.plenary.messaging.conversation.Inbox;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.http.Route;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.log.Applied;
import chat.plenary.messaging.log.Cursor;
import chat.plenary.messaging.log.LiveListener;
import chat.plenary.messaging.log.Log;
import chat.plenary.messaging.log.Timers;
import chat.plenary.messaging.message.CardHandler;
import chat.plenary.messaging.message.EntryView;
import chat.plenary.messaging.store.Store;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * The feed of a bot: the entries of its conversations as far as it may see them, read from the log,
 * and the answers to its cards. Whoever waits costs a timer and no thread.
 */
public final class Feed {
  /** Items of a page, at the most. */
  public static final int MAX_PAGE = 100;

  private final Chat chat;
  private final StoredAnswers answers;
  private final Waiters waiters;
  private final Timers timers;

  private Feed(Chat chat, Store store, Timers timers) {
    this.chat = chat;
    this.timers = timers;
    this.answers = new StoredAnswers(store, timers.clock());
    this.waiters = new Waiters(timers);
  }

  /** Creates indexes; to be called before the log starts. */
  public static Future<Feed> open(Chat chat, Store store, Timers timers) {
    Feed feed = new Feed(chat, store, timers);
    chat.log().listen((LiveListener) feed::applied);
    return feed.answers.prepare().map(feed);
  }

  /** Takes the answers to the cards of all bots that run elsewhere. */
  public CardHandler others() {
    return new OtherBots(answers, this, chat.signals());
  }

  /** The endpoint. */
  public List<Route> routes() {
    return new FeedRoutes(this).routes();
  }

  /** Lets go of whoever waits, with what there is. */
  public void close() {
    waiters.close();
  }

  /** There is something new for a bot. */
  void wake(AccountId bot) {
    waiters.wake(bot);
  }

  private void applied(int lane, List<Applied> applied) {
    if (waiters.isEmpty()) {
      return;
    }
    for (Applied one : applied) {
      if (one.after() instanceof ConversationState state) {
        waiters.wakeAmong(state.members().keySet());
      } else {
        waiters.wakeAll();
      }
    }
  }

  /**
   * A page, as the protocol has it.
   *
   * @param cursor the cursor of the page before, or null to begin with the oldest
   * @param limit 1 to {@value #MAX_PAGE}
   * @param waitSeconds 0 to 50: how long to wait where there is nothing new
   */
  public Future<JsonObject> page(Caller bot, @Nullable String cursor, int limit, int waitSeconds) {
    if (!bot.bot()) {
      throw Fault.of(Fault.Code.FORBIDDEN, "Only bots have a feed.");
    }
    FeedCursor from =
        cursor == null
            ? new FeedCursor(Cursor.of(chat.log().cursor().epoch(), new long[Log.LANES]), 0)
            : FeedCursor.decode(cursor);
    return chat.log()
        .reach(from.log())
        .compose(v -> page(bot, from, limit, timers.elapsed() + waitSeconds * 1_000L));
  }

  private Future<JsonObject> page(Caller bot, FeedCursor from, int limit, long deadline) {
    // Before reading: what comes meanwhile completes it, so that nothing is slept through.
    boolean waits = timers.elapsed() < deadline;
    Promise<Void> something = waits ? waiters.add(bot.account()) : Promise.promise();
    return items(bot, from, limit)
        .onFailure(failure -> waiters.remove(bot.account(), something))
        .compose(
            page -> {
              if (!page.getJsonArray("items").isEmpty() || !waits || waiters.closed()) {
                waiters.remove(bot.account(), something);
                return Future.succeededFuture(page);
              }
              FeedCursor on = FeedCursor.decode(page.getString("cursor"));
              return waiters
                  .await(something, deadline, () -> newAnswers(bot, on))
                  .eventually(
                      () -> {
                        waiters.remove(bot.account(), something);
                        return Future.succeededFuture();
                      })
                  .compose(v -> page(bot, on, limit, deadline));
            });
  }

  private Future<Boolean> newAnswers(Caller bot, FeedCursor from) {
    return answers.newest(bot.account()).map(newest -> newest > from.answers());
  }

  private Future<JsonObject> items(Caller bot, FeedCursor from, int limit) {
    Cursor target = chat.log().cursor();
    return chat.inbox()
        .since(bot, from.log())
        .compose(
            rows -> {
              Map<Integer, List<Access.View>> lanes = new TreeMap<>();
              for (Inbox.Row row : rows) {
                lanes
                    .computeIfAbsent(
                        chat.log().lane(row.view().state().id()), lane -> new ArrayList<>())
                    .add(row.view());
              }
              return entries(lanes, from.log(), target, limit);
            })
        .compose(
            read ->
                answers
                    .after(bot.account(), from.answers(), Math.max(1, limit - read.items.size()))
                    .map(found -> page(read, found, from, limit)));
  }

  /** What was read so far. */
  private static final class Read {
    final JsonArray items = new JsonArray();
    final long[] numbers = new long[Log.LANES];
  }

  private Future<Read> entries(
      Map<Integer, List<Access.View>> lanes, Cursor from, Cursor target, int limit) {
    Read read = new Read();
    for (int lane = 0; lane < Log.LANES; lane++) {
      boolean quiet = !lanes.containsKey(lane);
      read.numbers[lane] =
          quiet ? Math.max(from.number(lane), target.number(lane)) : from.number(lane);
    }
    // Begin elsewhere each time, so that a busy lane keeps no other one waiting for ever.
    List<Integer> order = new ArrayList<>(lanes.keySet());
    if (!order.isEmpty()) {
      java.util.Collections.rotate(order, (int) (timers.elapsed() % order.size()));
    }
    Future<Void> done = Future.succeededFuture();
    for (int lane : order) {
      done =
          done.compose(v -> lane(lane, lanes.getOrDefault(lane, List.of()), read, target, limit));
    }
    return done.map(read);
  }

  private Future<Void> lane(
      int lane, List<Access.View> views, Read read, Cursor target, int limit) {
    int left = limit - read.items.size();
    if (left <= 0) {
      return Future.succeededFuture();
    }
    return new LaneReading(
            chat.log(), chat.history(), read.numbers[lane], target.number(lane), left)
        .read(views)
        .map(
            part -> {
              for (EntryView entry : part.entries()) {
                read.items.add(new JsonObject().put("entry", entry.toJson()));
              }
              read.numbers[lane] = Math.max(read.numbers[lane], part.n());
              return null;
            });
  }

  private JsonObject page(Read read, List<BsonDocument> found, FeedCursor from, int limit) {
    long number = from.answers();
    for (BsonDocument answer : found) {
      if (read.items.size() < limit) {
        read.items.add(new JsonObject().put("answer", Bson.json(answer.getDocument("x"))));
        number = Bson.number(answer, "i", number);
      }
    }
    Cursor log = Cursor.of(chat.log().cursor().epoch(), read.numbers);
    return new JsonObject()
        .put("items", read.items)
        .put("cursor", new FeedCursor(log, number).encode());
  }
}
