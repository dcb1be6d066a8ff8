package chat.plenary.messaging.sim;

import chat.plenary.messaging.conversation.Access;
import chat.plenary.messaging.conversation.ConversationMachine;
import chat.plenary.messaging.conversation.Marks;
import chat.plenary.messaging.conversation.Projection;
import chat.plenary.messaging.log.Applied;
import chat.plenary.messaging.log.DurableListener;
import chat.plenary.messaging.log.Entry;
import chat.plenary.messaging.log.Lanes;
import chat.plenary.messaging.log.Log;
import chat.plenary.messaging.store.Store;
import chat.plenary.messaging.store.sim.SimulatedStore;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One life of a node: the product's log and the features over it, in a simulated process. */
final class SimulatedNode {
  private static final int STATES = 1_000;

  private final World world;
  private final SimulatedStore handle;
  private final Store store;
  private final List<Reader> readers = new ArrayList<>();
  private @Nullable Lanes lanes;
  private chat.plenary.messaging.message.@Nullable History pages;
  private boolean up;
  private Duration pausedLast = Duration.ofSeconds(-1);
  final SimulatedProcess process;

  SimulatedNode(World world, String name) {
    this.world = world;
    this.process = new SimulatedProcess(world.scheduler(), name);
    this.handle = world.database().handle(process);
    this.store = new Told(handle, name, world.history());
  }

  String name() {
    return process.name();
  }

  boolean up() {
    return up && !process.killed();
  }

  Lanes lanes() {
    Lanes log = lanes;
    if (log == null) {
      throw new IllegalStateException("the node is not up");
    }
    return log;
  }

  chat.plenary.messaging.message.History pages() {
    var known = pages;
    if (known == null) {
      throw new IllegalStateException("the node is not up");
    }
    return known;
  }

  Store store() {
    return store;
  }

  /** Starts as a real one does; where that fails the process ends. */
  void boot() {
    world.history().say(name() + " starts");
    SimulatedThread[] threads = {new SimulatedThread(process), new SimulatedThread(process)};
    Projection.prepare(store)
        .compose(
            v ->
                Lanes.open(
                    store,
                    world.network().join(process),
                    process,
                    new ConversationMachine(store, process.clock(), world.limits()),
                    lane -> threads[lane % 2],
                    STATES))
        .compose(this::start)
        .onSuccess(
            v -> {
              up = true;
              world.history().say(name() + " is up");
            })
        .onFailure(
            failure -> {
              world.history().say(name() + " could not start: " + failure.getMessage());
              world.kill(this);
            });
  }

  private Future<Void> start(Lanes log) {
    lanes = log;
    pages = new chat.plenary.messaging.message.History(log, new Access(log), new Marks(log, store));
    log.listen(new Projection(store));
    log.listen(new Recorder());
    log.listen((int lane, List<Applied> applied) -> applied(lane, applied));
    return log.start();
  }

  private void applied(int lane, List<Applied> applied) {
    world.checker().applied(name(), lane, applied);
    List.copyOf(readers).forEach(reader -> reader.applied(lane, applied));
  }

  void attach(Reader reader) {
    readers.add(reader);
  }

  void detach(Reader reader) {
    readers.remove(reader);
  }

  void pause(Duration length) {
    if (!process.running()) {
      return;
    }
    world.history().fault(true, name(), "is stopped for " + length.toMillis() + " ms");
    process.pause();
    pausedLast = world.scheduler().elapsed().plus(length);
    world
        .scheduler()
        .schedule(
            length,
            name() + " goes on",
            () -> {
              world.history().fault(false, name(), "goes on");
              process.resume();
            });
  }

  /** Whether it was stopped at some time since. */
  boolean pausedSince(Duration then) {
    return pausedLast.compareTo(then) >= 0;
  }

  void cutOff(Duration length) {
    world
        .history()
        .fault(true, name(), "is cut off from the store for " + length.toMillis() + " ms");
    handle.partition();
    world.scheduler().schedule(length, name() + " reaches the store again", this::heal);
  }

  void heal() {
    world.history().fault(false, name(), "reaches the store");
    handle.heal();
  }

  /** A durable listener that tells the checker. */
  private final class Recorder implements DurableListener {
    @Override
    public String name() {
      return "recorder";
    }

    @Override
    public Future<Void> take(int lane, List<Entry> entries) {
      world.checker().taken(SimulatedNode.this.name(), lane, entries);
      return world.scheduler().chance(0.05)
          ? Future.failedFuture("the listener failed")
          : Future.succeededFuture();
    }
  }

  /** Whether the node has applied all that the log holds, in the lanes that are used. */
  boolean current() {
    Log log = lanes();
    return world.usedLanes().stream()
        .allMatch(lane -> log.cursor().number(lane) == world.history().lane(lane).size());
  }
}
