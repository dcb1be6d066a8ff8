package chat.plenary.messaging.log;

import chat.plenary.messaging.cluster.Bus;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.store.Index;
import chat.plenary.messaging.store.Query;
import chat.plenary.messaging.store.Store;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.VertxInternal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.IntFunction;
import java.util.zip.CRC32C;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log at one node: all its lanes, and what they share. */
public final class Lanes implements Log {
  /** From arrival to unknown. */
  static final Duration DEADLINE = Duration.ofSeconds(3);

  private static final Duration REACH = Duration.ofSeconds(2);
  private static final String RING = "ring";
  private static final Logger LOGGER = LoggerFactory.getLogger(Lanes.class);

  private final Store store;
  private final Bus bus;
  private final Timers timers;
  private final Meta meta;
  private final Counters counters = new Counters();
  private final Clocks clocks;
  private final Freshness freshness;
  private final List<Lane> lanes = new ArrayList<>();
  private final List<HandOver> handOvers = new ArrayList<>();
  private final Listeners listeners;
  private volatile boolean stopped;

  private Lanes(
      Store store,
      Bus bus,
      Timers timers,
      Machine machine,
      Meta meta,
      IntFunction<Executor> threads,
      int states) {
    this.store = store;
    this.bus = bus;
    this.timers = timers;
    this.meta = meta;
    this.clocks = new Clocks(bus, timers);
    this.freshness = new Freshness(store, timers, bus.self(), this);
    this.listeners = new Listeners(this, store, timers);
    for (int i = 0; i < LANES; i++) {
      Lane lane =
          new Lane(i, this, store, machine, timers, threads.apply(i), Math.max(16, states / LANES));
      lanes.add(lane);
      handOvers.add(new HandOver(lane, i, bus, timers, clocks, counters));
    }
  }

  /**
   * Opens the log of a database. It hears of nothing and may not be used before {@link #start}.
   *
   * @param threads of each lane the thread on which all of its work happens
   * @param states conversations that are kept in memory at the most
   */
  public static Future<Lanes> open(
      Store store,
      Bus bus,
      Timers timers,
      Machine machine,
      IntFunction<Executor> threads,
      int states) {
    return store
        .index(Index.unique(EntryCodec.COLLECTION, "l", "k"))
        .compose(v -> store.index(Index.of(EntryCodec.COLLECTION, "c", "seq")))
        .compose(v -> Meta.open(store))
        .map(meta -> new Lanes(store, bus, timers, machine, meta, threads, states));
  }

