package chat.plenary.lab.workload;

import chat.plenary.client.Directory;
import chat.plenary.lab.history.Event;
import chat.plenary.lab.history.Event.Action;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Members who only follow, on a live connection each, until the owner of the organisation signs
 * them out or disables them, one after another. They stay members of their groups, so that nothing
 * but the end of their sessions keeps them from being shown more.
 */
final class Guests implements AutoCloseable {
  private final World world;
  private final Random random;
  private final Deque<World.Person> in;
  private final List<Follower> followers = new ArrayList<>();
  private final AtomicInteger flying = new AtomicInteger();

  Guests(World world, long seed) {
    this.world = world;
    this.random = new Random(seed);
    this.in = new ArrayDeque<>(world.guests);
    for (World.Person guest : world.guests) {
      followers.add(new Follower(world.recorder, guest.session(), guest.account(), "guest", null));
    }
  }

  int unsettled() {
    return flying.get();
  }

  /** Ends the sessions of one guest, by any node; repeats until it is known to be done. */
  void act() {
    World.Person guest = flying.get() > 0 ? null : in.poll();
    if (guest != null) {
      flying.incrementAndGet();
      end(guest.account(), random.nextBoolean(), 0);
    }
  }

  private void end(String account, boolean disable, int attempt) {
    String node = world.nodes.get(random.nextInt(world.nodes.size()));
    long op =
        world.recorder.ask(
            new Recorder.Asked(
                Action.REVOKE, world.owner.account(), "", node, account, "", 0, disable ? 1 : 0));
    Directory directory = world.owner.session().on(node).directory();
    CompletableFuture<JsonNode> answer =
        disable ? directory.change(account, null, null, true) : directory.signOut(account);
    answer.whenComplete(
        (done, failure) -> {
          if (failure == null) {
            world.recorder.returned(op, Event.Outcome.OK, "", 0, 0);
          } else {
            world.recorder.failed(op, failure);
            if (attempt < 200) {
              world.later(200, () -> end(account, disable, attempt + 1));
              return;
            }
          }
          flying.decrementAndGet();
        });
  }

  @Override
  public void close() {
    followers.forEach(follower -> follower.live().close());
  }
}
