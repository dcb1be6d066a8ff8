package chat.plenary.messaging.organisation;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An immutable map of which a changed copy is cheap: it is kept in 256 parts by hash, and a change
 * copies one of them. With 10,000 members a change copies about 300 references.
 */
final class Table<K, V> {
  private static final int PARTS = 256;

  private final List<Map<K, V>> parts;
  private final int size;

  private Table(List<Map<K, V>> parts, int size) {
    this.parts = parts;
    this.size = size;
  }

  static <K, V> Table<K, V> empty() {
    return new Table<>(Collections.nCopies(PARTS, Map.of()), 0);
  }

  int size() {
    return size;
  }

  @Nullable V get(K key) {
    return parts.get(part(key)).get(key);
  }

  Table<K, V> with(K key, V value) {
    return withAll(Map.of(key, value));
  }

  /** The same with many more, in one copy. */
  Table<K, V> withAll(Map<K, V> more) {
    if (more.isEmpty()) {
      return this;
    }
    List<Map<K, V>> copy = new ArrayList<>(parts);
    BitSet copied = new BitSet(PARTS);
    int added = 0;
    for (Map.Entry<K, V> entry : more.entrySet()) {
      int at = part(entry.getKey());
      if (!copied.get(at)) {
        copied.set(at);
        copy.set(at, new HashMap<>(copy.get(at)));
      }
      if (copy.get(at).put(entry.getKey(), entry.getValue()) == null) {
        added++;
      }
    }
    return new Table<>(copy, size + added);
  }

  Table<K, V> without(K key) {
    int at = part(key);
    if (!parts.get(at).containsKey(key)) {
      return this;
    }
    List<Map<K, V>> copy = new ArrayList<>(parts);
    Map<K, V> rest = new HashMap<>(copy.get(at));
    rest.remove(key);
    copy.set(at, rest);
    return new Table<>(copy, size - 1);
  }

  void forEachValue(Consumer<V> action) {
    for (Map<K, V> part : parts) {
      part.values().forEach(action);
    }
  }

  private static int part(Object key) {
    int hash = key.hashCode();
    return (hash ^ (hash >>> 8) ^ (hash >>> 16) ^ (hash >>> 24)) & (PARTS - 1);
  }
}
