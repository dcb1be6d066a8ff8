package chat.plenary.lab.checker;

import chat.plenary.lab.history.Event;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The numbers shown with conversations: heads, read positions, unread. */
final class InboxCheck {
  /** How old what is shown may be, and how long a position may take to be known everywhere. */
  private static final long FRESH = 5_000_000_000L;

  private final Model model;
  private final Verdict verdict;
  private final Map<String, List<long[]>> positions = new HashMap<>();

  InboxCheck(Model model, Verdict verdict) {
    this.model = model;
    this.verdict = verdict;
  }

  void shown(Event.Inbox inbox) {
    Log log = model.logs.get(inbox.conversation());
    if (log == null || inbox.role().isEmpty()) {
      return;
    }
    stale(inbox, log);
    if (inbox.position() < 0) {
      return;
    }
    unread(inbox, log);
    note(
        log.id + " " + model.account(inbox.reader()),
        inbox.began(),
        inbox.at(),
        inbox.position(),
        -1);
  }

  private void stale(Event.Inbox inbox, Log log) {
    long[] known = model.acknowledged(log.id, inbox.began() - FRESH);
    if (known != null && known[0] > inbox.head()) {
      int op = (int) known[1];
      verdict.broken(
          Rule.STALE,
          "%s asked at %s and was shown head %d of %s, though more than 5 s before %s."
              .formatted(
                  Words.reader(model, inbox.reader()),
                  Words.time(inbox.began()),
                  inbox.head(),
                  log.id,
                  Words.op(model.ops, op)),
          op);
    }
  }

  private void unread(Event.Inbox inbox, Log log) {
    long headM = count(log, inbox.head());
    long positionM = count(log, inbox.position());
    if (headM != inbox.headM()
        || positionM != inbox.positionM()
        || inbox.unread() != headM - positionM) {
      verdict.broken(
          Rule.UNREAD,
          ("%s was shown %s at %s with head %d (%d messages), position %d (%d), unread %d; a"
                  + " recount gives %d, %d and %d.")
              .formatted(
                  Words.reader(model, inbox.reader()),
                  log.id,
                  Words.time(inbox.at()),
                  inbox.head(),
                  inbox.headM(),
                  inbox.position(),
                  inbox.positionM(),
                  inbox.unread(),
                  headM,
                  positionM,
                  headM - positionM));
    }
  }

  private static long count(Log log, long seq) {
    return seq <= 0 ? 0 : log.m.get((int) Math.min(seq, log.head()));
  }

  private void note(String whose, long began, long at, long position, long op) {
    positions
        .computeIfAbsent(whose, any -> new ArrayList<>())
        .add(new long[] {began, at, position, op});
  }

  /** To be called when all was taken. */
  void finish() {
    Ops ops = model.ops;
    for (int op = 0; op < ops.size(); op++) {
      if (ops.action(op) == Event.Action.POSITION && ops.ok(op)) {
        String whose = ops.conversation(op) + " " + ops.account(op);
        note(whose, ops.invoked.get(op), ops.returned(op), ops.seq.get(op), op);
      }
    }
    positions.forEach(this::neverBack);
  }

  /** A position that was known more than 5 s before another was asked for may not be above it. */
  private void neverBack(String whose, List<long[]> seen) {
    List<long[]> byEnd = new ArrayList<>(seen);
    byEnd.sort((a, b) -> Long.compare(a[1], b[1]));
    seen.sort((a, b) -> Long.compare(a[0], b[0]));
    int next = 0;
    long[] highest = {0, 0, 0, -1};
    for (long[] one : seen) {
      while (next < byEnd.size() && byEnd.get(next)[1] < one[0] - FRESH) {
        if (byEnd.get(next)[2] > highest[2]) {
          highest = byEnd.get(next);
        }
        next++;
      }
      if (one[2] < highest[2]) {
        verdict.broken(
            Rule.POSITION_BACK,
            "The position of %s was %d at %s%s, and %d when asked for at %s."
                .formatted(
                    whose,
                    highest[2],
                    Words.time(highest[1]),
                    highest[3] < 0 ? "" : " (" + Words.op(model.ops, (int) highest[3]) + ")",
                    one[2],
                    Words.time(one[0])),
            highest[3],
            one[3]);
      }
    }
  }
}
