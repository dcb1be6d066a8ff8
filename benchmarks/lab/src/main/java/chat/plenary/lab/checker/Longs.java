package chat.plenary.lab.checker;

import java.util.Arrays;

/** A growing row of numbers; what was never set is 0. */
final class Longs {
  private long[] values = new long[16];
  private int size;

  int size() {
    return size;
  }

  long get(int index) {
    return index < values.length ? values[index] : 0;
  }

  void set(int index, long value) {
    if (index >= values.length) {
      values = Arrays.copyOf(values, Math.max(index + 1, values.length * 2));
    }
    values[index] = value;
    size = Math.max(size, index + 1);
  }

  void add(long value) {
    set(size, value);
  }
}
