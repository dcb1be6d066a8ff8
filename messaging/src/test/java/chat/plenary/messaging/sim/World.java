package chat.plenary.messaging.sim;

import chat.plenary.messaging.conversation.Kinds;
import chat.plenary.messaging.conversation.Limits;
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
public final class World {
  private static final OrganisationId HOME = OrganisationId.of("assembly");
  private static final List<String> NAMES = List.of("amy", "bob", "cat", "dan");

  private final Scheduler scheduler;
  private final Random random;
  private final SimulatedDatabase database;
  private final Network network;
  private final Observer observer;
  private final History history;
  private final Checker checker;
  private final int size;
  private final @Nullable Plight plight;
  private final Trouble trouble;
  private final List<SimulatedNode> nodes = new ArrayList<>();
  private final List<ConversationId> groups = new ArrayList<>();
  private final Set<Integer> usedLanes = new LinkedHashSet<>();
  private final List<Sender> senders = new ArrayList<>();
  private final List<Reader> readers = new ArrayList<>();
  private int born;

  /**
   * A world.
   *
   * @param plight all that happens in it; null for all kinds of trouble
   */
  World(long seed, @Nullable Plight plight) {
    this(seed, plight, Observer.NONE, true);
  }

  /**
   * A world that tells what happens in it.
   *
   * @param plight all that happens in it; null for all kinds of trouble
   * @param judging whether the invariants are looked at; the world ends with the first that is
   *     violated
   */
  public World(long seed, @Nullable Plight plight, Observer observer, boolean judging) {
    this.plight = plight;
    this.observer = observer;
    scheduler = new Scheduler(seed);
    random = scheduler.random();
    database = new SimulatedDatabase(scheduler, Faults.none());
    network = new Network(scheduler);
    history = new History(scheduler, observer);
    checker = new Checker(this, judging);
    trouble = new Trouble(this);
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

  Limits limits() {
    return plight == null ? Plight.ordinary() : plight.limits();
  }

  /** Whether commands of a kind are judged by what is in the log alone. */
  boolean restsOnTheLog(String kind) {
    return plight == null || plight.restsOnTheLog(kind);
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

  Observer observer() {
    return observer;
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

  /** Runs it all, and says which invariant was violated and how; null for none. */
  public @Nullable String run() {
    try {
      setUp();
      if (checker.found() == null && plight != null) {
        plight.happen(this);
      } else if (checker.found() == null) {
        trouble.begin();
        run(scheduler.between(Duration.ofSeconds(4), Duration.ofSeconds(10)));
      }
      if (checker.found() == null) {
        settle();
      }
    } catch (AssertionError | RuntimeException e) {
      return "threw " + e;
    }
    return checker.found();
  }

  /** What happened, a line each. */
  public List<String> words() {
    return history.words();
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
    history.fault(true, node.name(), "Crash");
    node.process.kill();
    network.left(node.process);
    scheduler.schedule(
        scheduler.between(Duration.ofMillis(300), Duration.ofSeconds(4)), "restart", this::birth);
  }

  // ---- the end

  private void settle() {
    trouble.end();
    history.fault(false, "", "the faults stop");
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
    new LastReader(this).read(HOME);
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
