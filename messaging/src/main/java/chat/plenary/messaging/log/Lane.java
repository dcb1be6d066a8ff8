package chat.plenary.messaging.log;

import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.store.Query;
import chat.plenary.messaging.store.Store;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * One lane at one node: what it has applied, what waits, and its one unresolved run. The steps are
 * those of the specification ({@code docs/spec/Lane.tla}) and carry its names. Everything here
 * happens on the lane's thread.
 */
final class Lane {
  private static final int PAGE = 1_000;
  private static final int MAX_WAITING = 10_000;
  private static final Duration PAUSE = Duration.ofMillis(50);

  private final int index;
  private final Lanes lanes;
  private final Store store;
  private final Machine machine;
  private final Timers timers;
  private final Executor thread;
  private final States states;
  private final Paths paths = new Paths();
  private final Backlog backlog = new Backlog();

  private volatile long tail;
  private @Nullable List<Proposed> run;
  private @Nullable Promise<Void> catchingUp;
  private @Nullable Promise<Void> catchingUpNext;
  private boolean refusing;
  private boolean pumping;

  /** A document of the run, and the command that it is of. */
  private record Proposed(Entry entry, Waiting waiting, BsonDocument document) {}

  Lane(
      int index,
      Lanes lanes,
      Store store,
      Machine machine,
      Timers timers,
      Executor thread,
      int most) {
    this.index = index;
    this.lanes = lanes;
    this.store = store;
    this.machine = machine;
    this.timers = timers;
    this.thread = thread;
    this.states = new States(machine, this, lanes::fence, most);
  }

  /** The last number applied (T). May be read on any thread. */
  long tail() {
    return tail;
  }

  /** Runs something on the lane's thread. */
  void run(Runnable task) {
    thread.execute(task);
  }

  /** Hears of a future on the lane's thread. */
  <T> void onThread(Future<T> future, Handler<AsyncResult<T>> then) {
    future.onComplete(done -> thread.execute(() -> then.handle(done)));
  }

  /** Where the lane stands when the node starts. */
  Future<Void> open() {
    return store
        .find(
            Query.in(EntryCodec.COLLECTION, "_id")
                .from(new BsonString(EntryCodec.id(index, 0)))
                .upTo(new BsonString(EntryCodec.id(index, Long.MAX_VALUE)))
                .reversed()
                .limit(1))
        .map(
            found -> {
              tail = found.isEmpty() ? 0 : EntryCodec.entry(found.get(0)).n();
              return null;
            });
  }

  /** The state of a conversation at the tail. */
  Future<State> state(ConversationId conversation) {
    Promise<State> found = Promise.promise();
    thread.execute(() -> states.load(conversation).onComplete(found));
    return found.future();
  }

  // ---- Arrive
  // -----------------------------------------------------------------------------------------------------

  /**
   * Takes a command. What was handed over by this node without an answer goes in front and is never
   * refused.
   */
  void arrive(Waiting one) {
    if (backlog.size() >= MAX_WAITING) {
      answer(one, new Outcome.Unknown());
      return;
    }
    if (!paths.holds(one.path()) || paths.takes(one, backlog.keysOn(one.path()))) {
      enqueue(one);
      return;
    }
    onThread(
        lookUp(List.of(one)),
        found -> {
          if (found.succeeded() && !found.result().isEmpty()) {
            settle(one, verdict(found.result().get(0), one));
          } else {
            paths.holdLast(one);
            answer(one, new Outcome.Unknown());
          }
        });
  }

  private void enqueue(Waiting one) {
    backlog.add(one);
    long wait = Math.max(1, one.deadline - timers.elapsed());
    timers.after(Duration.ofMillis(wait), () -> thread.execute(() -> expire(one)));
    pump();
  }

  // ---- Propose
  // ----------------------------------------------------------------------------------------------------

  /** Goes on with whatever can go on. */
  void pump() {
    if (pumping) {
      return;
    }
    pumping = true;
    try {
      if (run == null && !backlog.isEmpty()) {
        propose();
      }
    } finally {
      pumping = false;
    }
  }

  private void propose() {
    List<Proposed> docs = new ArrayList<>();
    List<Waiting> refused = new ArrayList<>();
    Map<ConversationId, State> after = new HashMap<>();
    Set<ConversationId> closed = new HashSet<>();
    Set<String> keys = new HashSet<>();
    Set<String> pathsBusy = new HashSet<>();
    for (Waiting one : backlog.next(Store.MAX_RUN)) {
      if (docs.size() == Store.MAX_RUN) {
        break;
      }
      if (pathsBusy.contains(one.path())) {
        continue;
      }
      ConversationId conversation = one.command.conversation();
      State base = ready(one);
      Fault fault = base == null ? null : machine.judge(base, one.command);
      if (fault != null && one.proposed <= tail) {
        refused.add(one);
      }
      State state = base == null ? null : after.getOrDefault(conversation, base);
      if (state == null
          || fault != null
          || closed.contains(conversation)
          || keys.contains(one.key)
          || (after.containsKey(conversation) && machine.judge(state, one.command) != null)) {
        pathsBusy.add(one.path());
        continue;
      }
      Proposed proposed = number(one, state, tail + docs.size() + 1);
      docs.add(proposed);
      keys.add(one.key);
      after.put(conversation, machine.apply(state, proposed.entry()));
      if (machine.closes(one.command.kind())) {
        closed.add(conversation);
      }
    }
    if (!refused.isEmpty()) {
      refuse(refused);
    }
    if (!docs.isEmpty()) {
      insert(docs);
    }
  }

