package chat.plenary.lab.checker;

import chat.plenary.lab.history.Digest;
import chat.plenary.lab.history.Event;
import org.jspecify.annotations.Nullable;

/** Each entry that was shown, by itself: is it the one that stands there, and might it be seen? */
final class EntryCheck {
  private static final long GRACE = 5_000_000_000L;

  /** What the lab's own scheduling may add to the 5 s. */
  private static final long SLACK = 1_000_000_000L;

  private final Model model;
  private final Verdict verdict;

  EntryCheck(Model model, Verdict verdict) {
    this.model = model;
    this.verdict = verdict;
  }

  /** Returns the log that the entry belongs to, or null where it is judged to be out of place. */
  @Nullable Log check(Event.Shown shown, String node) {
    Log log = model.logs.get(shown.conversation());
    String account = model.account(shown.reader());
    if (log == null) {
      verdict.broken(
          Rule.NOT_IN_HISTORY,
          "%s was shown entry %d of %s, which nobody made."
              .formatted(Words.reader(model, shown.reader()), shown.seq(), shown.conversation()));
      return null;
    }
    if (!log.organisation.equals(model.organisations.get(account))) {
      verdict.broken(
          Rule.OTHER_ORGANISATION,
          "%s was shown %s of organisation %s at %s."
              .formatted(
                  Words.reader(model, shown.reader()),
                  "entry " + shown.seq() + " of " + log.id,
                  log.organisation,
                  Words.time(shown.at())));
      return null;
    }
    if (same(shown, log)) {
      body(shown, log);
    }
    visible(shown, log, account, node);
    return log;
  }

  private boolean same(Event.Shown shown, Log log) {
    long key = Digest.key(log.id, shown.sender(), shown.ref());
    boolean there = log.has(shown.seq());
    if (there
        && log.key.get((int) shown.seq()) == key
        && log.kind(shown.seq()).equals(shown.kind())) {
      return true;
    }
    long elsewhere = log.place(key);
    int number = model.ops.key(key);
    int op = number < 0 ? -1 : (int) model.ops.attempts(number).get(0);
    String what =
        "%s was shown %s by %s (ref %s) as number %d of %s at %s"
            .formatted(
                Words.reader(model, shown.reader()),
                shown.kind(),
                shown.sender(),
                shown.ref(),
                shown.seq(),
                log.id,
                Words.time(shown.at()));
    if (elsewhere == 0) {
      verdict.broken(
          Rule.NOT_IN_HISTORY,
          what + ", which is not in the history: " + Words.op(model.ops, op),
          op);
    } else {
      verdict.broken(
          Rule.ANOTHER_ORDER,
          what
              + ", where others see "
              + (there ? Words.entry(log, shown.seq()) : "nothing")
              + "; it stands as number "
              + elsewhere,
          op);
    }
    return false;
  }

  private void body(Event.Shown shown, Log log) {
    if (!shown.kind().equals("message.posted") && !shown.kind().equals("message.edited")) {
      return;
    }
    long message =
        shown.kind().equals("message.edited") ? log.target.get((int) shown.seq()) : shown.seq();
    boolean both = log.seeing(model.account(shown.reader()), message, shown.at()) != null;
    if (!both && shown.digest() != 0) {
      verdict.broken(
          Rule.SEEN_BEYOND_REMOVAL,
          "%s was shown %s with its body, though it may not see the message, number %d."
              .formatted(
                  Words.reader(model, shown.reader()), Words.entry(log, shown.seq()), message));
    }
    if (shown.digest() == 0) {
      if (both && !recalledBefore(log, message, shown.at())) {
        verdict.broken(
            Rule.ANOTHER_ORDER,
            "%s was shown %s without its body, though nobody had recalled it."
                .formatted(Words.reader(model, shown.reader()), Words.entry(log, shown.seq())));
      }
      return;
    }
    long carrier = shown.edited() > 0 ? shown.edited() : shown.seq();
    if (!log.has(carrier) || !sent(log, carrier, shown.digest())) {
      verdict.broken(
          Rule.NOT_IN_HISTORY,
          "%s was shown %s with a body that is not the one of entry %d."
              .formatted(
                  Words.reader(model, shown.reader()), Words.entry(log, shown.seq()), carrier),
          firstOp(log, shown.seq()));
    }
  }

  private boolean recalledBefore(Log log, long seq, long at) {
    long recall = log.recallOf(seq);
    int key = recall == 0 ? -1 : model.ops.key(log.key.get((int) recall));
    return recall > 0 && (key < 0 || model.ops.firstInvoked(key) <= at);
  }

  private int firstOp(Log log, long seq) {
    int key = model.ops.key(log.key.get((int) seq));
    return key < 0 ? -1 : (int) model.ops.attempts(key).get(0);
  }

  /** Whether an entry was made by a request with this body. */
  private boolean sent(Log log, long seq, long digest) {
    int key = model.ops.key(log.key.get((int) seq));
    if (key < 0) {
      return true;
    }
    int ok = model.ops.firstOk(key);
    if (ok >= 0) {
      return model.ops.digest.get(ok) == digest;
    }
    Longs attempts = model.ops.attempts(key);
    for (int i = 0; i < attempts.size(); i++) {
      if (model.ops.digest.get((int) attempts.get(i)) == digest) {
        return true;
      }
    }
    return false;
  }

  private void visible(Event.Shown shown, Log log, String account, String node) {
    Log.Stay stay = log.seeing(account, shown.seq(), shown.at());
    if (stay == null) {
      verdict.broken(
          Rule.SEEN_BEYOND_REMOVAL,
          "%s was shown %s at %s, %s; it was a member for %s."
              .formatted(
                  Words.reader(model, shown.reader()),
                  log.has(shown.seq()) ? Words.entry(log, shown.seq()) : "entry " + shown.seq(),
                  Words.time(shown.at()),
                  shown.via(),
                  stays(log, account)),
          log.has(shown.seq()) ? firstOp(log, shown.seq()) : -1);
    } else if (shown.via() == Event.Via.LIVE
        && stay.removedAt() != Ops.NEVER
        && shown.at() > stay.removedAt() + GRACE + SLACK
        && !model.wokenJustBefore(node, shown.at())) {
      verdict.broken(
          Rule.LATE_AFTER_REMOVAL,
          "%s was written %s at %s, though its removal was accepted at %s."
              .formatted(
                  Words.reader(model, shown.reader()),
                  Words.entry(log, shown.seq()),
                  Words.time(shown.at()),
                  Words.time(stay.removedAt())));
    }
  }

  private static String stays(Log log, String account) {
    StringBuilder words = new StringBuilder();
    for (Log.Stay stay : log.stays(account)) {
      words
          .append(words.length() == 0 ? "" : ", ")
          .append(stay.from())
          .append(stay.to() == Long.MAX_VALUE ? " on" : " to " + stay.to());
    }
    return words.length() == 0 ? "no entries at all" : "entries " + words;
  }
}
