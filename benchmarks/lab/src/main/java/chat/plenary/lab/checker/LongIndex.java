package chat.plenary.lab.checker;

/** Numbers 64-bit values from 0 in the order in which they come: a hash table without objects. */
final class LongIndex {
  private long[] keys = new long[1 << 10];
  private int[] numbers = new int[1 << 10];
  private int size;

  /** The number of a value, or -1. 0 is no value. */
  int find(long key) {
    int mask = keys.length - 1;
    for (int at = (int) key & mask; keys[at] != 0; at = (at + 1) & mask) {
      if (keys[at] == key) {
        return numbers[at];
      }
    }
    return -1;
  }

  /** The number of a value, which gets one where it has none. */
  int add(long key) {
    int known = find(key);
    if (known >= 0) {
      return known;
    }
    if (size * 2 >= keys.length) {
      grow();
    }
    put(key, size);
    return size++;
  }

  int size() {
    return size;
  }

  private void put(long key, int number) {
    int mask = keys.length - 1;
    int at = (int) key & mask;
    while (keys[at] != 0) {
      at = (at + 1) & mask;
    }
    keys[at] = key;
    numbers[at] = number;
  }

  private void grow() {
    long[] oldKeys = keys;
    int[] oldNumbers = numbers;
    keys = new long[oldKeys.length * 2];
    numbers = new int[oldKeys.length * 2];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != 0) {
        put(oldKeys[i], oldNumbers[i]);
      }
    }
  }
}
