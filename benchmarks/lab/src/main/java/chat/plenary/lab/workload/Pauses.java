package chat.plenary.lab.workload;

import java.util.HashMap;
import java.util.Map;

/**
 * How long conversations had to wait for their next accepted entry, at the longest. Safe for
 * threads. Times are nanoseconds of one clock.
 */
final class Pauses {
  private final Map<String, Long> last = new HashMap<>();
  private long longest;

  synchronized void accepted(String conversation, long at) {
    Long before = last.put(conversation, at);
    if (before != null) {
      longest = Math.max(longest, at - before);
    }
  }

  /** Forgets the pauses so far; the present ones begin now. */
  synchronized void reset(long now) {
    last.replaceAll((conversation, at) -> now);
    longest = 0;
  }

  /** The longest pause of any conversation, the present ones among them. */
  synchronized long longest(long now) {
    return last.values().stream().mapToLong(at -> now - at).reduce(longest, Math::max);
  }
}
