package chat.plenary.messaging.sim;

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
    }
  };

  private static final AccountId BOB = World.account("bob");

  abstract void happen(World world);

  private static void soon(World world) {
    world.run(world.scheduler().between(Duration.ofMillis(5), Duration.ofMillis(60)));
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
