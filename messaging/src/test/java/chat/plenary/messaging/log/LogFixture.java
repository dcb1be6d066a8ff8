package chat.plenary.messaging.log;

import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.id.OrganisationId;
import chat.plenary.messaging.id.Ref;
import chat.plenary.messaging.sim.Scheduler;
import chat.plenary.messaging.sim.SimulatedProcess;
import chat.plenary.messaging.store.sim.Faults;
import chat.plenary.messaging.store.sim.SimulatedDatabase;
import chat.plenary.messaging.store.sim.SimulatedStore;
import io.vertx.core.Future;
import java.time.Duration;
import org.bson.BsonDocument;
import org.bson.BsonString;

/** Nodes with the product's log over one simulated database, in virtual time. */
final class LogFixture {
  static final ConversationId ROOM = ConversationId.group(OrganisationId.of("home"), "room");
  static final AccountId AMY = AccountId.of("amy");

  final Scheduler scheduler = new Scheduler(1);
  final SimulatedDatabase database = new SimulatedDatabase(scheduler, Faults.none());

  /** A node. */
  final class Node {
    final SimulatedProcess process;
    final SimulatedStore store;
    final FakeBus bus;
    final Lanes lanes;

    Node(String name) {
      process = new SimulatedProcess(scheduler, name);
      store = database.handle(process);
      bus = new FakeBus(process);
      lanes =
          done(Lanes.open(store, bus, process, new DoorMachine(), lane -> Runnable::run, 1_000));
    }

    Node start() {
      done(lanes.start());
      return this;
    }

    Future<Outcome> append(String kind, String ref, String text) {
      return lanes.append(command(ROOM, kind, ref, text));
    }

    Outcome now(String kind, String ref) {
      return done(append(kind, ref, ref));
    }
  }

  Node node(String name) {
    return new Node(name);
  }

  static Command command(ConversationId room, String kind, String ref, String text) {
    BsonDocument body = new BsonDocument("text", new BsonString(text));
    return new Command(room, AMY, new Ref(ref), kind, 1, body, kind.equals("post"), "path");
  }

  void pass(long millis) {
    scheduler.runFor(Duration.ofMillis(millis));
  }

  /** Lets time pass until a future is complete, at the most 10 s. */
  <T> T done(Future<T> future) {
    scheduler.runUntil(future::isComplete, Duration.ofSeconds(10));
    if (!future.succeeded()) {
      throw new AssertionError("did not succeed: " + future, future.cause());
    }
    return future.result();
  }

  /** Lets time pass until a future has failed. */
  Throwable failed(Future<?> future) {
    scheduler.runUntil(future::isComplete, Duration.ofSeconds(10));
    if (!future.failed()) {
      throw new AssertionError("did not fail: " + future);
    }
    return future.cause();
  }
}
