package chat.plenary.lab.checker;

import chat.plenary.lab.history.Event;
import java.util.HashMap;
import java.util.Map;

/** Real-time order, and the order of what one connection sent. */
final class OrderCheck {
  private final Model model;
  private final Verdict verdict;

  OrderCheck(Model model, Verdict verdict) {
    this.model = model;
    this.verdict = verdict;
  }

  void run() {
    model.logs.values().forEach(this::realTime);
    senders();
  }

  /**
   * From the end: of all that stands after an entry, which was accepted first? If that was before
   * the entry was asked for at all, the two stand the wrong way round.
   */
  private void realTime(Log log) {
    Ops ops = model.ops;
    long earliest = Ops.NEVER;
    int by = -1;
    for (long seq = log.head(); seq >= 1; seq--) {
      int key = log.has(seq) ? ops.key(log.key.get((int) seq)) : -1;
      if (key < 0) {
        continue;
      }
      int asked = (int) ops.attempts(key).get(0);
      if (by >= 0 && ops.firstInvoked(key) > earliest) {
        verdict.broken(
            Rule.REAL_TIME,
            "%s stands as number %d, before what was accepted before it was asked for: %s."
                .formatted(Words.op(ops, asked), seq, Words.op(ops, by)),
            asked,
            by);
      }
      int ok = ops.firstOk(key);
      if (ok >= 0 && ops.returned(ok) < earliest) {
        earliest = ops.returned(ok);
        by = ok;
      }
    }
  }

  /** A path's last entry in a conversation. */
  private record Last(long seq, int op) {}

  /** Holds among posts none of which was refused, by when they were first sent. */
  private void senders() {
    Ops ops = model.ops;
    Map<String, Last> last = new HashMap<>();
    for (int op = 0; op < ops.size(); op++) {
      int key = ops.keyOf(op);
      if (key < 0 || ops.path(op) < 0 || ops.attempts(key).get(0) != op || refused(key)) {
        continue;
      }
      Log log = model.logs.get(ops.conversation(op));
      long seq = log == null ? 0 : log.place(ops.digestOfKey(key));
      if (log == null || seq == 0) {
        continue;
      }
      Last before = last.get(ops.path(op) + " " + ops.conversation(op));
      if (before != null
          && before.seq() > seq
          && (alsoSentElsewhere(key, op) || perhapsRefused(log, before, seq))) {
        continue;
      }
      if (before != null && before.seq() > seq) {
        verdict.broken(
            Rule.SENDER_ORDER,
            "%s was sent before %s by the same connection, but stands as number %d, behind %d."
                .formatted(Words.op(ops, before.op()), Words.op(ops, op), before.seq(), seq),
            before.op(),
            op);
      } else {
        last.put(ops.path(op) + " " + ops.conversation(op), new Last(seq, op));
      }
    }
  }

  /**
   * A post that came while its sender was no member was refused then, even if the answer was lost
   * with its connection and it was sent again on the next one, behind what had followed it: if the
   * sender was let in between.
   */
  private boolean perhapsRefused(Log log, Last before, long later) {
    Ops ops = model.ops;
    long[] known = model.acknowledged(ops.conversation(before.op()), ops.invoked.get(before.op()));
    boolean letInMeanwhile = false;
    for (long seq = known == null ? 1 : known[0] + 1; seq < later; seq++) {
      Event.Shown change = log.membership(seq);
      letInMeanwhile |= change != null && change.added().contains(log.sender(before.seq()));
    }
    return letInMeanwhile && model.lostMeanwhile(before.op());
  }

  /** Whoever sends a later post again on another path may overtake an earlier one. */
  private boolean alsoSentElsewhere(int key, int op) {
    Longs attempts = model.ops.attempts(key);
    for (int i = 0; i < attempts.size(); i++) {
      int other = (int) attempts.get(i);
      if (other != op && model.ops.invoked.get(other) < model.ops.returned(op)) {
        return true;
      }
    }
    return false;
  }

  private boolean refused(int key) {
    Longs attempts = model.ops.attempts(key);
    for (int i = 0; i < attempts.size(); i++) {
      Event.Outcome outcome = model.ops.outcome((int) attempts.get(i));
      if (outcome == Event.Outcome.REFUSED || outcome == Event.Outcome.CONFLICT) {
        return true;
      }
    }
    return false;
  }
}
