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
import chat.plenary.messaging.store.Update;
import io.vertx.core.Future;
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
 * How far each member has read. Positions are rows, not entries: they only grow, are gathered and
 * written once a second, and told to other nodes as a hint for those who look.
 */
public final class Positions {
  /** Members up to which read counts beside messages move live. */
  public static final int LIVE_MEMBERS = 200;

  private static final Duration FLUSH = Duration.ofSeconds(1);
  private static final int MAX_PENDING = 50_000;
  private static final int BULK = 500;
  private static final String TOPIC = "positions";

  private final Log log;
  private final Store store;
  private final Access access;
  private final Bus bus;
  private final Timers timers;
  private final Map<Key, Position> pending = new ConcurrentHashMap<>();
  private final List<Consumer<Moved>> listeners = new CopyOnWriteArrayList<>();

  public Positions(Log log, Store store, Access access, Bus bus, Timers timers) {
    this.log = log;
    this.store = store;
    this.access = access;
    this.bus = bus;
    this.timers = timers;
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

  private record Key(ConversationId conversation, AccountId account) {}

  /** Begins to write, once a second. */
  public void start() {
    timers.after(FLUSH, this::tick);
  }

  private void tick() {
    flush().onComplete(done -> timers.after(FLUSH, this::tick));
  }

  /** Is called when somebody has read on. */
  public void listen(Consumer<Moved> listener) {
    listeners.add(listener);
  }

  /**
   * The caller has read up to an entry. A position beyond the newest entry counts as that one; one
   * before the present position changes nothing.
   */
  public Future<Position> advance(Caller caller, ConversationId conversation, long seq) {
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
              moved(conversation, caller.account(), position);
              return position;
            });
  }

  /** An account's own message was accepted: it has read up to there. */
  public void moved(ConversationId conversation, AccountId account, Position position) {
    if (position.seq() < 1) {
      return;
    }
    Key key = new Key(conversation, account);
    if (pending.size() < MAX_PENDING || pending.containsKey(key)) {
      pending.merge(key, position, Position::max);
    }
    Moved moved = new Moved(conversation, account, position);
    listeners.forEach(listener -> listener.accept(moved));
  }

  /** The newest position, from a row's and what is not written yet. */
  Position newest(ConversationId conversation, AccountId account, Position stored) {
    Position waiting = pending.get(new Key(conversation, account));
    return waiting == null ? stored : stored.max(waiting);
  }

  /** Writes what is pending. It stays pending until it is durable. */
  public Future<Void> flush() {
    List<Map.Entry<Key, Position>> batch = new ArrayList<>(pending.entrySet());
    if (batch.isEmpty()) {
      return Future.succeededFuture();
    }
    batch.replaceAll(entry -> Map.entry(entry.getKey(), entry.getValue()));
    bus.publish(TOPIC, tell(batch));
    Future<Void> done = Future.succeededFuture();
    for (int i = 0; i < batch.size(); i += BULK) {
      List<Map.Entry<Key, Position>> bulk = batch.subList(i, Math.min(i + BULK, batch.size()));
      List<Update> updates =
          bulk.stream()
              .map(
                  e ->
                      Update.of(Rows.memberId(e.getKey().conversation(), e.getKey().account()))
                          .max("p", e.getValue().seq())
                          .max("pm", e.getValue().m()))
              .toList();
      done =
          done.compose(v -> store.updateAll(Rows.MEMBERS, updates))
              .map(
                  matched -> {
                    // A row that is not there yet (its member was just added) is tried again, so
                    // nothing is dropped
                    // unless all of the bulk matched.
                    if (matched == updates.size()) {
                      bulk.forEach(e -> pending.remove(e.getKey(), e.getValue()));
                    }
                    return null;
                  });
    }
    return done;
  }

  private static Buffer tell(List<Map.Entry<Key, Position>> batch) {
    JsonArray all = new JsonArray();
    batch.forEach(
        e ->
            all.add(
                new JsonArray()
                    .add(e.getKey().conversation().value())
                    .add(e.getKey().account().value())
                    .add(e.getValue().seq())
                    .add(e.getValue().m())));
    return new JsonObject().put("moved", all).toBuffer();
  }

  private void heard(Buffer message) {
    for (Object one : message.toJsonObject().getJsonArray("moved")) {
      JsonArray fields = (JsonArray) one;
      Moved moved =
          new Moved(
              new ConversationId(fields.getString(0)),
              new AccountId(fields.getString(1)),
              new Position(fields.getLong(2), fields.getLong(3)));
      listeners.forEach(listener -> listener.accept(moved));
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
                Position stored = rows.getOrDefault(account, new Position(0, 0));
                Position position = newest(view.state().id(), account, stored);
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
