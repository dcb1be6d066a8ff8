package chat.plenary.messaging.sim;

import chat.plenary.messaging.conversation.Kinds;
import chat.plenary.messaging.conversation.Limits;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.store.sim.Faults;
import java.time.Duration;
import java.util.List;

/** One thing that goes wrong, in a world where all else is well: chance hardly ever finds these. */
public enum Plight {
  /**
   * A node is stopped for longer than its lease. Elsewhere somebody posts, and somebody is removed
   * within a second: what the node was rung of waits for it to wake, with those who follow there.
   */
  ASLEEP {
    @Override
    void happen(World world) {
      Scheduler scheduler = world.scheduler();
      SimulatedNode sleeper = pick(world, world.nodes());
      SimulatedNode awake = other(world, sleeper);
      world.readers().forEach(reader -> reader.connect(sleeper));
      world.run(Duration.ofSeconds(2));
      Duration length = scheduler.between(Duration.ofSeconds(6), Duration.ofSeconds(12));
      sleeper.pause(length);
      for (Sender owner : of(world, world.owner())) {
        scheduler.schedule(
            scheduler.between(Duration.ZERO, Duration.ofMillis(500)),
            "client",
            () -> owner.post(awake));
        scheduler.schedule(
            scheduler.between(Duration.ofMillis(500), Duration.ofSeconds(1)),
            "client",
            () -> owner.change(awake, BOB, false));
      }
      world.run(length.plusSeconds(2));
    }
  },

  /**
   * Reads are stale, and a node that believes to be alone serves by itself. Somebody posts, is
   * removed at once, and repeats the post at that node.
   */
  FORGETFUL {
    @Override
    void happen(World world) {
      SimulatedNode alone = pick(world, world.nodes());
      SimulatedNode there = other(world, alone);
      world.network().alone(alone.process);
      world.database().faults(Faults.none().ownWritesSeen(false).with(Faults.Kind.STALE_READ, 0.7));
      List<Sender> owners = of(world, world.owner());
      List<Sender> posters = of(world, BOB);
      for (int round = 0; round < 6; round++) {
        for (int group = 0; group < owners.size(); group++) {
          posters.get(group).post(there);
          soon(world);
          owners.get(group).change(there, BOB, false);
          soon(world);
          posters.get(group).again(alone);
          world.run(Duration.ofMillis(300));
          owners.get(group).change(there, BOB, true);
          soon(world);
        }
      }
      for (int round = 0; round < 12; round++) {
        for (int group = 0; group < owners.size(); group++) {
          atOnce(world, posters.get(group), owners.get(group), there, alone);
        }
      }
      world.senders().forEach(Sender::hangUp);
    }

    /** The same before the node has written anything after it heard of the post. */
    private static void atOnce(
        World world, Sender poster, Sender owner, SimulatedNode there, SimulatedNode alone) {
      Scheduler scheduler = world.scheduler();
      poster.post(there);
      scheduler.schedule(
          scheduler.between(Duration.ZERO, Duration.ofMillis(8)),
          "client",
          () -> owner.change(there, BOB, false));
      for (int i = 0; i < 4; i++) {
        scheduler.schedule(
            scheduler.between(Duration.ofMillis(4), Duration.ofMillis(25)),
            "client",
            () -> poster.again(alone));
      }
      world.run(Duration.ofMillis(400));
      owner.change(there, BOB, true);
      world.run(Duration.ofMillis(100));
    }
  },

