package chat.plenary.messaging.log;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The newest entries of one lane, for its durable listeners: what was applied a moment ago need not
 * be read and decoded again by each of them. It holds {@value #MOST} at the most, and nothing that
 * all have heard. Used on the lane's thread only.
 */
final class Recent {
  static final int MOST = 256;

  private final Deque<Entry> entries = new ArrayDeque<>();

  /** Consecutive entries, which follow what it has seen before, or begin anew. */
  void add(List<Applied> applied) {
    for (Applied one : applied) {
      if (!entries.isEmpty() && entries.getLast().n() + 1 != one.entry().n()) {
        entries.clear();
      }
      entries.add(one.entry());
      if (entries.size() > MOST) {
        entries.remove();
      }
    }
  }

  /** Drops what nobody needs any more. */
  void forget(long upTo) {
    while (!entries.isEmpty() && entries.getFirst().n() <= upTo) {
      entries.remove();
    }
  }

  /** Entries directly behind a number, lowest first; none where they are not held. */
  List<Entry> after(long n, int limit) {
    if (entries.isEmpty() || entries.getFirst().n() > n + 1) {
      return List.of();
    }
    List<Entry> found = new ArrayList<>();
    for (Entry entry : entries) {
      if (entry.n() > n && found.size() < limit) {
        found.add(entry);
      }
    }
    return found;
  }
}
