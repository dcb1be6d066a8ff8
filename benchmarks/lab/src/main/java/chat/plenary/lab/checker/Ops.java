package chat.plenary.lab.checker;

import chat.plenary.lab.history.Digest;
import chat.plenary.lab.history.Event;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All operations by number, and by the key that makes an append unique. */
final class Ops {
  static final long NEVER = Long.MAX_VALUE;

  final Longs invoked = new Longs();
  private final Longs returned = new Longs();
  final Longs digest = new Longs();
  final Longs target = new Longs();
  final Longs seq = new Longs();
  final Longs m = new Longs();
  private final List<Event.Outcome> outcome = new ArrayList<>();
  private final List<Event.Action> action = new ArrayList<>();
  private final Longs key = new Longs();
  private final Longs account = new Longs();
  private final Longs path = new Longs();
  private final Longs conversation = new Longs();

  private final Map<String, Integer> names = new HashMap<>();
  private final List<String> byNumber = new ArrayList<>();
  private final LongIndex keys = new LongIndex();
  private final List<Longs> attempts = new ArrayList<>();
  private final Longs digests = new Longs();

  /** Operations come in the order of their numbers, which are dense. */
  void invoked(Event.Invoked event) {
    int op = (int) event.op();
    if (op != invoked.size()) {
      throw new IllegalArgumentException(
          "Operation " + op + " follows " + (invoked.size() - 1) + " in this history.");
    }
    invoked.set(op, event.at());
    digest.set(op, event.digest());
    target.set(op, event.target());
    account.set(op, name(event.account()));
    path.set(op, event.path().isEmpty() ? -1 : name(event.path()));
    conversation.set(op, name(event.conversation()));
    outcome.add(Event.Outcome.UNKNOWN);
    action.add(event.action());
    returned.set(op, NEVER);
    key.set(op, -1);
    if (!event.ref().isEmpty()) {
      long digested = Digest.key(event.conversation(), event.account(), event.ref());
      int number = keys.add(digested);
      key.set(op, number);
      if (number == attempts.size()) {
        attempts.add(new Longs());
        digests.add(digested);
      }
      attempts.get(number).add(op);
    }
  }

  void returned(Event.Returned event) {
    int op = (int) event.op();
    returned.set(op, event.at());
    outcome.set(op, event.outcome());
    seq.set(op, event.seq());
    m.set(op, event.m());
  }

  private int name(String text) {
    return names.computeIfAbsent(
        text,
        added -> {
          byNumber.add(added);
          return byNumber.size() - 1;
        });
  }

  int size() {
    return invoked.size();
  }

  int keys() {
    return attempts.size();
  }

  /** The number of a key, or -1 where nobody used it. */
  int key(long digested) {
    return keys.find(digested);
  }

  long digestOfKey(int keyNumber) {
    return digests.get(keyNumber);
  }

  Longs attempts(int keyNumber) {
    return attempts.get(keyNumber);
  }

  /** The number of an operation's key, or -1. */
  int keyOf(int op) {
    return (int) key.get(op);
  }

  String account(int op) {
    return byNumber.get((int) account.get(op));
  }

  /** The number of the path on which order is kept, or -1. */
  int path(int op) {
    return (int) path.get(op);
  }

  String conversation(int op) {
    return byNumber.get((int) conversation.get(op));
  }

  Event.Action action(int op) {
    return action.get(op);
  }

  /** What was answered; unknown where nothing was. */
  Event.Outcome outcome(int op) {
    return outcome.get(op);
  }

  /** When it was answered, or {@link #NEVER}. */
  long returned(int op) {
    return returned.get(op);
  }

  boolean ok(int op) {
    return outcome(op) == Event.Outcome.OK;
  }

  /** When a key was first asked for. */
  long firstInvoked(int keyNumber) {
    return invoked.get((int) attempts.get(keyNumber).get(0));
  }

  /** The attempt of a key that was answered first with success, or -1. */
  int firstOk(int keyNumber) {
    Longs all = attempts.get(keyNumber);
    int first = -1;
    for (int i = 0; i < all.size(); i++) {
      int op = (int) all.get(i);
      if (ok(op) && (first < 0 || returned(op) < returned(first))) {
        first = op;
      }
    }
    return first;
  }
}
