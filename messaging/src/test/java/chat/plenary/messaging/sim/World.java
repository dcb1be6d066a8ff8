package chat.plenary.messaging.sim;

import chat.plenary.messaging.conversation.Kinds;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.id.OrganisationId;
import chat.plenary.messaging.id.Ref;
import chat.plenary.messaging.log.Command;
import chat.plenary.messaging.log.Log;
import chat.plenary.messaging.log.Outcome;
import chat.plenary.messaging.store.sim.Faults;
import chat.plenary.messaging.store.sim.SimulatedDatabase;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.zip.CRC32C;
import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

/** Nodes, a store, clients and faults in one thread, all by one seed. */
final class World {
  private static final OrganisationId HOME = OrganisationId.of("assembly");
  private static final List<String> NAMES = List.of("amy", "bob", "cat", "dan");

  private final Scheduler scheduler;
  private final Random random;
  private final SimulatedDatabase database;
  private final Network network;
  private final History history;
  private final Checker checker;
  private final int size;
  private final @Nullable Plight plight;
  private final List<SimulatedNode> nodes = new ArrayList<>();
  private final List<ConversationId> groups = new ArrayList<>();
  private final Set<Integer> usedLanes = new LinkedHashSet<>();
  private final List<Sender> senders = new ArrayList<>();
  private final List<Reader> readers = new ArrayList<>();
  private int born;
  private boolean calm = true;

  /**
   * A world.
   *
   * @param plight all that happens in it; null for all kinds of trouble
   */
  World(long seed, @Nullable Plight plight) {
    this.plight = plight;
    scheduler = new Scheduler(seed);
    random = scheduler.random();
    database = new SimulatedDatabase(scheduler, Faults.none());
    network = new Network(scheduler);
    history = new History(scheduler);
    checker = new Checker(this);
    int drawn = random.nextInt(3);
    size = plight == null ? 1 + drawn : 2 + drawn % 2;
  }

  static AccountId account(String name) {
    return AccountId.of(name);
  }

  static String name(AccountId account) {
    for (String name : NAMES) {
      if (account(name).equals(account)) {
        return name;
      }
    }
    return account.value();
  }

  AccountId owner() {
    return account("amy");
  }

  /** Who is let in and removed. */
  List<AccountId> movable() {
    return List.of(account("bob"), account("dan"));
  }

  Scheduler scheduler() {
    return scheduler;
  }

  SimulatedDatabase database() {
    return database;
  }

  Network network() {
    return network;
  }

  History history() {
    return history;
  }

  Checker checker() {
    return checker;
  }

  Set<Integer> usedLanes() {
    return usedLanes;
  }

  List<ConversationId> groups() {
    return groups;
  }

  List<SimulatedNode> nodes() {
    return nodes;
  }

  List<Reader> readers() {
    return readers;
  }

  List<Sender> senders() {
    return senders;
  }

  @Nullable SimulatedNode anyNode() {
    List<SimulatedNode> up = nodes.stream().filter(SimulatedNode::up).toList();
    return up.isEmpty() ? null : up.get(random.nextInt(up.size()));
  }

  /** A command comes to a node. */
  Future<Outcome> append(SimulatedNode node, Command command) {
    if (!node.up()) {
      return Future.failedFuture("the connection is gone");
    }
    History.Attempt attempt = history.arrive(command, node.name());
    return node.lanes()
        .append(command)
        .onSuccess(
            outcome -> {
              history.answered(attempt, outcome);
              checker.answered(attempt, node.pausedSince(attempt.arrived));
            });
  }

  /** Runs it all; what was found is with the checker. */
  void run() {
    setUp();
    if (checker.found() == null && plight != null) {
      plight.happen(this);
    } else if (checker.found() == null) {
      trouble();
    }
    if (checker.found() == null) {
      settle();
    }
  }

  // ---- the beginning

  private void setUp() {
    SimulatedProcess first = new SimulatedProcess(scheduler, "installer");
    BsonDocument meta =
        new BsonDocument("_id", new BsonString("database"))
            .append("format", new BsonInt32(1))
            .append("lanes", new BsonInt32(Log.LANES))
            .append("epoch", new BsonInt32(1))
            .append(
                "secret",
                new BsonBinary(
                    "a secret of thirty-two bytes ...".getBytes(StandardCharsets.UTF_8)));
    database.handle(first).insert("meta", List.of(meta));
    run(Duration.ofMillis(100));
    chooseGroups();
    for (int i = 0; i < size; i++) {
      birth();
    }
    run(Duration.ofSeconds(3));
    Map<ConversationId, Boolean> made = new LinkedHashMap<>();
    for (int i = 0; i < 20 && made.size() < groups.size(); i++) {
      for (ConversationId group : groups) {
        SimulatedNode node = anyNode();
        if (node != null && !made.containsKey(group)) {
          append(node, creation(group))
              .onSuccess(
                  outcome -> {
                    if (outcome instanceof Outcome.Accepted) {
                      made.put(group, true);
                    }
                  });
        }
      }
      run(Duration.ofMillis(500));
    }
    if (made.size() < groups.size()) {
      checker.violated("Settles", "the groups could not be made on a quiet day");
    }
    for (String who : NAMES) {
      for (ConversationId group : groups) {
        senders.add(new Sender(this, account(who), group));
      }
      readers.add(new Reader(this, who + "'s phone", account(who)));
    }
    readers.add(new Reader(this, "bob's laptop", account("bob")));
  }

