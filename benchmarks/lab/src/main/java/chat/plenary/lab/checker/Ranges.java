package chat.plenary.lab.checker;

import java.util.Map;
import java.util.TreeMap;

/** Which numbers were there. Small as long as they come nearly in order. */
final class Ranges {
  private final TreeMap<Long, Long> ranges = new TreeMap<>();

  void add(long from, long to) {
    long low = from;
    long high = to;
    Map.Entry<Long, Long> before = ranges.floorEntry(low);
    if (before != null && before.getValue() >= low - 1) {
      if (before.getValue() >= high) {
        return;
      }
      low = before.getKey();
    }
    Map.Entry<Long, Long> next = ranges.ceilingEntry(low);
    while (next != null && next.getKey() <= high + 1) {
      high = Math.max(high, next.getValue());
      ranges.remove(next.getKey());
      next = ranges.ceilingEntry(low);
    }
    ranges.put(low, high);
  }

  boolean has(long number) {
    Map.Entry<Long, Long> range = ranges.floorEntry(number);
    return range != null && range.getValue() >= number;
  }

  /** The end of the range that holds a number, or the number before it. */
  long reach(long number) {
    Map.Entry<Long, Long> range = ranges.floorEntry(number);
    return range != null && range.getValue() >= number ? range.getValue() : number - 1;
  }

  long first() {
    return ranges.isEmpty() ? 0 : ranges.firstKey();
  }
}
