package chat.plenary.messaging.conversation;

import java.util.ArrayList;
import java.util.List;

/**
 * A present or former member of a conversation.
 *
 * @param role the role in a group
 * @param visible the intervals of entries that the member may see, in order; the last is open while
 *     the member is one
 * @param since the seq of the entry that let the member in last
 * @param seq the seq of the entry that changed this member last
 */
public record Member(GroupRole role, List<Interval> visible, long since, long seq) {
  /**
   * Entries from one number to another, both included.
   *
   * @param from the first
   * @param to the last, or {@link Long#MAX_VALUE} while it is open
   */
  public record Interval(long from, long to) {}

  public Member {
    visible = List.copyOf(visible);
  }

  static Member joined(GroupRole role, long seq, boolean history) {
    return new Member(role, List.of(new Interval(history ? 1 : seq, Long.MAX_VALUE)), seq, seq);
  }

  /** Whether this is a member now, not a former one. */
  public boolean current() {
    return !visible.isEmpty() && visible.get(visible.size() - 1).to() == Long.MAX_VALUE;
  }

  /** Whether this member may see an entry. */
  public boolean sees(long number) {
    for (Interval interval : visible) {
      if (number >= interval.from() && number <= interval.to()) {
        return true;
      }
    }
    return false;
  }

  /** The first entry that this member may see. */
  public long from() {
    return visible.isEmpty() ? Long.MAX_VALUE : visible.get(0).from();
  }

  /** The last entry that this member may see; {@link Long#MAX_VALUE} for a present one. */
  public long to() {
    return visible.isEmpty() ? 0 : visible.get(visible.size() - 1).to();
  }

  /**
   * The newest entries that this member may see, as ranges, lowest first.
   *
   * @param last none beyond this one
   * @param most how many entries, at the most
   */
  public List<Interval> newest(long last, int most) {
    List<Interval> found = new ArrayList<>();
    long left = most;
    for (int i = visible.size() - 1; i >= 0 && left > 0; i--) {
      long to = Math.min(visible.get(i).to(), last);
      long from = Math.max(visible.get(i).from(), to - left + 1);
      if (from <= to) {
        found.add(0, new Interval(from, to));
        left -= to - from + 1;
      }
    }
    return found;
  }

  /**
   * The oldest entries that this member may see, as ranges, lowest first.
   *
   * @param first none before this one
   * @param last none beyond this one
   * @param most how many entries, at the most
   */
  public List<Interval> oldest(long first, long last, int most) {
    List<Interval> found = new ArrayList<>();
    long left = most;
    for (int i = 0; i < visible.size() && left > 0; i++) {
      long from = Math.max(visible.get(i).from(), first);
      long to = Math.min(Math.min(visible.get(i).to(), last), from + left - 1);
      if (from <= to) {
        found.add(new Interval(from, to));
        left -= to - from + 1;
      }
    }
    return found;
  }

  Member back(long seq, boolean history) {
    List<Interval> more = new ArrayList<>(visible);
    if (history) {
      more.clear();
    }
    more.add(new Interval(history ? 1 : seq, Long.MAX_VALUE));
    return new Member(GroupRole.MEMBER, more, seq, seq);
  }

  Member gone(long seq) {
    List<Interval> closed = new ArrayList<>(visible);
    Interval last = closed.remove(closed.size() - 1);
    closed.add(new Interval(last.from(), seq));
    return new Member(GroupRole.MEMBER, closed, since, seq);
  }

  Member with(GroupRole other, long seq) {
    return new Member(other, visible, since, seq);
  }
}
