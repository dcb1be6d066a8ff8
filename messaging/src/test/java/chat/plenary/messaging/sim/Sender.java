package chat.plenary.messaging.sim;

import chat.plenary.messaging.conversation.Kinds;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.id.Ref;
import chat.plenary.messaging.log.Command;
import chat.plenary.messaging.log.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who sends to one group, over one or two connections. On each connection a ref is sent
 * first only after all that came before it and is not settled; what is unknown is repeated.
 */
final class Sender {
  private static final Duration HOP = Duration.ofMillis(2);

  private final World world;
  private final AccountId account;
  private final ConversationId group;
  private final List<Item> items = new ArrayList<>();
  private final List<Session> sessions = new ArrayList<>();
  private int opened;

  /** What the client wants appended, under one ref. */
  private static final class Item {
    final String ref;
    final String kind;
    final BsonDocument body;
    boolean settled;
    boolean unknown;
    Outcome.@Nullable Accepted accepted;

    Item(String ref, String kind, BsonDocument body) {
      this.ref = ref;
      this.kind = kind;
      this.body = body;
    }
  }

  private static final class Session {
    final SimulatedNode node;
    final String path;
    final Set<Item> unknown = new HashSet<>();
    int next;
    long due;

    Session(SimulatedNode node, String path) {
      this.node = node;
      this.path = path;
    }
  }

  Sender(World world, AccountId account, ConversationId group) {
    this.world = world;
    this.account = account;
    this.group = group;
  }

  static BsonDocument text(String text) {
    return new BsonDocument("type", new BsonString("text")).append("text", new BsonString(text));
  }

  /** Does something, or nothing. */
  void act() {
    Session session = session();
    if (session == null) {
      return;
    }
    Random random = world.scheduler().random();
    int roll = random.nextInt(100);
    if (roll < 50) {
      int burst = roll < 1 ? 130 : roll < 8 ? 8 : 1;
      for (int i = 0; i < burst; i++) {
        sendNext(session, this::something);
      }
    } else if (roll < 75) {
      repeat(session, random.nextInt(10) < 7);
    } else if (roll < 80) {
      again(session, random);
    } else if (roll < 83) {
      sessions.remove(session);
    }
  }

  /** After the faults: repeats what is unknown, and says whether all is settled. */
  boolean settle() {
    // A path that waits for a ref which another path settled is given up, as by a reconnect.
    sessions.removeIf(one -> one.unknown.stream().anyMatch(item -> item.settled));
    Session session = session();
    if (session != null) {
      if (session.next < items.size()) {
        while (session.next < items.size()) {
          sendNext(session, () -> items.get(0));
        }
      } else {
        items.stream()
            .filter(item -> !item.settled)
            .forEach(item -> send(session, item, item.body));
      }
    }
    return items.stream().allMatch(item -> item.settled);
  }

  /** Sends one more post on a connection that is open. */
  void probe() {
    // A path holds what it was answered unknown until it hears more, whatever other paths heard.
    sessions.removeIf(one -> !one.unknown.isEmpty());
    Session session = session();
    if (session != null) {
      items.add(new Item("p" + items.size() + "-probe", Kinds.POSTED, text("probe")));
      sendNext(session, () -> items.get(0));
    }
  }

  /** Posts once more, to a certain node. */
  void post(SimulatedNode node) {
    post(node, 1);
  }

  /** Posts so many times on one new connection, to a certain node. */
  void post(SimulatedNode node, int times) {
    Session session = open(node);
    for (int i = 0; i < times; i++) {
      String number = Integer.toString(items.size());
      send(session, new Item("p" + number, Kinds.POSTED, text(secret(number))));
    }
  }

  /** Edits the newest post that was accepted, at a certain node. */
  void edit(SimulatedNode node) {
    for (int i = items.size() - 1; i >= 0; i--) {
      Item item = items.get(i);
      if (item.accepted != null && item.kind.equals(Kinds.POSTED)) {
        String number = Integer.toString(items.size());
        BsonDocument body =
            new BsonDocument("target", new BsonInt64(item.accepted.seq()))
                .append("body", text(secret(number + "e")));
        send(open(node), new Item("e" + number, Kinds.EDITED, body));
        return;
      }
    }
  }

  /** Lets somebody in, or removes them, at a certain node. */
  void change(SimulatedNode node, AccountId who, boolean in) {
    BsonArray one = new BsonArray(List.of(new BsonString(who.value())));
    send(
        open(node),
        new Item(
            "m" + items.size(),
            Kinds.MEMBERS,
            new BsonDocument("add", in ? one : new BsonArray())
                .append("remove", in ? new BsonArray() : one)));
  }

  /** Sends the last thing once more, to a certain node. */
  void again(SimulatedNode node) {
    Session session = new Session(node, World.name(account) + "#" + ++opened);
    session.next = items.size();
    Item last = items.get(items.size() - 1);
    send(session, last, last.body);
  }

