package chat.plenary.messaging.conversation;

import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.cluster.Bus;
import chat.plenary.messaging.content.Bson;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.log.Log;
import chat.plenary.messaging.log.Timers;
import chat.plenary.messaging.store.Query;
import chat.plenary.messaging.store.Store;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * How far each member has read. Positions are rows, not entries: they only grow and are gathered
 * and written at least once a second. Only what is written is told, to the member's own devices
 * too: what a process had not written when it died would be seen to go back. Other nodes are told
 * as a hint for those who look.
 */
public final class Positions {
  /** Members up to which read counts beside messages move live. */
  public static final int LIVE_MEMBERS = 200;

  private static final Duration FLUSH = Duration.ofSeconds(1);
  private static final Duration AGAIN = Duration.ofMillis(50);
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final int TOLD_AT_ONCE = 500;
  private static final String TOPIC = "positions";

  private final Log log;
  private final Store store;
  private final Access access;
  private final Bus bus;
  private final Timers timers;
  private final Unwritten unwritten;
  private final List<Consumer<Moved>> listeners = new CopyOnWriteArrayList<>();
  private volatile boolean closed;

  public Positions(Log log, Store store, Access access, Bus bus, Timers timers) {
    this.log = log;
    this.store = store;
    this.access = access;
    this.bus = bus;
    this.timers = timers;
    this.unwritten = new Unwritten(store, this::written);
    bus.subscribe(TOPIC, this::heard);
  }

  /**
   * A reading position.
   *
   * @param seq the last entry that was read
   * @param m countable messages up to there
   */
  public record Position(long seq, long m) {
    Position max(Position other) {
      return other.seq > seq ? other : this;
    }
  }

  /**
   * Somebody has read on, on this node or another. May come late, twice or never.
   *
   * @param conversation where
   * @param account who
   * @param position how far
   */
  public record Moved(ConversationId conversation, AccountId account, Position position) {}

  /**
   * Who has read a message and who has not, without its sender and those who cannot see it.
   *
   * @param read how many have read it
   * @param unread how many have not
   * @param accounts the page that was asked for, in order of ids
   * @param next what to pass as {@code after} for the next page, or null at the end
   */
  public record Readers(long read, long unread, List<AccountId> accounts, @Nullable String next) {}

  /** Begins to write, once a second. */
  public void start() {
    timers.after(FLUSH, this::tick);
  }

  private void tick() {
    if (!closed) {
      flush().onComplete(done -> timers.after(FLUSH, this::tick));
    }
  }

  /** Writes what is pending, and no more each second. */
  public Future<Void> close() {
    closed = true;
    return flush();
  }

  /** Is called when somebody has read on, and that is durable. */
  public void listen(Consumer<Moved> listener) {
    listeners.add(listener);
  }

  /**
   * The caller has read up to an entry. A position beyond the newest entry counts as that one; one
   * before the present position changes nothing.
   *
   * @return succeeds when the position is durable; fails as unavailable where it could not be
   *     written within 3 s, and may yet be
   */
  public Future<Position> advance(Caller caller, ConversationId conversation, long seq) {
    return note(caller, conversation, seq)
        .compose(
            position -> {
              long deadline = timers.elapsed() + PATIENCE.toMillis();
              return durable(conversation, caller.account(), position, deadline).map(v -> position);
            });
  }

  /**
   * The same without waiting: the position is written within a second, if this process lives on.
   */
  public Future<Position> note(Caller caller, ConversationId conversation, long seq) {
    return access
        .view(caller, conversation)
        .compose(
            view -> {
              long to = Math.min(seq, view.upTo());
              if (to < 1) {
                return Future.succeededFuture(new Position(0, 0));
              }
              return to == view.state().seq()
                  ? Future.succeededFuture(new Position(to, view.state().m()))
                  : log.read(conversation, to, to, 1)
                      .map(
                          found -> {
                            if (found.isEmpty()) {
                              throw Fault.invalid("seq", "There is no such entry.");
                            }
                            return new Position(to, found.get(0).m());
                          });
            })
        .map(
            position -> {
              if (!moved(conversation, caller.account(), position)) {
                throw Fault.of(Fault.Code.UNAVAILABLE, "Too many positions wait to be written.");
              }
              return position;
            });
  }

  private Future<Void> durable(
      ConversationId conversation, AccountId account, Position position, long deadline) {
    return flush()
        .otherwiseEmpty()
        .compose(
            v -> {
              if (unwritten.of(conversation, account) == null) {
                return Future.succeededFuture();
              }
              // Not written, or one beyond it waits already: the row tells which.
              return store
                  .get(Rows.MEMBERS, List.of(Rows.memberId(conversation, account)))
                  .map(
                      found ->
                          !found.isEmpty() && Bson.number(found.get(0), "p", 0) >= position.seq())
                  .otherwise(false)
                  .compose(
                      there ->
                          there
                              ? Future.succeededFuture()
                              : later(conversation, account, position, deadline));
            });
  }

