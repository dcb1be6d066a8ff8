package chat.plenary.lab.checker;

import static org.assertj.core.api.Assertions.assertThat;

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

  /** Five messages, an edit, a recall, cleo removed; all well. */
  static Story day() {
    Story story = new Story();
    story.post("alice", "r1", 11);
    story.post("bo", "r2", 12);
    story.post("alice", "r3", 13);
    story.act(Action.EDIT, "message.edited", "alice", "r4", 14, 2);
    story.act(Action.RECALL, "message.recalled", "bo", "r5", 0, 3);
    story.members("r6", List.of(), List.of("cleo"));
    story.post("alice", "r7", 17);
    story.post("alice", "r8", 18);
    return story;
  }

  /** The rule is broken, and that is said in words. */
  static void caught(Story story, Rule rule) throws IOException {
    Verdict verdict = story.judge();
    assertThat(verdict.counts()).as(() -> verdict.violations().toString()).containsKey(rule);
    assertThat(verdict.violations()).anyMatch(one -> one.rule() == rule && !one.words().isBlank());
  }

  /** The same, and no other is. */
  static void caughtAlone(Story story, Rule rule) throws IOException {
    Verdict verdict = story.judge();
    assertThat(verdict.counts().keySet())
        .as(() -> verdict.violations().toString())
        .containsExactly(rule);
  }

  /** Whether an entry was shown to a reader as it came. */
  static boolean live(Event event, int reader, long seq) {
    return event instanceof Event.Shown shown
        && shown.via() == Via.LIVE
        && shown.reader() == reader
        && shown.seq() == seq;
  }

  /** Whether an entry was shown at the end. */
  static boolean last(Event event, long seq) {
    return event instanceof Event.Shown shown && shown.via() == Via.FINAL && shown.seq() == seq;
  }

  /** A message shown with another body, without marks. */
  static Event.Shown showing(Event.Shown message, long digest) {
    return copy(message, message.at(), message.reader(), message.via(), digest, 0, 0);
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
    return copy(entry, tick(1), reader, via, entry.digest(), entry.edited(), entry.recalled());
  }

  /** The same entry, shown another time. */
  static Event.Shown copy(
      Event.Shown of, long at, int reader, Via via, long digest, long edited, long recalled) {
    return new Event.Shown(
        at,
        reader,
        via,
        of.conversation(),
        of.seq(),
        of.m(),
        of.kind(),
        of.sender(),
        of.ref(),
        digest,
        of.target(),
        edited,
        recalled,
        of.added(),
        of.removed());
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
      events.add(copy(entry, tick(1), 9, Via.FINAL, recall > 0 ? 0 : digest, edit, recall));
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
