package chat.plenary.lab.checker;

import chat.plenary.lab.history.Event;
import java.util.HashSet;
import java.util.Set;

/** Each conversation's log by itself, and against what was asked and answered. */
final class LogCheck {
  private final Model model;
  private final Verdict verdict;

  LogCheck(Model model, Verdict verdict) {
    this.model = model;
    this.verdict = verdict;
  }

  void run() {
    for (Log log : model.logs.values()) {
      numbers(log);
      keys(log);
      allowed(log);
      marks(log);
    }
    for (int op = 0; op < model.ops.size(); op++) {
      answered(op);
    }
    for (int key = 0; key < model.ops.keys(); key++) {
      refused(key);
    }
  }

  private void numbers(Log log) {
    long m = 0;
    for (long seq = 1; seq <= log.head(); seq++) {
      if (!log.has(seq)) {
        verdict.broken(
            Rule.GAP,
            "Number %d of %s is missing, though its head is %d."
                .formatted(seq, log.id, log.head()));
        continue;
      }
      m += log.kind(seq).equals("message.posted") ? 1 : 0;
      if (log.m.get((int) seq) != m) {
        verdict.broken(
            Rule.GAP,
            "%s counts %d messages, but there are %d."
                .formatted(Words.entry(log, seq), log.m.get((int) seq), m));
        m = log.m.get((int) seq);
      }
    }
  }

  private void keys(Log log) {
    for (long seq = 1; seq <= log.head(); seq++) {
      if (!log.has(seq)) {
        continue;
      }
      long key = log.key.get((int) seq);
      int number = model.ops.key(key);
      long first = log.place(key);
      if (first != seq) {
        int op = number < 0 ? -1 : (int) model.ops.attempts(number).get(0);
        verdict.broken(
            Rule.TWICE,
            "%s and number %d were made by one ref: %s."
                .formatted(Words.entry(log, first), seq, Words.op(model.ops, op)),
            op);
      } else if (number < 0 && !log.kind(seq).equals("conversation.created")) {
        verdict.broken(Rule.NEVER_SENT, "%s was sent by nobody.".formatted(Words.entry(log, seq)));
      }
    }
  }

  /** Members change only by entries, so the log itself says who might append what. */
  private void allowed(Log log) {
    Set<String> present = new HashSet<>();
    for (long seq = 1; seq <= log.head(); seq++) {
      if (!log.has(seq)) {
        continue;
      }
      String sender = log.sender(seq);
      if (seq > 1 && !present.contains(sender)) {
        verdict.broken(
            Rule.NOT_ALLOWED,
            "%s was accepted, though its sender was no member then."
                .formatted(Words.entry(log, seq)),
            first(log, seq));
      }
      long target = log.target.get((int) seq);
      if (log.kind(seq).equals("message.edited")
          && (!log.has(target) || !log.sender(target).equals(sender))) {
        verdict.broken(
            Rule.NOT_ALLOWED,
            "%s edits number %d, which is not its sender's message."
                .formatted(Words.entry(log, seq), target),
            first(log, seq));
      }
      Event.Shown change = log.membership(seq);
      if (change != null) {
        present.addAll(change.added());
        change.removed().forEach(present::remove);
      }
    }
  }

  private int first(Log log, long seq) {
    int number = model.ops.key(log.key.get((int) seq));
    return number < 0 ? -1 : (int) model.ops.attempts(number).get(0);
  }

  private void marks(Log log) {
    for (long seq = 1; seq <= log.head(); seq++) {
      if (!log.has(seq) || !log.kind(seq).equals("message.posted")) {
        continue;
      }
      long recall = log.recallOf(seq);
      long edit = log.editOf(seq);
      long saidRecall = log.recalled.get((int) seq);
      long saidEdit = log.edited.get((int) seq);
      boolean body = log.digest.get((int) seq) != 0;
      if (recall != saidRecall || (recall == 0 && edit != saidEdit) || body == (recall != 0)) {
        verdict.broken(
            Rule.MARKS,
            ("%s was shown as edited by %d and recalled by %d, %s body; the log has edit %d and"
                    + " recall %d.")
                .formatted(
                    Words.entry(log, seq),
                    saidEdit,
                    saidRecall,
                    body ? "with a" : "without",
                    edit,
                    recall),
            first(log, seq));
      } else if (recall == 0
          && edit != 0
          && log.digest.get((int) edit) != log.digest.get((int) seq)) {
        verdict.broken(
            Rule.MARKS,
            "%s was shown with another body than that of its edit %d."
                .formatted(Words.entry(log, seq), edit),
            first(log, edit));
      }
    }
  }

  private void answered(int op) {
    Ops ops = model.ops;
    int key = ops.keyOf(op);
    if (!ops.ok(op) || key < 0) {
      return;
    }
    Log log = model.logs.get(ops.conversation(op));
    long seq = ops.seq.get(op);
    if (log == null || seq == 0) {
      return;
    }
    int first = ops.firstOk(key);
    if (ops.seq.get(first) != seq) {
      verdict.broken(
          Rule.TWO_NUMBERS,
          "One ref was answered with two numbers: %s, and %s."
              .formatted(Words.op(ops, first), Words.op(ops, op)),
          first,
          op);
      return;
    }
    long place = log.place(ops.digestOfKey(key));
    if (place == 0) {
      String there = log.has(seq) ? Words.entry(log, seq) + " stands there" : "nothing is there";
      verdict.broken(
          Rule.ACCEPTED_MISSING,
          "%s was accepted, but %s.".formatted(Words.op(ops, op), there),
          op);
    } else if (place != seq) {
      verdict.broken(
          Rule.TWO_NUMBERS, "%s stands as number %d.".formatted(Words.op(ops, op), place), op);
    }
  }

  /**
   * What was sent on a connection that was lost before the answer was unknown, until it was sent
   * again on the next one and refused there: the contract does not promise that the first attempt,
   * which may wait in a stopped node's socket, is refused as well.
   */
  private void refused(int key) {
    Ops ops = model.ops;
    Longs attempts = ops.attempts(key);
    boolean settled = true;
    for (int i = 0; i < attempts.size(); i++) {
      int attempt = (int) attempts.get(i);
      settled &= ops.outcome(attempt) == Event.Outcome.REFUSED;
      settled &= ops.path(attempt) < 0 || !model.lostMeanwhile(attempt);
    }
    int op = (int) attempts.get(0);
    Log log = model.logs.get(ops.conversation(op));
    if (settled && log != null && log.place(ops.digestOfKey(key)) > 0) {
      verdict.broken(
          Rule.REFUSED_BUT_THERE,
          "%s was refused, as was every attempt of its ref, but stands as number %d."
              .formatted(Words.op(ops, op), log.place(ops.digestOfKey(key))),
          op);
    }
  }
}
