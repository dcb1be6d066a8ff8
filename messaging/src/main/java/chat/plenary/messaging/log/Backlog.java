package chat.plenary.messaging.log;

import chat.plenary.messaging.id.ConversationId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

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
    paths.computeIfAbsent(one.path, p -> new LinkedHashSet<>()).add(one);
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
    drop(paths, one.path, one);
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

  /** Whether anything waits on a path. */
  boolean waitsOn(String path) {
    return paths.containsKey(path);
  }

  /** Whether something with this key waits on a path. */
  boolean waitsOn(String path, String key) {
    return keys.getOrDefault(key, List.of()).stream().anyMatch(one -> one.path.equals(path));
  }

  /** All that waits; of each path in order. */
  List<Waiting> all() {
    List<Waiting> found = new ArrayList<>(size);
    conversations.values().forEach(found::addAll);
    return found;
  }

  /** Whether nothing waits before this one on its path. */
  boolean inTurn(Waiting one) {
    LinkedHashSet<Waiting> waiting = paths.get(one.path);
    return waiting == null || waiting.isEmpty() || waiting.iterator().next().equals(one);
  }

  /**
   * The next to be considered for a run: of each conversation its share, then a bounded part of
   * what is left, so that no busy conversation makes the others wait. The conversations that were
   * considered this time come last the next.
   */
  List<Waiting> next(int most) {
    List<Waiting> found = new ArrayList<>();
    List<Waiting> rest = new ArrayList<>();
    int share = Math.max(1, most / Math.max(1, conversations.size()));
    List<ConversationId> considered = new ArrayList<>();
    for (Map.Entry<ConversationId, LinkedHashSet<Waiting>> one : conversations.entrySet()) {
      considered.add(one.getKey());
      int taken = 0;
      for (Waiting waiting : one.getValue()) {
        if (taken < share) {
          found.add(waiting);
        } else if (rest.size() < 2 * most) {
          rest.add(waiting);
        } else {
          break;
        }
        taken++;
      }
      if (found.size() >= most) {
        break;
      }
    }
    for (ConversationId id : considered) {
      LinkedHashSet<Waiting> waiting = conversations.remove(id);
      if (waiting != null) {
        conversations.put(id, waiting);
      }
    }
    found.addAll(rest);
    return found;
  }
}
