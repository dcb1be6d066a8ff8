package chat.plenary.lab.checker;

import chat.plenary.lab.history.Event;
import chat.plenary.lab.history.Event.Action;
import chat.plenary.lab.history.Event.Outcome;
import chat.plenary.lab.history.Event.Via;
import chat.plenary.lab.history.HistoryWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** A history made up: two organisations, one group each, people who post, a follower. */
final class Story {
  static final long MS = 1_000_000L;
  final List<Event> events = new ArrayList<>();
  private final List<Event.Shown> log = new ArrayList<>();
  private long now;
  private long ops;
  private long m;

  /** Alice owns g1, bo and cleo are members; dora owns g2 in another organisation. */
  Story() {
    events.add(new Event.Start("story", 1, ""));
    for (String account : List.of("alice", "bo", "cleo")) {
      events.add(new Event.Person(account, "o1"));
    }
    events.add(new Event.Person("dora", "o2"));
    events.add(new Event.Made("g1", "o1", true));
    events.add(new Event.Made("g2", "o2", true));
    events.add(new Event.Reader(1, "bo", "phone"));
    events.add(new Event.Reader(2, "dora", "phone"));
    events.add(new Event.Reader(3, "cleo", "phone"));
    events.add(new Event.Reader(9, "alice", "auditor"));
    append("conversation.created", "alice", "c", 0, 0, List.of("alice", "bo", "cleo"), List.of());
    open(1);
    events.add(new Event.Inbox(now, now, 1, "g1", "member", 1, 0, 0, 0, 0));
  }

  long tick(long millis) {
    now += millis * MS;
    return now;
  }

  void open(int reader) {
    events.add(new Event.Linked(tick(1), reader, Event.Link.OPENED, "n1", ""));
    events.add(new Event.Linked(tick(1), reader, Event.Link.CURRENT, "n1", ""));
  }

  void lost(int reader) {
    events.add(new Event.Linked(tick(1), reader, Event.Link.LOST, "n1", "reset"));
  }

  Event.Shown append(
      String kind,
      String sender,
      String ref,
      long digest,
      long target,
      List<String> add,
      List<String> remove) {
    m += kind.equals("message.posted") ? 1 : 0;
    Event.Shown entry =
        new Event.Shown(
            0,
            9,
            Via.FINAL,
            "g1",
            log.size() + 1,
            m,
            kind,
            sender,
            ref,
            digest,
            target,
            0,
            0,
            add,
            remove);
    log.add(entry);
    return entry;
  }

  long ask(Action action, String account, String ref, long digest, long target) {
    long op = ops++;
    events.add(
        new Event.Invoked(
            op, tick(1), action, account, account + "/1", "n1", "g1", ref, digest, target));
    return op;
  }

  void answer(long op, Outcome outcome, long seq) {
    events.add(new Event.Returned(op, tick(1), outcome, "", seq, 0));
  }

  /** Asked, appended, shown live to bo, and answered. Returns the number. */
  long post(String account, String ref, long digest) {
    return act(Action.POST, "message.posted", account, ref, digest, 0);
  }

  long act(Action action, String kind, String account, String ref, long digest, long target) {
    long op = ask(action, account, ref, digest, target);
    Event.Shown entry = append(kind, account, ref, digest, target, List.of(), List.of());
    show(1, entry);
    answer(op, Outcome.OK, entry.seq());
    return entry.seq();
  }

  long members(String ref, List<String> add, List<String> remove) {
    long op = ask(Action.MEMBERS, "alice", ref, 0, 0);
    Event.Shown entry = append("members.changed", "alice", ref, 0, 0, add, remove);
    show(1, entry);
    answer(op, Outcome.OK, entry.seq());
    return entry.seq();
  }

  void show(int reader, Event.Shown entry) {
    events.add(shown(reader, Via.LIVE, entry));
  }

  Event.Shown shown(int reader, Via via, Event.Shown entry) {
    return new Event.Shown(
        tick(1),
        reader,
        via,
        entry.conversation(),
        entry.seq(),
        entry.m(),
        entry.kind(),
        entry.sender(),
        entry.ref(),
        entry.digest(),
        entry.target(),
        entry.edited(),
        entry.recalled(),
        entry.added(),
        entry.removed());
  }

  Event.Shown entry(long seq) {
    return log.get((int) seq - 1);
  }

  /** Everybody is quiet; the auditor reads all, with marks. */
  Story end() {
    events.add(new Event.Linked(tick(1), 1, Event.Link.SETTLED, "n1", ""));
    for (Event.Shown entry : log) {
      long edit = 0;
      long recall = 0;
      long digest = entry.digest();
      for (Event.Shown later : log) {
        if (later.target() == entry.seq() && later.kind().equals("message.edited")) {
          edit = later.seq();
          digest = later.digest();
        } else if (later.target() == entry.seq() && later.kind().equals("message.recalled")) {
          recall = later.seq();
        }
      }
      events.add(
          new Event.Shown(
              tick(1),
              9,
              Via.FINAL,
              "g1",
              entry.seq(),
              entry.m(),
              entry.kind(),
              entry.sender(),
              entry.ref(),
              recall > 0 ? 0 : digest,
              entry.target(),
              edit,
              recall,
              entry.added(),
              entry.removed()));
    }
    return this;
  }

  /** Changes events of a type. */
  <T extends Event> Story change(Class<T> type, Predicate<T> which, UnaryOperator<T> how) {
    boolean found = false;
    for (int i = 0; i < events.size(); i++) {
      if (type.isInstance(events.get(i)) && which.test(type.cast(events.get(i)))) {
        events.set(i, how.apply(type.cast(events.get(i))));
        found = true;
      }
    }
    if (!found) {
      throw new AssertionError("Nothing to change.");
    }
    return this;
  }

  Story drop(Predicate<Event> which) {
    if (!events.removeIf(which)) {
      throw new AssertionError("Nothing to drop.");
    }
    return this;
  }

  Verdict judge() throws IOException {
    Path file = Files.createTempFile("story", ".history");
    try {
      try (HistoryWriter writer = HistoryWriter.create(file)) {
        events.forEach(writer::add);
      }
      return Checker.check(file);
    } finally {
      Files.delete(file);
    }
  }
}
