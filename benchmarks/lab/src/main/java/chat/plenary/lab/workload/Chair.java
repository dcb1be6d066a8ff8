package chat.plenary.lab.workload;

import chat.plenary.lab.history.Event.Action;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** A group's owner, who removes members and lets them in again while they chat. */
final class Chair {
  private final World world;
  private final World.Group group;
  private final Random random;
  private final Set<String> out = new HashSet<>();
  private final AtomicInteger flying = new AtomicInteger();
  private long counter;

  Chair(World world, World.Group group, long seed) {
    this.world = world;
    this.group = group;
    this.random = new Random(seed);
  }

  int unsettled() {
    return flying.get();
  }

  /**
   * Removes one who is in, or adds one who is out, on any node; repeats with the same ref until it
   * is known.
   */
  void act() {
    if (flying.get() > 0 || group.moving().isEmpty()) {
      return;
    }
    String account = group.moving().get(random.nextInt(group.moving().size())).account();
    boolean add = out.contains(account);
    String ref = "members" + counter++;
    flying.incrementAndGet();
    change(account, add, ref, 0);
  }

  private void change(String account, boolean add, String ref, int attempt) {
    World.Person owner = group.fixed().get(0);
    String node = world.nodes.get(random.nextInt(world.nodes.size()));
    long op =
        world.recorder.ask(
            new Recorder.Asked(
                Action.MEMBERS, owner.account(), "", node, group.id(), ref, 0, add ? 1 : -1));
    world
        .recorder
        .answer(
            op,
            group.id(),
            owner
                .session()
                .on(node)
                .changeMembers(
                    group.id(),
                    ref,
                    add ? List.of(account) : List.of(),
                    add ? List.of() : List.of(account)))
        .whenComplete(
            (done, failure) -> {
              var problem = Recorder.problem(failure);
              boolean unknown =
                  failure != null && (problem == null || problem.unknown() || problem.temporary());
              if (unknown && attempt < 200) {
                world.later(200, () -> change(account, add, ref, attempt + 1));
                return;
              }
              if (failure == null) {
                changed(account, add);
              }
              flying.decrementAndGet();
            });
  }

  private synchronized void changed(String account, boolean add) {
    if (add) {
      out.remove(account);
    } else {
      out.add(account);
    }
  }
}