  private Future<Void> later(
      ConversationId conversation, AccountId account, Position position, long deadline) {
    if (timers.elapsed() >= deadline) {
      return Future.failedFuture(
          Fault.of(Fault.Code.UNAVAILABLE, "The position could not be written in time."));
    }
    Promise<Void> again = Promise.promise();
    timers.after(AGAIN, () -> durable(conversation, account, position, deadline).onComplete(again));
    return again.future();
  }

  /**
   * An account has read up to there; by its own message, when that was accepted.
   *
   * @return false where too many positions wait to be written
   */
  public boolean moved(ConversationId conversation, AccountId account, Position position) {
    return position.seq() < 1 || unwritten.add(conversation, account, position);
  }

  /** Makes sure that a member's row has what this node knows, as far as there is a row. */
  Future<Void> settle(ConversationId conversation, AccountId account) {
    return unwritten.of(conversation, account) == null
        ? Future.succeededFuture()
        : flush().otherwiseEmpty();
  }

  /** What this node knows of a member whose row is not there yet. */
  Position rowless(ConversationId conversation, AccountId account) {
    Position waiting = unwritten.of(conversation, account);
    return waiting == null ? new Position(0, 0) : waiting;
  }

  /** Writes what is pending. It stays pending until it is durable, and is told then. */
  public Future<Void> flush() {
    return unwritten.flush();
  }

  private void written(List<Moved> moved) {
    moved.forEach(this::tell);
    for (int i = 0; i < moved.size(); i += TOLD_AT_ONCE) {
      bus.publish(TOPIC, encoded(moved.subList(i, Math.min(i + TOLD_AT_ONCE, moved.size()))));
    }
  }

  private void tell(Moved moved) {
    listeners.forEach(listener -> listener.accept(moved));
  }

  private static Buffer encoded(List<Moved> moved) {
    JsonArray all = new JsonArray();
    moved.forEach(
        one ->
            all.add(
                new JsonArray()
                    .add(one.conversation().value())
                    .add(one.account().value())
                    .add(one.position().seq())
                    .add(one.position().m())));
    return new JsonObject().put("moved", all).toBuffer();
  }

  private void heard(Buffer message) {
    for (Object one : message.toJsonObject().getJsonArray("moved")) {
      JsonArray fields = (JsonArray) one;
      tell(
          new Moved(
              new ConversationId(fields.getString(0)),
              new AccountId(fields.getString(1)),
              new Position(fields.getLong(2), fields.getLong(3))));
    }
  }

  /**
   * Who has read a message, and who has not.
   *
   * @param read whether the page names those who have, or those who have not
   * @param after the {@code next} of the page before, or null
   * @param limit 0 to 200; 0 for the counts alone
   */
  public Future<Readers> readers(
      Caller caller,
      ConversationId conversation,
      long seq,
      boolean read,
      @Nullable String after,
      int limit) {
    return access
        .view(caller, conversation)
        .compose(
            view -> {
              if (!view.visible(seq)) {
                throw Fault.notFound("message");
              }
              return log.read(conversation, seq, seq, 1)
                  .compose(
                      found -> {
                        if (found.isEmpty() || !found.get(0).kind().equals(Kinds.POSTED)) {
                          throw Fault.notFound("message");
                        }
                        AccountId sender = found.get(0).sender();
                        return positions(conversation, null, new ConcurrentHashMap<>())
                            .map(rows -> readers(view, seq, sender, rows, read, after, limit));
                      });
            });
  }

  private Readers readers(
      Access.View view,
      long seq,
      AccountId sender,
      Map<AccountId, Position> rows,
      boolean read,
      @Nullable String after,
      int limit) {
    List<AccountId> have = new ArrayList<>();
    List<AccountId> haveNot = new ArrayList<>();
    view.state()
        .members()
        .forEach(
            (account, member) -> {
              if (member.current() && member.sees(seq) && !account.equals(sender)) {
                Position position = rows.getOrDefault(account, new Position(0, 0));
                (position.seq() >= seq ? have : haveNot).add(account);
              }
            });
    List<AccountId> page =
        (read ? have : haveNot)
            .stream()
                .filter(account -> after == null || account.value().compareTo(after) > 0)
                .sorted(Comparator.naturalOrder())
                .limit(limit + 1L)
                .toList();
    boolean more = page.size() > limit;
    List<AccountId> shown = more ? page.subList(0, limit) : page;
    return new Readers(
        have.size(),
        haveNot.size(),
        List.copyOf(shown),
        more && !shown.isEmpty() ? shown.get(shown.size() - 1).value() : null);
  }

  private Future<Map<AccountId, Position>> positions(
      ConversationId conversation, @Nullable BsonValue after, Map<AccountId, Position> found) {
    Query query = Query.in(Rows.MEMBERS, "a").where("c", conversation.value()).limit(1_000);
    return store
        .find(after == null ? query : query.after(after))
        .compose(
            page -> {
              for (BsonDocument row : page) {
                found.put(
                    new AccountId(row.getString("a").getValue()),
                    new Position(Bson.number(row, "p", 0), Bson.number(row, "pm", 0)));
              }
              return page.size() < 1_000
                  ? Future.succeededFuture(found)
                  : positions(conversation, page.get(page.size() - 1).get("a"), found);
            });
  }
}