  /**
   * The state that a command is judged by, or null while it (or a fact that it lacks) is being
   * read.
   */
  private @Nullable State ready(Waiting one) {
    ConversationId conversation = one.command.conversation();
    if (one.preparing) {
      return null;
    }
    State state = states.get(conversation);
    if (state == null) {
      prepare(one, states.load(conversation).map(loaded -> UnaryOperator.identity()));
      return null;
    }
    Future<UnaryOperator<State>> lacking = machine.lacks(state, one.command);
    if (lacking != null) {
      prepare(one, lacking);
      return null;
    }
    return state;
  }

  private void prepare(Waiting one, Future<UnaryOperator<State>> facts) {
    one.preparing = true;
    onThread(
        facts,
        found -> {
          one.preparing = false;
          if (found.succeeded()) {
            states.change(one.command.conversation(), found.result());
            pump();
          } else if (!one.settled) {
            pause(this::pump);
          }
        });
  }

  private Proposed number(Waiting one, State state, long n) {
    Command command = one.command;
    Entry entry =
        new Entry(
            command.conversation(),
            index,
            n,
            state.seq() + 1,
            state.m() + (command.countable() ? 1 : 0),
            command.sender(),
            command.ref().value(),
            timers.clock().instant().truncatedTo(ChronoUnit.MILLIS),
            command.kind(),
            command.version(),
            command.body());
    return new Proposed(entry, one, EntryCodec.document(entry, one.attempt, one.key, one.hash));
  }

  private void insert(List<Proposed> docs) {
    run = docs;
    for (Proposed proposed : docs) {
      proposed.waiting().proposed = Math.max(proposed.waiting().proposed, proposed.entry().n());
    }
    onThread(
        store.insert(EntryCodec.COLLECTION, docs.stream().map(Proposed::document).toList()),
        done -> {
          if (done.succeeded()) {
            allWell(docs);
          } else {
            lanes.counters().lostRace();
            giveUp(docs);
          }
        });
  }

  // ---- AllWell
  // ----------------------------------------------------------------------------------------------------

  private void allWell(List<Proposed> docs) {
    run = null;
    List<BsonDocument> stored = docs.stream().map(Proposed::document).toList();
    apply(stored);
    lanes.ring(index, stored);
    pump();
  }

  // ---- GiveUp, CatchUp, LookUp
  // ------------------------------------------------------------------------------------

  /**
   * Anything but all well: read what is beyond T, look up every key of the run, put the rest back,
   * go round again.
   */
  private void giveUp(List<Proposed> docs) {
    List<Waiting> open = docs.stream().map(Proposed::waiting).filter(one -> !one.settled).toList();
    onThread(
        catchUp().compose(v -> lookUp(open)),
        found -> {
          if (found.failed()) {
            pause(() -> giveUp(docs));
            return;
          }
          found.result().forEach(this::recognise);
          run = null;
          pump();
        });
  }

  /** Reads what is beyond the tail, dense, and applies it. The reading begins after the call. */
  Future<Void> catchUp() {
    Promise<Void> promise = Promise.promise();
    thread.execute(
        () -> {
          if (catchingUp == null) {
            catchingUp = promise;
            readOn(promise);
          } else if (catchingUpNext == null) {
            catchingUpNext = promise;
          } else {
            catchingUpNext.future().onComplete(promise);
          }
        });
    return promise.future();
  }

  private void caughtUp(Promise<Void> promise, @Nullable Throwable failure) {
    Promise<Void> next = catchingUpNext;
    catchingUp = next;
    catchingUpNext = null;
    if (next != null) {
      readOn(next);
    }
    if (failure == null) {
      promise.complete();
    } else {
      promise.fail(failure);
    }
  }

  private void readOn(Promise<Void> promise) {
    lanes.counters().caughtUp();
    onThread(
        store.find(
            Query.in(EntryCodec.COLLECTION, "_id")
                .after(new BsonString(EntryCodec.id(index, tail)))
                .upTo(new BsonString(EntryCodec.id(index, Long.MAX_VALUE)))
                .limit(PAGE)),
        read -> {
          if (read.failed()) {
            caughtUp(promise, read.cause());
            return;
          }
          apply(read.result());
          if (read.result().size() == PAGE) {
            readOn(promise);
          } else {
            caughtUp(promise, null);
          }
        });
  }

  private Future<List<BsonDocument>> lookUp(List<Waiting> commands) {
    if (commands.isEmpty()) {
      return Future.succeededFuture(List.of());
    }
    List<BsonValue> keys = new ArrayList<>();
    commands.forEach(one -> keys.add(new BsonString(one.key)));
    return store.find(
        Query.in(EntryCodec.COLLECTION, "k").where("l", index).anyOf(keys).limit(PAGE));
  }

