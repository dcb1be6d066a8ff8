package chat.plenary.lab.checker;

import chat.plenary.lab.history.Event;
import chat.plenary.lab.history.Event.Action;
import chat.plenary.lab.history.Event.Outcome;
import chat.plenary.lab.history.Event.Via;
import chat.plenary.lab.history.HistoryWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/**
 * A good history of any length: two organisations of ten groups and ten people each, who post,
 * edit, recall, repeat, read, and are removed and let in again; four of each follow live. Up to 16
 * requests are under way at once.
 */
final class LargeHistory {
  private static final int GROUPS = 20;
  private static final int PEOPLE = 10;
  private static final int FOLLOWERS = 4;
  private static final int UNDER_WAY = 16;
  private static final long STEP = 200_000L;

  private final HistoryWriter writer;
  private final Random random;
  private final List<Group> groups = new ArrayList<>();
  private final Deque<Event.Returned> underWay = new ArrayDeque<>();
  private long now;
  private long ops;

  private static final class Group {
    final int number;
    final String id;
    final List<Event.Shown> log = new ArrayList<>();
    final List<List<Integer>> own = new ArrayList<>();
    final long[] positions = new long[PEOPLE];
    boolean roverIn = true;
    long m;

    Group(int number) {
      this.number = number;
      this.id = "g" + number;
      for (int i = 0; i < PEOPLE; i++) {
        own.add(new ArrayList<>());
      }
    }

    String person(int index) {
      return "o" + number % 2 + "p" + index;
    }

    String rover() {
      return "o" + number % 2 + "rover";
    }

    /** A follower's number. */
    int reader(int index) {
      return 10 * (number % 2) + index;
    }
  }

  private LargeHistory(HistoryWriter writer, long seed) {
    this.writer = writer;
    this.random = new Random(seed);
  }

  static void write(Path file, long operations, long seed) throws IOException {
    try (HistoryWriter writer = HistoryWriter.create(file)) {
      new LargeHistory(writer, seed).write(operations);
    }
  }

  private void write(long operations) {
    begin();
    while (ops < operations) {
      act(groups.get(random.nextInt(GROUPS)));
    }
    while (!underWay.isEmpty()) {
      answerOldest();
    }
    for (int reader : readers()) {
      writer.add(new Event.Linked(tick(), reader, Event.Link.SETTLED, "n1", ""));
    }
    groups.forEach(this::readAll);
  }

  private static List<Integer> readers() {
    List<Integer> readers = new ArrayList<>();
    for (int i = 0; i < FOLLOWERS; i++) {
      readers.add(i);
      readers.add(10 + i);
    }
    return readers;
  }

  private long tick() {
    now += STEP;
    return now;
  }

  private void begin() {
    writer.add(new Event.Start("large", 1, ""));
    for (int organisation = 0; organisation < 2; organisation++) {
      for (int i = 0; i < PEOPLE; i++) {
        writer.add(new Event.Person("o" + organisation + "p" + i, "o" + organisation));
      }
      writer.add(new Event.Person("o" + organisation + "rover", "o" + organisation));
    }
    for (int reader : readers()) {
      writer.add(new Event.Reader(reader, "o" + reader / 10 + "p" + reader % 10, "phone"));
      writer.add(new Event.Linked(tick(), reader, Event.Link.OPENED, "n1", ""));
      writer.add(new Event.Linked(tick(), reader, Event.Link.CURRENT, "n1", ""));
    }
    writer.add(new Event.Reader(100, "o0p0", "auditor"));
    writer.add(new Event.Reader(101, "o1p0", "auditor"));
    for (int number = 0; number < GROUPS; number++) {
      Group group = new Group(number);
      groups.add(group);
      writer.add(new Event.Made(group.id, "o" + number % 2, true));
      List<String> members = new ArrayList<>();
      for (int i = 0; i < PEOPLE; i++) {
        members.add(group.person(i));
      }
      members.add(group.rover());
      append(group, "conversation.created", group.person(0), "c", 0, 0, members, List.of());
    }
  }