  /** Gives up all connections: what is unknown is repeated in order on the next. */
  void hangUp() {
    sessions.clear();
  }

  private Session open(SimulatedNode node) {
    Session session = new Session(node, World.name(account) + "#" + ++opened);
    sessions.add(session);
    return session;
  }

  private void send(Session session, Item fresh) {
    items.add(fresh);
    session.next = items.size();
    send(session, fresh, fresh.body);
  }

  AccountId account() {
    return account;
  }

  private @Nullable Session session() {
    sessions.removeIf(one -> !one.node.up());
    boolean another = world.scheduler().chance(0.03) && sessions.size() < 2;
    if (sessions.isEmpty() || another) {
      SimulatedNode node = world.anyNode();
      if (node == null) {
        return null;
      }
      sessions.add(new Session(node, World.name(account) + "#" + ++opened));
    }
    return sessions.get(world.scheduler().random().nextInt(sessions.size()));
  }

  private void sendNext(Session session, java.util.function.Supplier<Item> fresh) {
    while (session.next < items.size() && items.get(session.next).settled) {
      session.next++;
    }
    if (session.next == items.size()) {
      items.add(fresh.get());
    }
    Item item = items.get(session.next++);
    send(session, item, item.body);
  }

  private void repeat(Session session, boolean oldest) {
    List<Item> open = new ArrayList<>();
    for (Item item : items.subList(0, session.next)) {
      if (!item.settled && (item.unknown || !oldest)) {
        open.add(item);
      }
    }
    if (!open.isEmpty()) {
      Item item = open.get(oldest ? 0 : world.scheduler().random().nextInt(open.size()));
      send(session, item, item.body);
    }
  }

  /** A settled ref once more, or any with another body. */
  private void again(Session session, Random random) {
    List<Item> sent = items.subList(0, session.next);
    if (sent.isEmpty()) {
      return;
    }
    Item item = sent.get(random.nextInt(sent.size()));
    if (item.accepted != null) {
      boolean other = random.nextBoolean();
      BsonDocument body =
          other ? item.body.clone().append("x", new BsonString("other")) : item.body;
      send(session, item, body);
    }
  }

  private Item something() {
    Random random = world.scheduler().random();
    int roll = random.nextInt(100);
    List<Item> posted =
        items.stream().filter(i -> i.accepted != null && i.kind.equals(Kinds.POSTED)).toList();
    String number = items.size() + "";
    if (roll < 12 && account.equals(world.owner())) {
      AccountId who = world.movable().get(random.nextInt(world.movable().size()));
      BsonArray one = new BsonArray(List.of(new BsonString(who.value())));
      boolean in = random.nextBoolean();
      return new Item(
          "m" + number,
          Kinds.MEMBERS,
          new BsonDocument("add", in ? one : new BsonArray())
              .append("remove", in ? new BsonArray() : one));
    }
    if (roll < 26 && !posted.isEmpty()) {
      Outcome.Accepted at = posted.get(random.nextInt(posted.size())).accepted;
      BsonDocument target = new BsonDocument("target", new BsonInt64(at == null ? 0 : at.seq()));
      return roll < 20
          ? new Item("e" + number, Kinds.EDITED, target.append("body", text(secret(number + "e"))))
          : new Item("r" + number, Kinds.RECALLED, target);
    }
    return new Item("p" + number, Kinds.POSTED, text(secret(number)));
  }

  private String secret(String number) {
    return "<" + World.name(account) + "-" + group.value().substring(0, 4) + "-" + number + ">";
  }

  private void send(Session session, Item item, BsonDocument body) {
    Command command =
        new Command(
            group,
            account,
            new Ref(item.ref),
            item.kind,
            1,
            body,
            item.kind.equals(Kinds.POSTED),
            session.path);
    Scheduler scheduler = world.scheduler();
    long now = scheduler.elapsed().toNanos();
    session.due = Math.max(session.due, now + scheduler.between(Duration.ZERO, HOP).toNanos());
    boolean same = body.equals(item.body);
    session.node.process.schedule(
        Duration.ofNanos(session.due - now),
        "Arrive",
        () ->
            world
                .append(session.node, command)
                .onSuccess(
                    outcome -> {
                      if (outcome instanceof Outcome.Unknown) {
                        session.unknown.add(item);
                      } else {
                        session.unknown.remove(item);
                      }
                      if (!scheduler.chance(0.03)) {
                        scheduler.schedule(
                            scheduler.between(Duration.ZERO, HOP),
                            "hears",
                            () -> heard(item, outcome, same));
                      } else {
                        item.unknown = true;
                      }
                    }));
  }

  private static void heard(Item item, Outcome outcome, boolean same) {
    if (!same) {
      return;
    }
    if (outcome instanceof Outcome.Accepted accepted) {
      item.settled = true;
      item.accepted = accepted;
    } else if (outcome instanceof Outcome.Refused) {
      item.settled = true;
    } else {
      item.unknown = true;
    }
  }

  ConversationId group() {
    return group;
  }
}
