package chat.plenary.lab.workload;

import chat.plenary.client.Session;
import chat.plenary.client.Sync;
import chat.plenary.lab.history.Event;
import chat.plenary.lab.history.Event.Via;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A reader who comes and goes and changes nodes: syncs from its last cursor by REST on any node,
 * follows for a while, or reads the newest page of a group; and tries the groups of another
 * organisation.
 */
final class Visitor {
  private static final int PAGE = 100;

  private final World world;
  private final World.Person person;
  private final List<String> strangers;
  private final Random random;
  private final int reader;
  private @Nullable String cursor;
  private @Nullable Follower following;
  private int turns;
  private volatile boolean busy;

  Visitor(World world, World.Person person, List<String> strangers, long seed) {
    this.world = world;
    this.person = person;
    this.strangers = strangers;
    this.random = new Random(seed);
    this.reader = world.recorder.reader(person.account(), "visitor");
  }

  void act() {
    if (busy) {
      return;
    }
    turns++;
    Follower open = following;
    if (open != null) {
      cursor = open.live().cursor();
      open.live().close();
      following = null;
    } else if (random.nextInt(3) == 0) {
      Session anywhere = person.session();
      following =
          new Follower(world.recorder, anywhere, person.account(), "visit-" + turns, cursor);
    } else if (random.nextInt(5) == 0 && !strangers.isEmpty()) {
      pry();
    } else if (random.nextInt(3) == 0) {
      look();
    } else {
      sync();
    }
  }

  void close() {
    if (following != null) {
      following.live().close();
    }
  }

  private void sync() {
    busy = true;
    long asked = world.recorder.now();
    world
        .anywhere(person, random)
        .sync(cursor)
        .thenAccept(sync -> shown(asked, sync))
        .whenComplete((done, failure) -> busy = false);
  }

  /** The newest page of a group, on any node: what was just edited and recalled is on it. */
  private void look() {
    World.Group group = world.groups.get(random.nextInt(world.groups.size()));
    busy = true;
    world
        .anywhere(person, random)
        .newest(group.id(), PAGE)
        .thenAccept(
            page -> {
              int looker = world.recorder.reader(person.account(), Event.Reader.PAGE);
              page.entries().forEach(entry -> world.recorder.shown(looker, Via.PAGE, entry));
            })
        .whenComplete((done, failure) -> busy = false);
  }

  private void shown(long asked, Sync sync) {
    for (Sync.Changed changed : sync.conversations()) {
      world.recorder.inbox(reader, asked, changed.conversation());
      changed.entries().forEach(entry -> world.recorder.shown(reader, Via.RESUME, entry));
    }
    if (sync.cursor() != null) {
      cursor = sync.cursor();
    }
  }

  /** Nothing of this should come; what comes is written down. */
  private void pry() {
    String group = strangers.get(random.nextInt(strangers.size()));
    Session session = world.anywhere(person, random);
    long asked = world.recorder.now();
    CompletableFuture.allOf(
        session
            .conversation(group)
            .thenAccept(conversation -> world.recorder.inbox(reader, asked, conversation)),
        session
            .newest(group, 10)
            .thenAccept(
                page ->
                    page.entries()
                        .forEach(entry -> world.recorder.shown(reader, Via.PAGE, entry))));
  }
}
