package chat.plenary.lab.checker;

import chat.plenary.lab.history.Event;
import java.util.HashMap;
import java.util.Map;

/** Accounts that were disabled or signed out for good: their connections fall silent. */
final class RevokedCheck {
  private static final long GRACE = 6_000_000_000L;

  private final Model model;
  private final Verdict verdict;
  private final Map<String, Integer> revoked = new HashMap<>();

  RevokedCheck(Model model, Verdict verdict) {
    this.model = model;
    this.verdict = verdict;
    Ops ops = model.ops;
    for (int op = 0; op < ops.size(); op++) {
      if (ops.action(op) == Event.Action.REVOKE && ops.ok(op)) {
        revoked.put(ops.conversation(op), op);
      }
    }
  }

  void shown(Event.Shown shown, String node) {
    Integer op = revoked.get(model.account(shown.reader()));
    if (op != null
        && shown.at() > model.ops.returned(op) + GRACE
        && !model.wokenJustBefore(node, shown.at())) {
      verdict.broken(
          Rule.REVOKED,
          "%s was shown entry %d of %s at %s, after %s."
              .formatted(
                  Words.reader(model, shown.reader()),
                  shown.seq(),
                  shown.conversation(),
                  Words.time(shown.at()),
                  Words.op(model.ops, op)),
          op);
    }
  }
}
