package chat.plenary.lab.checker;

import chat.plenary.lab.history.Digest;
import chat.plenary.lab.history.Event;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A conversation as fresh readers saw it in the end: the order that all others are held against.
 */
final class Log {
  /** What an account may see, from one of its joins on. {@code since} is when it was asked for. */
  record Stay(long from, long to, long since, long removedAt) {}

  final String id;
  final String organisation;
  final boolean history;
  final Longs key = new Longs();
  final Longs digest = new Longs();
  final Longs m = new Longs();
  final Longs target = new Longs();
  final Longs edited = new Longs();
  final Longs recalled = new Longs();
  private final List<String> kinds = new ArrayList<>();
  private final List<String> senders = new ArrayList<>();
  private final Map<Long, Event.Shown> membership = new HashMap<>();
  private final Map<Long, Long> recalls = new HashMap<>();
  private final Map<Long, Long> edits = new HashMap<>();
  private final Map<String, List<Stay>> stays = new HashMap<>();
  private final LongIndex places = new LongIndex();
  private final Longs placed = new Longs();

  Log(String id, String organisation, boolean history) {
    this.id = id;
    this.organisation = organisation;
    this.history = history;
    kinds.add("");
    senders.add("");
  }

  /** The highest number. */
  long head() {
    return kinds.size() - 1L;
  }

  boolean has(long seq) {
    return seq > 0 && seq <= head() && !kind(seq).isEmpty();
  }

  /** Takes an entry of the final reading; those that were read before stay. */
  boolean take(Event.Shown shown) {
    if (has(shown.seq())) {
      return false;
    }
    int seq = (int) shown.seq();
    while (kinds.size() <= seq) {
      kinds.add("");
      senders.add("");
    }
    kinds.set(seq, shown.kind());
    senders.set(seq, shown.sender());
    key.set(seq, Digest.key(id, shown.sender(), shown.ref()));
    digest.set(seq, shown.digest());
    m.set(seq, shown.m());
    target.set(seq, shown.target());
    edited.set(seq, shown.edited());
    recalled.set(seq, shown.recalled());
    if (!shown.added().isEmpty() || !shown.removed().isEmpty()) {
      membership.put(shown.seq(), shown);
    }
    if (shown.kind().equals("message.recalled")) {
      recalls.merge(shown.target(), shown.seq(), Math::min);
    }
    int place = places.add(key.get(seq));
    if (place == placed.size()) {
      placed.add(seq);
    }
    return true;
  }

  String kind(long seq) {
    return kinds.get((int) seq);
  }

  String sender(long seq) {
    return senders.get((int) seq);
  }

  /** The first number under which a key stands, or 0. */
  long place(long digested) {
    int place = places.find(digested);
    return place < 0 ? 0 : placed.get(place);
  }

  /** The recall of a message, or 0. */
  long recallOf(long seq) {
    return recalls.getOrDefault(seq, 0L);
  }

  /** The newest edit of a message, or 0. */
  long editOf(long seq) {
    return edits.getOrDefault(seq, 0L);
  }

  /** Works out who may see what; to be called when all was taken. */
  void fold(Ops ops) {
    for (int seq = 1; seq <= head(); seq++) {
      if (has(seq) && kind(seq).equals("message.edited")) {
        targetOfEdit(ops, seq);
      }
    }
    foldMembers(ops);
  }

  /**
   * An edit of a message that was recalled has lost its body, target and all; its request has it.
   */
  private void targetOfEdit(Ops ops, int seq) {
    int number = ops.key(key.get(seq));
    if (target.get(seq) == 0 && number >= 0) {
      target.set(seq, ops.target.get((int) ops.attempts(number).get(0)));
    }
    edits.merge(target.get(seq), (long) seq, Math::max);
  }

  private void foldMembers(Ops ops) {
    Map<String, Stay> present = new HashMap<>();
    for (long seq = 1; seq <= head(); seq++) {
      Event.Shown entry = membership.get(seq);
      if (entry == null) {
        continue;
      }
      long since = since(ops, seq);
      long known = known(ops, seq);
      for (String account : entry.added()) {
        long from = history || entry.kind().equals("conversation.created") ? 1 : seq;
        present.putIfAbsent(account, new Stay(from, Long.MAX_VALUE, since, Ops.NEVER));
      }
      for (String account : entry.removed()) {
        Stay stay = present.remove(account);
        if (stay != null) {
          stays
              .computeIfAbsent(account, any -> new ArrayList<>())
              .add(new Stay(stay.from(), seq, stay.since(), known));
        }
      }
    }
    present.forEach(
        (account, stay) -> stays.computeIfAbsent(account, any -> new ArrayList<>()).add(stay));
  }

  private long since(Ops ops, long seq) {
    int number = ops.key(key.get((int) seq));
    return number < 0 ? Long.MIN_VALUE : ops.firstInvoked(number);
  }

  private long known(Ops ops, long seq) {
    int number = ops.key(key.get((int) seq));
    int ok = number < 0 ? -1 : ops.firstOk(number);
    return ok < 0 ? Ops.NEVER : ops.returned(ok);
  }

  /** An account's stays as a member, oldest first. */
  List<Stay> stays(String account) {
    return stays.getOrDefault(account, List.of());
  }

  /** The stay by which an account might see an entry at a time, or null. */
  @Nullable Stay seeing(String account, long seq, long at) {
    Stay found = null;
    for (Stay stay : stays(account)) {
      if (seq >= stay.from() && seq <= stay.to() && stay.since() <= at) {
        found = stay;
      }
    }
    return found;
  }

  /** The entry of a number, where it adds or removes members. */
  Event.@Nullable Shown membership(long seq) {
    return membership.get(seq);
  }
}