  private void chooseGroups() {
    int lanes = 1 + random.nextInt(2);
    int most = 2 + random.nextInt(2);
    for (int i = 0; groups.size() < most; i++) {
      ConversationId id = ConversationId.group(HOME, "group-" + i);
      CRC32C sum = new CRC32C();
      sum.update(id.value().getBytes(StandardCharsets.UTF_8));
      int lane = (int) (sum.getValue() % Log.LANES);
      if (usedLanes.contains(lane) || usedLanes.size() < lanes) {
        usedLanes.add(lane);
        groups.add(id);
      }
    }
  }

  private Command creation(ConversationId group) {
    BsonArray members = new BsonArray();
    NAMES.subList(0, 3).forEach(who -> members.add(new BsonString(account(who).value())));
    BsonDocument body =
        new BsonDocument("kind", new BsonString("group"))
            .append("organisation", new BsonString(HOME.value()))
            .append("name", new BsonString("Group"))
            .append("members", members)
            .append("history", BsonBoolean.FALSE);
    return new Command(
        group, owner(), new Ref("create"), Kinds.CREATED, 1, body, false, "creation");
  }

  private void birth() {
    SimulatedNode node = new SimulatedNode(this, "n" + ++born);
    if (random.nextInt(4) == 0) {
      node.process.skew(Duration.ofSeconds(random.nextInt(20_000) - 10_000));
    }
    nodes.add(node);
    node.boot();
  }

  /** A node dies; another life of it begins later. */
  void kill(SimulatedNode node) {
    if (!nodes.remove(node)) {
      return;
    }
    history.say(node.name() + " Crash");
    node.process.kill();
    network.left(node.process);
    scheduler.schedule(
        scheduler.between(Duration.ofMillis(300), Duration.ofSeconds(4)), "restart", this::birth);
  }

  // ---- the trouble

  private void trouble() {
    calm = false;
    database.faults(faults());
    network.faults(rate(0.2), rate(0.2), rate(0.2));
    senders.forEach(this::act);
    readers.forEach(this::move);
    disturb();
    run(scheduler.between(Duration.ofSeconds(4), Duration.ofSeconds(10)));
  }

  private double rate(double most) {
    return random.nextBoolean() ? 0 : random.nextDouble() * most;
  }

  private Faults faults() {
    Faults chosen = Faults.none().ownWritesSeen(random.nextBoolean());
    for (Faults.Kind kind : Faults.Kind.values()) {
      boolean stale = kind == Faults.Kind.STALE_READ;
      chosen = chosen.with(kind, rate(stale ? 0.7 : 0.08));
    }
    Duration[] patience = {
      Duration.ofMillis(300), Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(5)
    };
    return chosen.patience(patience[random.nextInt(patience.length)]);
  }

  private void act(Sender sender) {
    scheduler.schedule(
        scheduler.between(Duration.ofMillis(1), Duration.ofMillis(600)),
        "client",
        () -> {
          if (!calm) {
            sender.act();
            act(sender);
          }
        });
  }

  private void move(Reader reader) {
    if (!reader.connected() || scheduler.chance(0.2)) {
      SimulatedNode node = anyNode();
      if (node != null) {
        reader.connect(node);
      }
    }
    scheduler.schedule(
        scheduler.between(Duration.ofMillis(100), Duration.ofSeconds(3)),
        "reader",
        () -> move(reader));
  }

  private void disturb() {
    scheduler.schedule(
        scheduler.between(Duration.ofMillis(200), Duration.ofSeconds(4)),
        "disturb",
        () -> {
          if (!calm) {
            disturbNow();
            disturb();
          }
        });
  }

  private void disturbNow() {
    SimulatedNode node = anyNode();
    if (node == null) {
      return;
    }
    Duration length = scheduler.between(Duration.ofMillis(100), Duration.ofSeconds(7));
    switch (random.nextInt(8)) {
      case 0, 1 -> node.pause(length);
      case 2 -> kill(node);
      case 3 -> node.cutOff(length);
      case 4 -> network.disagree(length);
      case 5 -> network.partition(length);
      case 6 -> database.election();
      default -> database.faults(faults());
    }
  }

  // ---- the end

  private void settle() {
    calm = true;
    history.say("the faults stop");
    database.faults(Faults.none());
    network.faults(0, 0, 0);
    run(Duration.ofSeconds(8));
    nodes.forEach(SimulatedNode::heal);
    network.agree();
    run(Duration.ofSeconds(5));
    boolean settled = false;
    for (int i = 0; i < 40 && !settled && checker.found() == null; i++) {
      settled = true;
      for (Sender sender : senders) {
        settled &= sender.settle();
      }
      run(Duration.ofSeconds(1));
    }
    if (!settled) {
      checker.violated("Settles", "some command is not settled 40 s after the last fault");
    }
    int before = history.attempts().size();
    senders.forEach(Sender::probe);
    run(Duration.ofSeconds(4));
    checker.probes(before);
    run(Duration.ofSeconds(8));
    checker.end();
  }

  /** Lets time pass. */
  void run(Duration time) {
    Duration end = scheduler.elapsed().plus(time);
    scheduler.schedule(time, "time", () -> {});
    while (checker.found() == null && scheduler.elapsed().compareTo(end) < 0) {
      if (!scheduler.step()) {
        return;
      }
      checker.look();
    }
  }
}