  /**
   * What is handed over comes late, twice or never, and so do the answers. Somebody posts too
   * early, and is let in before all of it has come.
   */
  HANDED_OVER {
    @Override
    void happen(World world) {
      Scheduler scheduler = world.scheduler();
      List<Sender> owners = of(world, world.owner());
      List<Sender> early = of(world, DAN);
      // Nodes tell each other their clocks while messages come.
      for (SimulatedNode node : world.nodes()) {
        owners.forEach(owner -> owner.post(node));
        world.run(Duration.ofSeconds(1));
      }
      for (int round = 0; round < 4; round++) {
        world.network().faults(0.1, 0.5, 0.5);
        for (int group = 0; group < owners.size(); group++) {
          early.get(group).post(pick(world, world.nodes()), 1 + scheduler.random().nextInt(3));
          Sender owner = owners.get(group);
          SimulatedNode node = pick(world, world.nodes());
          scheduler.schedule(
              scheduler.between(Duration.ofMillis(50), Duration.ofMillis(2_500)),
              "client",
              () -> owner.change(node, DAN, true));
        }
        world.run(Duration.ofSeconds(4));
        world.network().faults(0, 0, 0);
        owners.forEach(owner -> owner.change(pick(world, world.nodes()), DAN, false));
        // Longer than nodes append by themselves to lanes of others that did not answer.
        world.run(Duration.ofSeconds(6));
        settle(world, early);
      }
      world.senders().forEach(Sender::hangUp);
    }
  },

  /** The time to edit a message is over while the edit is under way, and no answer comes. */
  TOO_LATE {
    private static final Duration EDITABLE = Duration.ofSeconds(1);

    @Override
    Limits limits() {
      return new Limits(MEMBERS, LONG, EDITABLE);
    }

    /** A node's clock is no part of the log. */
    @Override
    boolean restsOnTheLog(String kind) {
      return !kind.equals(Kinds.EDITED);
    }

    @Override
    void happen(World world) {
      Scheduler scheduler = world.scheduler();
      Faults slow = Faults.none().patience(Duration.ofMillis(300));
      for (int round = 0; round < 4; round++) {
        for (Sender poster : of(world, BOB)) {
          SimulatedNode node = pick(world, world.nodes());
          poster.post(node);
          world.run(Duration.ofMillis(200));
          world.database().faults(slow.with(Faults.Kind.LATE_WRITE, 0.5));
          scheduler.schedule(
              scheduler.between(Duration.ofMillis(500), Duration.ofMillis(780)),
              "client",
              () -> poster.edit(node));
          world.run(Duration.ofSeconds(3));
          world.database().faults(Faults.none());
          world.run(Duration.ofSeconds(2));
        }
      }
      world.senders().forEach(Sender::hangUp);
    }
  };

  private static final AccountId BOB = World.account("bob");
  private static final AccountId DAN = World.account("dan");
  private static final int MEMBERS = 100;
  private static final Duration LONG = Duration.ofDays(999);

  abstract void happen(World world);

  /** The limits of conversations in this world. */
  Limits limits() {
    return ordinary();
  }

  /** Whether commands of a kind are judged by what is in the log alone. */
  boolean restsOnTheLog(String kind) {
    return true;
  }

  /** Limits that nobody reaches. */
  static Limits ordinary() {
    return new Limits(MEMBERS, LONG, LONG);
  }

  private static void soon(World world) {
    world.run(world.scheduler().between(Duration.ofMillis(5), Duration.ofMillis(60)));
  }

  /** What is unknown is repeated until it is known: nothing new is sent before. */
  private static void settle(World world, List<Sender> senders) {
    senders.forEach(Sender::hangUp);
    boolean settled = false;
    for (int i = 0; i < 10 && !settled; i++) {
      settled = true;
      for (Sender sender : senders) {
        settled &= sender.settle();
      }
      world.run(Duration.ofSeconds(1));
    }
  }

  private static SimulatedNode pick(World world, List<SimulatedNode> nodes) {
    return nodes.get(world.scheduler().random().nextInt(nodes.size()));
  }

  private static SimulatedNode other(World world, SimulatedNode one) {
    return pick(world, world.nodes().stream().filter(node -> node != one).toList());
  }

  private static List<Sender> of(World world, AccountId account) {
    return world.senders().stream().filter(one -> one.account().equals(account)).toList();
  }
}