  /**
   * What another node has appended and rung: applied at once where it follows the tail, else read.
   */
  void rung(List<BsonDocument> documents) {
    long first = EntryCodec.entry(documents.get(0)).n();
    long last = EntryCodec.entry(documents.get(documents.size() - 1)).n();
    if (last <= tail) {
      return;
    }
    if (first <= tail + 1) {
      apply(documents);
      pump();
    } else {
      onThread(catchUp(), done -> pump());
    }
  }

  /** Applies consecutive documents; those that the lane has already are passed over. */
  private void apply(List<BsonDocument> documents) {
    List<Applied> applied = new ArrayList<>();
    for (BsonDocument document : documents) {
      Entry entry = EntryCodec.entry(document);
      if (entry.n() == tail + 1) {
        applied.add(states.apply(entry));
        tail = entry.n();
      }
      recognise(document);
    }
    if (!applied.isEmpty()) {
      lanes.applied(index, applied);
    }
  }

  /** An entry that is in the store: whoever waits under its key hears of it. */
  private void recognise(BsonDocument document) {
    String key = EntryCodec.key(document);
    paths.release(key);
    for (Waiting one : backlog.byKey(key)) {
      settle(one, verdict(document, one));
    }
  }

  private Outcome verdict(BsonDocument document, Waiting one) {
    boolean same =
        !(document.get("h") instanceof BsonString hash) || hash.getValue().equals(one.hash);
    if (!same) {
      return new Outcome.Refused(
          Fault.of(Fault.Code.CONFLICT, "ref", "This ref was used for something else."));
    }
    Entry entry = EntryCodec.entry(document);
    return new Outcome.Accepted(index, entry.n(), entry.seq(), entry.m(), entry.at());
  }

  // ---- Refuse
  // -----------------------------------------------------------------------------------------------------

  /**
   * Refuses what is not acceptable, after a majority write that began after all of it came, a
   * catching up and a look-up of the keys that followed it (rule {@code FreshRefusal}); and nothing
   * that was proposed at a number which is not taken yet (rule {@code SettledRefusal}).
   */
  private void refuse(List<Waiting> candidates) {
    if (refusing) {
      return;
    }
    refusing = true;
    onThread(
        lanes.fence().compose(v -> catchUp()).compose(v -> lookUp(candidates)),
        found -> {
          refusing = false;
          if (found.failed()) {
            pause(this::pump);
            return;
          }
          found.result().forEach(this::recognise);
          for (Waiting one : candidates) {
            State state = states.get(one.command.conversation());
            Fault fault = one.settled || state == null ? null : machine.judge(state, one.command);
            if (fault != null && one.proposed <= tail && backlog.inTurn(one)) {
              settle(one, new Outcome.Refused(fault));
            }
          }
          pump();
        });
  }

  /** How many commands wait. */
  int waiting() {
    return backlog.size();
  }

  /** Whether nothing waits and nothing is under way: then what comes may be handed over. */
  boolean idle() {
    return backlog.isEmpty() && run == null;
  }

  /**
   * What was handed over without an answer comes back, in order, before anything else that waits
   * here.
   */
  void back(List<Waiting> unanswered) {
    for (Waiting one : unanswered) {
      one.proposed = Long.MAX_VALUE;
      enqueue(one);
    }
  }

  /** Whether a path holds refs that were answered unknown. */
  boolean holds(String path) {
    return paths.holds(path);
  }

  /** These of one path, in order, are answered unknown and held. */
  void unknown(String path, List<Waiting> late) {
    paths.holdFirst(path, late);
    late.forEach(other -> answer(other, new Outcome.Unknown()));
  }

  // ---- Expire
  // -----------------------------------------------------------------------------------------------------

  /** The deadline: unknown, with all that the session sent after it; not proposed again. */
  private void expire(Waiting one) {
    if (one.settled) {
      return;
    }
    List<Waiting> path = backlog.byPath(one.path());
    List<Waiting> late = path.subList(Math.max(0, path.indexOf(one)), path.size());
    unknown(one.path(), late);
    pump();
  }

  void settle(Waiting one, Outcome outcome) {
    paths.release(one.key);
    answer(one, outcome);
  }

  private void answer(Waiting one, Outcome outcome) {
    if (!one.settled) {
      one.settled = true;
      backlog.remove(one);
      lanes.counters().count(outcome);
      one.answer.complete(outcome);
    }
  }

  private void pause(Runnable then) {
    timers.after(PAUSE, () -> thread.execute(then));
  }

  /** Entries of a conversation from a number on, lowest first. */
  Future<List<Entry>> readConversation(ConversationId conversation, long from, int limit) {
    return store
        .find(
            Query.in(EntryCodec.COLLECTION, "seq")
                .where("c", conversation.value())
                .from(new BsonInt64(from))
                .limit(limit))
        .map(found -> found.stream().map(EntryCodec::entry).toList());
  }
}
