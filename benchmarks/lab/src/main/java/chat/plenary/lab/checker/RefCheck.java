package chat.plenary.lab.checker;

import chat.plenary.lab.history.Event;

/** What becomes of a ref that is used again: with the same body, another one, after a recall. */
final class RefCheck {
  private final Model model;
  private final Verdict verdict;

  RefCheck(Model model, Verdict verdict) {
    this.model = model;
    this.verdict = verdict;
  }

  void run() {
    for (int key = 0; key < model.ops.keys(); key++) {
      if (model.ops.attempts(key).size() > 1) {
        check(key);
      }
    }
  }

  private void check(int key) {
    Ops ops = model.ops;
    int first = ops.firstOk(key);
    if (first < 0 || ops.action(first) != Event.Action.POST) {
      return;
    }
    Log log = model.logs.get(ops.conversation(first));
    long recall = log == null ? 0 : log.recallOf(ops.seq.get(first));
    int recallKey = log == null || recall == 0 ? -1 : ops.key(log.key.get((int) recall));
    long recallAsked = recallKey < 0 ? Ops.NEVER : ops.firstInvoked(recallKey);
    int recallOk = recallKey < 0 ? -1 : ops.firstOk(recallKey);
    long recallDone = recallOk < 0 ? Ops.NEVER : ops.returned(recallOk);
    Longs attempts = ops.attempts(key);
    for (int i = 0; i < attempts.size(); i++) {
      int op = (int) attempts.get(i);
      boolean same = ops.digest.get(op) == ops.digest.get(first);
      if (ops.ok(op) && !same && ops.returned(op) < recallAsked) {
        verdict.broken(
            Rule.NO_CONFLICT,
            "%s used the ref of %s with another body, and was accepted."
                .formatted(Words.op(ops, op), Words.op(ops, first)),
            first,
            op);
      } else if (ops.outcome(op) == Event.Outcome.CONFLICT && same) {
        verdict.broken(
            Rule.WRONG_CONFLICT,
            "%s repeated %s with the same body, and was called a conflict."
                .formatted(Words.op(ops, op), Words.op(ops, first)),
            first,
            op);
      } else if (ops.outcome(op) == Event.Outcome.CONFLICT && ops.invoked.get(op) > recallDone) {
        verdict.broken(
            Rule.WRONG_CONFLICT,
            "%s was called a conflict after the recall of number %d, which %s had made."
                .formatted(Words.op(ops, op), ops.seq.get(first), Words.op(ops, first)),
            first,
            op);
      }
    }
  }
}
