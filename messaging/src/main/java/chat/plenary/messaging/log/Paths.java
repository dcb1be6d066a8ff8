package chat.plenary.messaging.log;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The refs that paths hold, by their keys: those answered unknown and not settled since, in order.
 * Until none is left a path takes only the oldest of them, and what a look-up finds (rule {@code
 * HoldAll} of the specification).
 */
final class Paths {
  /**
   * Paths that hold something, at the most; the oldest is forgotten first, as when its client went
   * away.
   */
  private static final int MAX_PATHS = 10_000;

  /** Refs that one path holds, at the most; more than a session may have open at once. */
  private static final int MAX_HELD = 10_000;

  /** Path to its keys, in order. */
  private final Map<String, Set<String>> held = new LinkedHashMap<>();

  /** Key to the paths that hold it, so that an entry costs nothing per path. */
  private final Map<String, Set<String>> holders = new HashMap<>();

  boolean holds(String path) {
    return held.containsKey(path);
  }

  /** Whether a command is the next that its path takes, given which keys of the path wait. */
  boolean takes(Waiting one, Predicate<String> waits) {
    for (String key : held.getOrDefault(one.path, Set.of())) {
      if (!waits.test(key)) {
        return key.equals(one.key);
      }
    }
    return true;
  }

  /**
   * Commands of one path were answered unknown, in this order: they go before what it holds
   * already.
   */
  void holdFirst(String path, List<Waiting> unknown) {
    Set<String> keys = new LinkedHashSet<>();
    unknown.forEach(one -> keys.add(one.key));
    Set<String> before = held.remove(path);
    if (before != null) {
      keys.addAll(before);
    }
    put(path, keys);
  }

  /** A command was answered unknown without being tried: it goes behind. */
  void holdLast(Waiting one) {
    Set<String> before = held.remove(one.path);
    Set<String> keys = before == null ? new LinkedHashSet<>() : before;
    keys.add(one.key);
    put(one.path, keys);
  }

  /**
   * One path heard what became of this key. Others that hold it have not: they go on waiting for it
   * to be repeated, or they would take it for something new.
   */
  void release(String path, String key) {
    Set<String> keys = held.get(path);
    if (keys != null && keys.remove(key)) {
      forget(path, key);
      if (keys.isEmpty()) {
        held.remove(path);
      }
    }
  }

  /** An entry with this key is in the store: whoever repeats it finds it there. */
  void release(String key) {
    Set<String> paths = holders.remove(key);
    if (paths == null) {
      return;
    }
    for (String path : paths) {
      Set<String> keys = held.get(path);
      if (keys != null && keys.remove(key) && keys.isEmpty()) {
        held.remove(path);
      }
    }
  }

  private void put(String path, Set<String> keys) {
    if (keys.size() > MAX_HELD) {
      Deque<String> newest = new ArrayDeque<>(keys);
      while (keys.size() > MAX_HELD) {
        String last = newest.removeLast();
        keys.remove(last);
        forget(path, last);
      }
    }
    held.put(path, keys);
    keys.forEach(key -> holders.computeIfAbsent(key, k -> new HashSet<>(2)).add(path));
    if (held.size() > MAX_PATHS) {
      Iterator<Map.Entry<String, Set<String>>> all = held.entrySet().iterator();
      Map.Entry<String, Set<String>> oldest = all.next();
      all.remove();
      oldest.getValue().forEach(key -> forget(oldest.getKey(), key));
    }
  }

  private void forget(String path, String key) {
    Set<String> paths = holders.get(key);
    if (paths != null && paths.remove(path) && paths.isEmpty()) {
      holders.remove(key);
    }
  }
}