  /** Threads for the lanes of a node: a few event-loop contexts, each lane always on the same. */
  public static IntFunction<Executor> contexts(Vertx vertx, int count) {
    List<Executor> threads = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Context context = ((VertxInternal) vertx).createEventLoopContext();
      threads.add(
          task -> {
            if (Vertx.currentContext() == context) {
              task.run();
            } else {
              context.runOnContext(v -> task.run());
            }
          });
    }
    return lane -> threads.get(lane % count);
  }

  /**
   * A secret of the database for one purpose, the same on all nodes.
   *
   * @return 32 bytes
   */
  public byte[] secret(String purpose) {
    return meta.secret(purpose);
  }

  /** Finds where each lane stands, begins to follow, and earns the lease of freshness. */
  public Future<Void> start() {
    listeners.start();
    List<Future<Void>> opened = new ArrayList<>();
    lanes.forEach(lane -> opened.add(lane.begin()));
    return Future.all(opened)
        .compose(
            v -> {
              clocks.serve();
              for (int i = 0; i < LANES; i++) {
                HandOver handOver = handOvers.get(i);
                bus.serve(
                    HandOver.topic(i), (node, question) -> handOver.serve(node, question, meta));
              }
              bus.subscribe(RING, this::rung);
              bus.onChange(this::membersChanged);
              return freshness.start();
            })
        .onSuccess(v -> wakeAll());
  }

  /** Stops following and listening; what waits is answered as it ends. */
  public Future<Void> close() {
    stopped = true;
    freshness.stop();
    return Future.succeededFuture();
  }

  boolean stopped() {
    return stopped;
  }

  /** What this node's log has done. */
  public Counters counters() {
    return counters;
  }

  /** How many commands wait at this node. */
  public int waiting() {
    return lanes.stream().mapToInt(Lane::waiting).sum();
  }

  Lane lane(int index) {
    return lanes.get(index);
  }

  /**
   * Whether a lane is this node's, as far as it knows just now: for work that had better be done by
   * one node, and may be done by several. May be called on any thread.
   */
  public boolean owns(int lane) {
    return Owner.of(lane, bus.members(), bus.self()).equals(bus.self());
  }

  Future<Void> fence() {
    return freshness.fence();
  }

  void warn(String what, Throwable failure) {
    LOGGER.warn("{} failed and will be tried again: {}", what, failure.toString());
  }

  // ---- Log

  @Override
  public Future<Outcome> append(Command command) {
    int index = lane(command.conversation());
    Waiting one =
        new Waiting(
            command,
            meta.mark(command),
            UUID.randomUUID().toString(),
            timers.elapsed() + DEADLINE.toMillis());
    lanes.get(index).run(() -> handOvers.get(index).take(one));
    return Callers.answer(one.answer.future());
  }

  @Override
  public Future<State> state(ConversationId conversation) {
    return Callers.answer(lanes.get(lane(conversation)).state(conversation))
        .recover(failure -> Future.failedFuture(unavailable(failure)));
  }

  @Override
  public Future<List<Entry>> read(ConversationId conversation, long from, long to, int limit) {
    if (from > to) {
      return Future.succeededFuture(List.of());
    }
    return whole(
        Query.in(EntryCodec.COLLECTION, "seq")
            .where("c", conversation.value())
            .from(new BsonInt64(from))
            .upTo(new BsonInt64(to))
            .limit(limit),
        to - from + 1);
  }

  @Override
  public Future<List<Entry>> readLane(int lane, long after, int limit) {
    long tail = lanes.get(lane).tail();
    if (after >= tail) {
      return Future.succeededFuture(List.of());
    }
    return whole(
        Query.in(EntryCodec.COLLECTION, "_id")
            .after(new BsonString(EntryCodec.id(lane, after)))
            .upTo(new BsonString(EntryCodec.id(lane, tail)))
            .limit(limit),
        tail - after);
  }

  /**
   * Numbers are dense, so a reading that has fewer than there are was stale: it is repeated after a
   * majority write.
   */
  private Future<List<Entry>> whole(Query query, long expected) {
    return Callers.answer(
        store
            .find(query)
            .compose(
                found ->
                    found.size() >= Math.min(expected, query.limit())
                        ? Future.succeededFuture(found)
                        : fence().compose(v -> store.find(query)))
            .map(found -> found.stream().map(EntryCodec::entry).toList())
            .recover(failure -> Future.failedFuture(unavailable(failure))));
  }

  @Override
  public int lane(ConversationId conversation) {
    CRC32C sum = new CRC32C();
    sum.update(conversation.value().getBytes(StandardCharsets.UTF_8));
    return (int) (sum.getValue() % LANES);
  }

  @Override
  public Cursor cursor() {
    long[] numbers = new long[LANES];
    for (int i = 0; i < LANES; i++) {
      numbers[i] = lanes.get(i).tail();
    }
    return Cursor.of(meta.epoch(), numbers);
  }

  @Override
  public Future<Void> reach(Cursor cursor) {
    if (cursor.epoch() != meta.epoch()) {
      return Future.failedFuture(
          Fault.of(Fault.Code.GONE, "cursor", "This cursor is from before a restored backup."));
    }
    return Callers.answer(reach(cursor, timers.elapsed() + REACH.toMillis()));
  }

  private Future<Void> reach(Cursor cursor, long deadline) {
    List<Future<Void>> behind = new ArrayList<>();
    for (int i = 0; i < LANES; i++) {
      if (lanes.get(i).tail() < cursor.number(i)) {
        behind.add(lanes.get(i).catchUp());
      }
    }
    if (behind.isEmpty()) {
      return Future.succeededFuture();
    }
    if (timers.elapsed() > deadline) {
      return Future.failedFuture(
          Fault.of(Fault.Code.UNAVAILABLE, "cursor", "This node is behind your cursor."));
    }
    return Future.join(behind)
        .transform(
            done -> {
              Promise<Void> later = Promise.promise();
              timers.after(Duration.ofMillis(50), () -> reach(cursor, deadline).onComplete(later));
              return later.future();
            });
  }

  @Override
  public boolean isFresh() {
    return freshness.isFresh();
  }

  @Override
  public void listen(LiveListener listener) {
    listeners.add(listener);
  }

  @Override
  public void listen(DurableListener listener) {
    listeners.add(listener);
  }

  /** How far a durable listener has come, by lane; 0 where it has not begun. */
  public Future<long[]> places(String listener) {
    return Listening.places(store, listener);
  }

  // ---- rings

  /** Tells all other nodes of a run that is durable. */
  void ring(int lane, List<BsonDocument> documents) {
    counters.rang();
    BsonArray run = new BsonArray(documents);
    bus.publish(
        RING, HandOver.write(new BsonDocument("l", new BsonInt64(lane)).append("run", run)));
  }

  private void rung(Buffer message) {
    counters.heard();
    BsonDocument ring = HandOver.read(message);
    int index = ring.getNumber("l").intValue();
    List<BsonDocument> run = new ArrayList<>();
    for (BsonValue value : ring.getArray("run")) {
      run.add(value.asDocument());
    }
    Lane lane = lanes.get(index);
    lane.run(() -> lane.rung(run));
  }

  /** On the lane's thread: entries were applied. */
  void applied(int lane, List<Applied> entries) {
    listeners.applied(lane, entries);
  }

  /** On the lane's thread: what all of its durable listeners have heard is held no longer. */
  void heard(int lane) {
    listeners.heard(lane);
  }

  private void membersChanged() {
    clocks.membersChanged();
    for (int i = 0; i < LANES; i++) {
      int lane = i;
      lanes.get(i).run(() -> handOvers.get(lane).membersChanged());
    }
    wakeAll();
  }

  private void wakeAll() {
    for (int i = 0; i < LANES; i++) {
      int lane = i;
      lanes.get(i).run(() -> listeners.wake(lane));
    }
  }

  private static Fault unavailable(Throwable failure) {
    if (failure instanceof Fault fault) {
      return fault;
    }
    LOGGER.warn("the store did not answer: {}", failure.toString());
    return Fault.of(Fault.Code.UNAVAILABLE, "The store does not answer now: try again.");
  }
}
