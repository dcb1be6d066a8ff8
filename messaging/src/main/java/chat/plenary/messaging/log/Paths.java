package chat.plenary.messaging.log;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The refs that paths hold: those answered unknown and not settled since, in order. Until none is
 * left a path takes only the oldest of them, and what a look-up finds (rule {@code HoldAll} of the
 * specification).
 */
final class Paths {
  /**
   * Paths that hold something, at the most; the oldest is forgotten first, as when its client went
   * away.
   */
  private static final int MAX_PATHS = 10_000;

  private static final int MAX_HELD = 1_000;

  /** Path to (key to ref), in order. */
  private final Map<String, Map<String, String>> held = new LinkedHashMap<>();

  boolean holds(String path) {
    return held.containsKey(path);
  }

  /**
   * Whether a command is the next that its path takes, given the keys of the path that wait
   * already.
   */
  boolean takes(Waiting one, Set<String> waiting) {
    Map<String, String> refs = held.get(one.path());
    if (refs == null) {
      return true;
    }
    for (String key : refs.keySet()) {
      if (!waiting.contains(key)) {
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
    Map<String, String> refs = new LinkedHashMap<>();
    unknown.forEach(one -> refs.putIfAbsent(one.key, one.command.ref().value()));
    Map<String, String> before = held.remove(path);
    if (before != null) {
      before.forEach(refs::putIfAbsent);
    }
    put(path, refs);
  }

  /** A command was answered unknown without being tried: it goes behind. */
  void holdLast(Waiting one) {
    Map<String, String> refs = held.remove(one.path());
    Map<String, String> more = refs == null ? new LinkedHashMap<>() : refs;
    more.putIfAbsent(one.key, one.command.ref().value());
    put(one.path(), more);
  }

  /** What has this key is settled. */
  void release(String key) {
    if (held.isEmpty()) {
      return;
    }
    for (Iterator<Map<String, String>> all = held.values().iterator(); all.hasNext(); ) {
      Map<String, String> refs = all.next();
      refs.remove(key);
      if (refs.isEmpty()) {
        all.remove();
      }
    }
  }

  private void put(String path, Map<String, String> refs) {
    while (refs.size() > MAX_HELD) {
      List<String> keys = new ArrayList<>(refs.keySet());
      refs.remove(keys.get(keys.size() - 1));
    }
    held.put(path, refs);
    if (held.size() > MAX_PATHS) {
      Iterator<String> oldest = held.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
  }
}