  private void act(Group group) {
    int who = random.nextInt(PEOPLE);
    List<Integer> own = group.own.get(who);
    int roll = random.nextInt(100);
    if (roll < 8 && !own.isEmpty()) {
      int target = own.get(own.size() - 1);
      change(group, who, Action.EDIT, "message.edited", random.nextLong() | 1, target);
    } else if (roll < 12 && !own.isEmpty()) {
      change(group, who, Action.RECALL, "message.recalled", 0, own.remove(own.size() - 1));
    } else if (roll < 15 && !own.isEmpty()) {
      Event.Shown entry = group.log.get(own.get(own.size() - 1) - 1);
      long op = ask(group, Action.POST, entry.sender(), "", entry.ref(), entry.digest(), 0);
      answer(op, entry.seq());
    } else if (roll < 18) {
      read(group, who);
    } else if (roll < 19) {
      moveRover(group);
    } else {
      own.add(change(group, who, Action.POST, "message.posted", random.nextLong() | 1, 0));
    }
  }

  private int change(Group group, int who, Action action, String kind, long digest, long target) {
    String sender = group.person(who);
    String ref = "r" + ops;
    long op = ask(group, action, sender, sender + "/1", ref, digest, target);
    long seq = append(group, kind, sender, ref, digest, target, List.of(), List.of());
    answer(op, seq);
    return (int) seq;
  }

  private void moveRover(Group group) {
    List<String> rover = List.of(group.rover());
    List<String> in = group.roverIn ? List.of() : rover;
    List<String> out = group.roverIn ? rover : List.of();
    group.roverIn = !group.roverIn;
    String ref = "r" + ops;
    long op = ask(group, Action.MEMBERS, group.person(0), "", ref, 0, 0);
    answer(op, append(group, "members.changed", group.person(0), ref, 0, 0, in, out));
  }

  private void read(Group group, int who) {
    long head = group.log.size();
    group.positions[who] = head;
    long op = ask(group, Action.POSITION, group.person(who), "", "", 0, head);
    while (!underWay.isEmpty()) {
      answerOldest();
    }
    writer.add(new Event.Returned(op, tick(), Outcome.OK, "", head, group.m));
    if (who < FOLLOWERS) {
      writer.add(
          new Event.Inbox(
              tick(),
              tick(),
              group.reader(who),
              group.id,
              "member",
              head,
              group.m,
              head,
              group.m,
              0));
    }
  }

  private long ask(
      Group group,
      Action action,
      String account,
      String path,
      String ref,
      long digest,
      long target) {
    long op = ops++;
    writer.add(
        new Event.Invoked(op, tick(), action, account, path, "n1", group.id, ref, digest, target));
    return op;
  }

  private void answer(long op, long seq) {
    underWay.add(new Event.Returned(op, 0, Outcome.OK, "", seq, 0));
    while (underWay.size() > random.nextInt(UNDER_WAY)) {
      answerOldest();
    }
  }

  private void answerOldest() {
    Event.Returned one = underWay.remove();
    writer.add(new Event.Returned(one.op(), tick(), one.outcome(), "", one.seq(), 0));
  }

  private long append(
      Group group,
      String kind,
      String sender,
      String ref,
      long digest,
      long target,
      List<String> added,
      List<String> removed) {
    group.m += kind.equals("message.posted") ? 1 : 0;
    long seq = group.log.size() + 1L;
    Event.Shown entry =
        new Event.Shown(
            0, 0, Via.LIVE, group.id, seq, group.m, kind, sender, ref, digest, target, 0, 0, added,
            removed);
    group.log.add(entry);
    for (int i = 0; i < FOLLOWERS; i++) {
      writer.add(Story.copy(entry, tick(), group.reader(i), Via.LIVE, entry.digest(), 0, 0));
    }
    return seq;
  }

  private void readAll(Group group) {
    long[] edits = new long[group.log.size() + 1];
    long[] recalls = new long[group.log.size() + 1];
    for (Event.Shown entry : group.log) {
      if (entry.kind().equals("message.edited")) {
        edits[(int) entry.target()] = entry.seq();
      } else if (entry.kind().equals("message.recalled")) {
        recalls[(int) entry.target()] = entry.seq();
      }
    }
    for (Event.Shown entry : group.log) {
      int seq = (int) entry.seq();
      long edit = edits[seq];
      long said = edit == 0 ? entry.digest() : group.log.get((int) edit - 1).digest();
      long digest = recalls[seq] > 0 ? 0 : said;
      writer.add(
          Story.copy(entry, tick(), 100 + group.number % 2, Via.FINAL, digest, edit, recalls[seq]));
    }
  }
}
