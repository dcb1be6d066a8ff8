package chat.plenary.messaging.log;

import chat.plenary.messaging.id.ConversationId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What waits in a lane: fair by conversation, first come first served within each, found by key and
 * by path.
 */
final class Backlog {
  private final LinkedHashMap<ConversationId, LinkedHashSet<Waiting>> conversations =
      new LinkedHashMap<>();
  private final Map<String, List<Waiting>> keys = new HashMap<>();
  private final Map<String, LinkedHashSet<Waiting>> paths = new HashMap<>();
  private int size;

  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  void add(Waiting one) {
    conversations.computeIfAbsent(one.command.conversation(), c -> new LinkedHashSet<>()).add(one);
    paths.computeIfAbsent(one.path(), p -> new LinkedHashSet<>()).add(one);
    keys.computeIfAbsent(one.key, k -> new ArrayList<>(1)).add(one);
    size++;
  }

  void remove(Waiting one) {
    LinkedHashSet<Waiting> waiting = conversations.get(one.command.conversation());
    if (waiting == null || !waiting.remove(one)) {
      return;
    }
    if (waiting.isEmpty()) {
      conversations.remove(one.command.conversation());
    }
    drop(paths, one.path(), one);
    drop(keys, one.key, one);
    size--;
  }

  private static <C extends Collection<Waiting>> void drop(
      Map<String, C> map, String name, Waiting one) {
    C waiting = map.get(name);
    if (waiting != null && waiting.remove(one) && waiting.isEmpty()) {
      map.remove(name);
    }
  }

  /** Those that wait under a key. */
  List<Waiting> byKey(String key) {
    return List.copyOf(keys.getOrDefault(key, List.of()));
  }

  /** Those that wait on a path, in order. */
  List<Waiting> byPath(String path) {
    LinkedHashSet<Waiting> waiting = paths.get(path);
    return waiting == null ? List.of() : List.copyOf(waiting);
  }

  /** The keys that wait on a path. */
  Set<String> keysOn(String path) {
    Set<String> found = new HashSet<>();
    byPath(path).forEach(one -> found.add(one.key));
    return found;
  }

  /** Whether nothing waits before this one on its path. */
  boolean inTurn(Waiting one) {
    LinkedHashSet<Waiting> waiting = paths.get(one.path());
    return waiting == null || waiting.isEmpty() || waiting.iterator().next().equals(one);
  }

  /**
   * The next to be considered for a run: of each conversation its share, then what is left, so that
   * no busy conversation makes the others wait. The conversations that come first this time come
   * last the next.
   */
  List<Waiting> next(int most) {
    List<Waiting> found = new ArrayList<>();
    List<Waiting> rest = new ArrayList<>();
    int share = Math.max(1, most / Math.max(1, conversations.size()));
    List<ConversationId> order = new ArrayList<>(conversations.keySet());
    for (ConversationId id : order) {
      int taken = 0;
      for (Waiting one : conversations.getOrDefault(id, new LinkedHashSet<>())) {
        if (taken >= 2 * most) {
          break;
        }
        (taken < share ? found : rest).add(one);
        taken++;
      }
      if (found.size() >= most) {
        break;
      }
    }
    if (order.size() > 1) {
      ConversationId first = order.get(0);
      LinkedHashSet<Waiting> waiting = conversations.remove(first);
      if (waiting != null) {
        conversations.put(first, waiting);
      }
    }
    found.addAll(rest);
    return found;
  }
}
