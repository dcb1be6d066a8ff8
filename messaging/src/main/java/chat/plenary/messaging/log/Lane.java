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
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
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
  private static final int MAX_WAITING = 10_000;
  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final Duration OPENING = Duration.ofSeconds(10);

  private final int index;
  private final Lanes lanes;
  private final Store store;
  private final Machine machine;
  private final Timers timers;
  private final Executor thread;
  private final States states;
  private final CatchUp catchUp;
  private final Deadlines deadlines;
  private final Paths paths = new Paths();
  private final Backlog backlog = new Backlog();

  /** What its path does not take, and is looked up: in the first list now, in the second next. */
  private List<Waiting> lookedUp = List.of();

  private final List<Waiting> toLookUp = new ArrayList<>();

  private volatile long tail;
  private @Nullable List<Run.Proposed> run;
  private boolean refusing;
  private boolean pumping;

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
    this.catchUp = new CatchUp(this, index, store, lanes.counters(), this::apply);
    this.deadlines = new Deadlines(timers, thread, this::open, this::expire);
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

  /** Finds where the lane stands when the node starts; tries for 10 s. */
  Future<Void> begin() {
    Promise<Void> begun = Promise.promise();
    begin(begun, timers.elapsed() + OPENING.toMillis());
    return begun.future();
  }

  private void begin(Promise<Void> begun, long until) {
    onThread(
        store.find(
            Query.in(EntryCodec.COLLECTION, "_id")
                .from(new BsonString(EntryCodec.id(index, 0)))
                .upTo(new BsonString(EntryCodec.id(index, Long.MAX_VALUE)))
                .reversed()
                .limit(1)),
        found -> {
          if (found.succeeded()) {
            tail = found.result().isEmpty() ? 0 : EntryCodec.n(found.result().get(0));
            begun.complete();
          } else if (timers.elapsed() < until) {
            pause(() -> begin(begun, until));
          } else {
            begun.fail(found.cause());
          }
        });
  }

  /** The state of a conversation at the tail. */
  Future<State> state(ConversationId conversation) {
    Promise<State> found = Promise.promise();
    thread.execute(() -> states.load(conversation).onComplete(found));
    return found.future();
  }

  /** How many commands wait. */
  int waiting() {
    return backlog.size();
  }

  /** Whether commands of a path wait here. */
  boolean waitsOn(String path) {
    return backlog.waitsOn(path);
  }

  /** Whether a path holds refs that were answered unknown. */
  boolean holds(String path) {
    return paths.holds(path);
  }

  private List<Waiting> open() {
    List<Waiting> all = new ArrayList<>(toLookUp);
    all.addAll(lookedUp);
    all.addAll(backlog.all());
    return all;
  }

  // ---- Arrive

  /** Takes a command, if it is what its path takes next. */
  void arrive(Waiting one) {
    if (one.settled) {
      return;
    }
    if (backlog.size() + toLookUp.size() >= MAX_WAITING) {
      hold(one);
    } else if (!paths.holds(one.path) || paths.takes(one, key -> backlog.waitsOn(one.path, key))) {
      enqueue(one);
    } else {
      // Held from now on: what its session sends while it is looked up must not overtake it.
      paths.holdLast(one);
      toLookUp.add(one);
      deadlines.watch(one);
      lookUpNext();
    }
  }

  /** Answered unknown without being tried; its path holds it. */
  void hold(Waiting one) {
    if (!one.foreign) {
      paths.holdLast(one);
    }
    answer(one, new Outcome.Unknown());
  }

  /** What was handed over without an answer comes back: perhaps appended, so never refused. */
  void back(List<Waiting> unanswered) {
    for (Waiting one : unanswered) {
      if (!one.settled) {
        one.proposed = Long.MAX_VALUE;
        enqueue(one);
      }
    }
  }

  private void enqueue(Waiting one) {
    backlog.add(one);
    deadlines.watch(one);
    pump();
  }

  private void lookUpNext() {
    if (!lookedUp.isEmpty() || toLookUp.isEmpty()) {
      return;
    }
    lookedUp = List.copyOf(toLookUp.subList(0, Math.min(Store.MAX_RUN, toLookUp.size())));
    toLookUp.subList(0, lookedUp.size()).clear();
    onThread(
        lookUp(lookedUp),
        found -> {
          List<Waiting> wanted = lookedUp;
          lookedUp = List.of();
          List<BsonDocument> stored = found.succeeded() ? found.result() : List.of();
          for (Waiting one : wanted) {
            stored.stream()
                .filter(document -> EntryCodec.key(document).equals(one.key))
                .findFirst()
                .ifPresent(document -> settle(one, verdict(document, one)));
            answer(one, new Outcome.Unknown());
          }
          pump();
          lookUpNext();
        });
  }

  // ---- Propose

  /** Goes on with whatever can go on. */
  void pump() {
    if (pumping || run != null || backlog.isEmpty()) {
      return;
    }
    pumping = true;
    try {
      propose();
    } finally {
      pumping = false;
    }
  }

  private void propose() {
    Run next =
        Run.of(
            machine,
            index,
            tail,
            timers.clock().instant(),
            backlog.next(Store.MAX_RUN),
            this::ready);
    if (!next.refused().isEmpty()) {
      refuse(next.refused());
    }
    if (!next.docs().isEmpty()) {
      insert(next.docs());
    }
  }

  /**
   * The state that a command is judged by, or null while it (or a fact that it lacks) is being
   * read.
   */
  private @Nullable State ready(Waiting one) {
    if (one.preparing) {
      return null;
    }
    State state = states.get(one.command.conversation());
    if (state == null) {
      prepare(one, states.load(one.command.conversation()).map(loaded -> UnaryOperator.identity()));
      return null;
    }
    Supplier<Future<UnaryOperator<State>>> lacking = machine.lacks(state, one.command);
    if (lacking != null) {
      // Fenced: a stale reading would miss what this node has applied already.
      prepare(one, lanes.fence().compose(v -> lacking.get()));
      return null;
    }
    return state;
  }

  private void prepare(Waiting one, Future<UnaryOperator<State>> facts) {
    one.preparing = true;
    onThread(
        facts,
        found -> {
          if (found.succeeded()) {
            one.preparing = false;
            states.change(one.command.conversation(), found.result());
            pump();
          } else {
            pause(
                () -> {
                  one.preparing = false;
                  pump();
                });
          }
        });
  }

  private void insert(List<Run.Proposed> docs) {
    run = docs;
    for (Run.Proposed proposed : docs) {
      proposed.waiting().proposed = Math.max(proposed.waiting().proposed, proposed.entry().n());
    }
    onThread(
        store.insert(EntryCodec.COLLECTION, docs.stream().map(Run.Proposed::document).toList()),
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

  private void allWell(List<Run.Proposed> docs) {
    run = null;
    List<BsonDocument> stored = docs.stream().map(Run.Proposed::document).toList();
    apply(stored);
    lanes.ring(index, stored);
    pump();
  }

  // ---- GiveUp, CatchUp, LookUp

  /**
   * Anything but all well: read what is beyond T, look up every key of the run, put the rest back,
   * go round again.
   */
  private void giveUp(List<Run.Proposed> docs) {
    List<Waiting> open =
        docs.stream().map(Run.Proposed::waiting).filter(one -> !one.settled).toList();
    onThread(
        catchUp.read().compose(v -> lookUp(open)),
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
    return catchUp.read();
  }

  private Future<List<BsonDocument>> lookUp(List<Waiting> commands) {
    if (commands.isEmpty()) {
      return Future.succeededFuture(List.of());
    }
    List<BsonValue> keys = new ArrayList<>();
    commands.forEach(one -> keys.add(new BsonString(one.key)));
    return store.find(
        Query.in(EntryCodec.COLLECTION, "k").where("l", index).anyOf(keys).limit(Store.MAX_FOUND));
  }

  /**
   * What another node has appended and rung: applied at once where it follows the tail, else read.
   */
  void rung(List<BsonDocument> documents) {
    if (EntryCodec.n(documents.get(documents.size() - 1)) <= tail) {
      return;
    }
    if (EntryCodec.n(documents.get(0)) <= tail + 1) {
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
      if (EntryCodec.n(document) == tail + 1) {
        applied.add(states.apply(EntryCodec.entry(document)));
        tail = EntryCodec.n(document);
      }
    }
    if (!applied.isEmpty()) {
      lanes.applied(index, applied);
    }
    // Last: whoever is told of an entry finds it in whatever this node has of it.
    documents.forEach(this::recognise);
  }

  /** An entry that is in the store: whoever waits under its key hears of it. */
  private void recognise(BsonDocument document) {
    String key = EntryCodec.key(document);
    paths.release(key);
    for (Waiting one : backlog.byKey(key)) {
      settle(one, verdict(document, one));
    }
  }

  /** The first result; another body is a conflict, unless what the entry said was recalled. */
  private Outcome verdict(BsonDocument document, Waiting one) {
    boolean same =
        !(document.get("h") instanceof BsonString hash) || hash.getValue().equals(one.hash);
    State state = same ? null : states.get(one.command.conversation());
    if (!same && (state == null || !machine.forgets(state, EntryCodec.seq(document)))) {
      return new Outcome.Refused(
          Fault.of(Fault.Code.CONFLICT, "ref", "This ref was used for something else."));
    }
    return EntryCodec.accepted(document);
  }

  // ---- Refuse

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
          if (found.failed()) {
            pause(
                () -> {
                  refusing = false;
                  pump();
                });
            return;
          }
          refusing = false;
          found.result().forEach(this::recognise);
          // Its node hears of a refusal only with the answers of all its batch: if what is behind
          // it waited on, it might be appended before that node, having heard nothing, tries again.
          Set<String> cutShort = new LinkedHashSet<>();
          for (Waiting one : candidates) {
            State state = states.get(one.command.conversation());
            Fault fault = one.settled || state == null ? null : machine.judge(state, one.command);
            if (fault != null && one.proposed <= tail && backlog.inTurn(one)) {
              settle(one, new Outcome.Refused(fault));
              if (one.foreign) {
                cutShort.add(one.path);
              }
            }
          }
          cutShort.forEach(path -> unknown(path, backlog.byPath(path)));
          pump();
        });
  }

  // ---- Expire

  /** The deadline: unknown, with all that the session sent after it; not proposed again. */
  private void expire(Waiting one) {
    if (one.settled) {
      return;
    }
    List<Waiting> path = backlog.byPath(one.path);
    int place = path.indexOf(one);
    if (place < 0) {
      // It is being looked up, and held already.
      answer(one, new Outcome.Unknown());
    } else {
      unknown(one.path, path.subList(place, path.size()));
      pump();
    }
  }

  /** These of one path, in order, are answered unknown and held before what it holds already. */
  void unknown(String path, List<Waiting> late) {
    List<Waiting> own = late.stream().filter(one -> !one.foreign).toList();
    if (!own.isEmpty()) {
      paths.holdFirst(path, own);
    }
    late.forEach(one -> answer(one, new Outcome.Unknown()));
  }

  /** Answers a command; what was answered unknown before is known now only if it was appended. */
  void settle(Waiting one, Outcome outcome) {
    if (!one.settled || outcome instanceof Outcome.Accepted) {
      paths.release(one.path, one.key);
    }
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
