package chat.plenary.messaging.sim;

import chat.plenary.messaging.store.sim.Faults;
import java.time.Duration;
import java.util.Random;

/** People who chat and move, and all kinds of faults, by chance. */
final class Trouble {
  private final World world;
  private final Scheduler scheduler;
  private final Random random;
  private boolean calm = true;

  Trouble(World world) {
    this.world = world;
    this.scheduler = world.scheduler();
    this.random = scheduler.random();
  }

  void begin() {
    calm = false;
    world.database().faults(faults());
    world.network().faults(rate(0.2), rate(0.2), rate(0.2));
    world.senders().forEach(this::act);
    world.readers().forEach(this::move);
    disturb();
  }

  /** No more of it, save for readers, who go on moving. */
  void end() {
    calm = true;
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
      SimulatedNode node = world.anyNode();
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
    SimulatedNode node = world.anyNode();
    if (node == null) {
      return;
    }
    Duration length = scheduler.between(Duration.ofMillis(100), Duration.ofSeconds(7));
    switch (random.nextInt(8)) {
      case 0, 1 -> node.pause(length);
      case 2 -> world.kill(node);
      case 3 -> node.cutOff(length);
      case 4 -> {
        world.history().fault(true, "", "the views of the members disagree");
        world.network().disagree(length);
      }
      case 5 -> {
        world.history().fault(true, "", "two nodes do not hear each other");
        world.network().partition(length);
      }
      case 6 -> {
        world.history().fault(true, "", "the store elects");
        world.database().election();
      }
      default -> {
        world.history().fault(true, "", "other faults of the store");
        world.database().faults(faults());
      }
    }
  }
}
