package chat.plenary.lab.workload;

import chat.plenary.client.Accepted;
import chat.plenary.client.Body;
import chat.plenary.client.History;
import chat.plenary.client.Session;
import chat.plenary.lab.history.Digest;
import chat.plenary.lab.history.Event.Action;
import chat.plenary.lab.history.Event.Outcome;
import chat.plenary.lab.history.Event.Via;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Somebody who chats: posts by a live connection without waiting for answers, repeats by REST on
 * other nodes, edits, recalls, reads. All by chance, from a seed.
 */
final class Sender {
  private static final int REMEMBERED = 64;
  private static final int MAX_UNSETTLED = 200;

  private final World world;
  private final World.Person person;
  private final List<World.Group> groups;
  private final Follower follower;
  private final Random random;
  private final String path;
  private final int reader;
  private final List<Sent> sent = new ArrayList<>();
  private final AtomicInteger flying = new AtomicInteger();
  private long counter;

  Sender(World world, World.Person person, List<World.Group> groups, long seed) {
    this.world = world;
    this.person = person;
    this.groups = groups;
    this.random = new Random(seed);
    this.follower = new Follower(world.recorder, person.session(), person.account(), "desk", null);
    this.path = person.session().id() + "/live";
    this.reader = world.recorder.reader(person.account(), "rest");
  }

  Follower follower() {
    return follower;
  }

  int unsettled() {
    return flying.get();
  }

  /** Does one thing. */
  void act() {
    if (flying.get() > MAX_UNSETTLED) {
      return;
    }
    int dice = random.nextInt(100);
    World.Group group = groups.get(random.nextInt(groups.size()));
    if (dice < 66 || sent.isEmpty()) {
      post(group);
    } else if (dice < 74) {
      again(any(), false);
    } else if (dice < 78) {
      again(any(), true);
    } else if (dice < 84) {
      edit(any());
    } else if (dice < 87) {
      recall(any());
    } else if (dice < 92) {
      position(group);
    } else {
      look(group);
    }
  }

  private Sent any() {
    return sent.get(random.nextInt(sent.size()));
  }

  private void post(World.Group group) {
    String ref = "m" + counter++;
    Body body = Body.text("message " + ref + " of " + person.account() + " " + random.nextInt());
    if (random.nextInt(10) == 0) {
      body = body.mentioning(List.of(group.fixed().get(0).account()));
    }
    Sent message = new Sent(group.id(), ref, body);
    if (sent.size() < REMEMBERED) {
      sent.add(message);
    } else {
      sent.set(random.nextInt(REMEMBERED), message);
    }
    long op = ask(Action.POST, path, follower.node(), group.id(), ref, Digest.of(body), 0);
    track(op, group.id(), follower.live().post(group.id(), ref, body))
        .thenAccept(done -> message.seq = done.seq());
  }

  /** The same ref on another node: with the same body, or with another one. */
  private void again(Sent message, boolean other) {
    Body body = other ? Body.text("another body " + random.nextInt()) : message.body;
    String node = world.nodes.get(random.nextInt(world.nodes.size()));
    long op = ask(Action.POST, "", node, message.group, message.ref, Digest.of(body), 0);
    track(op, "", person.session().on(node).post(message.group, message.ref, body));
  }

  private void edit(Sent message) {
    if (message.seq == 0 || message.recalled) {
      return;
    }
    String ref = "e" + counter++;
    Body body = Body.text("edited by " + ref);
    long op =
        ask(Action.EDIT, path, follower.node(), message.group, ref, Digest.of(body), message.seq);
    track(op, message.group, follower.live().edit(message.group, ref, message.seq, body));
  }

  private void recall(Sent message) {
    if (message.seq == 0 || message.recalled) {
      return;
    }
    message.recalled = true;
    String ref = "r" + counter++;
    String node = world.nodes.get(random.nextInt(world.nodes.size()));
    long op = ask(Action.RECALL, "", node, message.group, ref, 0, message.seq);
    track(op, message.group, person.session().on(node).recall(message.group, ref, message.seq));
  }

  private void position(World.Group group) {
    String node = world.nodes.get(random.nextInt(world.nodes.size()));
    Session session = person.session().on(node);
    session
        .conversation(group.id())
        .thenCompose(
            conversation -> {
              long to = conversation.headSeq();
              long op = ask(Action.POSITION, "", node, group.id(), "", 0, to);
              return session
                  .position(group.id(), to)
                  .whenComplete(
                      (done, failure) -> {
                        if (failure == null) {
                          world.recorder.returned(op, Outcome.OK, "", to, 0);
                        } else {
                          world.recorder.failed(op, failure);
                        }
                      });
            });
  }

  private void look(World.Group group) {
    Session session = world.anywhere(person, random);
    long asked = world.recorder.now();
    if (random.nextBoolean()) {
      session
          .conversation(group.id())
          .thenAccept(conversation -> world.recorder.inbox(reader, asked, conversation));
    } else if (random.nextBoolean()) {
      session
          .conversations(null)
          .thenAccept(
              page -> page.items().forEach(one -> world.recorder.inbox(reader, asked, one)));
    } else {
      session.newest(group.id(), 30).thenAccept(page -> pageShown(page));
    }
  }

  private void pageShown(History page) {
    page.entries().forEach(entry -> world.recorder.shown(reader, Via.PAGE, entry));
  }

  private long ask(
      Action action, String on, String node, String group, String ref, long digest, long target) {
    return world.recorder.ask(
        new Recorder.Asked(action, person.account(), on, node, group, ref, digest, target));
  }

  private CompletableFuture<Accepted> track(
      long op, String grows, CompletableFuture<Accepted> outcome) {
    flying.incrementAndGet();
    return world
        .recorder
        .answer(op, grows, outcome)
        .whenComplete((done, failure) -> flying.decrementAndGet());
  }
}
