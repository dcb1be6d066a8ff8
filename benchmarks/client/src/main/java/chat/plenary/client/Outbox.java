package chat.plenary.client;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What was sent and is not settled. It is sent again, with the same refs and in the same order, on
 * each new connection. After an {@code unknown} a conversation's refs go one by one, the oldest
 * first, until none of those is left: the server takes them no other way.
 */
final class Outbox {
  private final int capacity;
  private final Map<String, Path> paths = new HashMap<>();
  private final ArrayDeque<Path> ready = new ArrayDeque<>();
  private @Nullable Consumer<String> out;
  private @Nullable Problem closed;
  private long order;
  private int unsettled;
  private int flying;
  private int mayFly;

  Outbox(int capacity) {
    this.capacity = capacity;
  }

  private static final class Item {
    final String ref;
    final long order;
    final String frame;
    final CompletableFuture<Accepted> outcome = new CompletableFuture<>();
    long sentAt;

    Item(String ref, long order, String frame) {
      this.ref = ref;
      this.order = order;
      this.frame = frame;
    }
  }

  /** One conversation's. An item is in exactly one of the three. */
  private static final class Path {
    final ArrayDeque<Item> waiting = new ArrayDeque<>();
    final LinkedHashMap<String, Item> flying = new LinkedHashMap<>();
    final TreeMap<Long, Item> held = new TreeMap<>();
    boolean resting;
    int unknowns;

    /** The one of the held that was sent again: nothing else goes until it is answered. */
    @Nullable Item alone;

    @Nullable Item answered(String ref) {
      Item item = flying.remove(ref);
      if (item != null && item.equals(alone)) {
        alone = null;
      }
      return item;
    }
  }

  /** Adds a frame. Fails with {@code too-many} when it is full. */
  CompletableFuture<Accepted> add(String conversation, String ref, String frame) {
    CompletableFuture<Accepted> outcome;
    synchronized (this) {
      if (closed != null) {
        return CompletableFuture.failedFuture(new ProblemException(closed));
      }
      if (unsettled >= capacity) {
        return CompletableFuture.failedFuture(
            new ProblemException(Problem.of("too-many", 429, "The outbox is full.")));
      }
      Path path = paths.computeIfAbsent(conversation, key -> new Path());
      Item item = new Item(ref, order++, frame);
      path.waiting.add(item);
      unsettled++;
      outcome = item.outcome;
      ready.add(path);
      pump();
    }
    return outcome;
  }

  /** A connection that may have {@code inFlight} unanswered frames. */
  synchronized void connected(int inFlight, Consumer<String> out) {
    this.out = out;
    this.mayFly = inFlight;
    ready.clear();
    ready.addAll(paths.values());
    pump();
  }

  /** The connection is gone: all that was not answered goes first on the next one. */
  synchronized void disconnected() {
    out = null;
    flying = 0;
    for (Path path : paths.values()) {
      TreeMap<Long, Item> unanswered = new TreeMap<>(path.held);
      path.flying.values().forEach(item -> unanswered.put(item.order, item));
      path.flying.clear();
      path.held.clear();
      path.alone = null;
      path.resting = false;
      for (Item item : unanswered.descendingMap().values()) {
        path.waiting.addFirst(item);
      }
    }
  }

  void done(Accepted accepted) {
    String ref = accepted.ref();
    Item item = ref == null ? null : settled(accepted.conversation(), ref);
    if (item != null) {
      item.outcome.complete(accepted);
    }
  }

  void refused(@Nullable String conversation, String ref, Problem problem) {
    Item item = settled(conversation, ref);
    if (item != null) {
      item.outcome.completeExceptionally(new ProblemException(problem));
    }
  }

  private synchronized @Nullable Item settled(@Nullable String conversation, String ref) {
    Path path = paths.get(conversation);
    Item item = path == null ? null : path.answered(ref);
    if (path == null || item == null) {
      return null;
    }
    flying--;
    unsettled--;
    path.unknowns = 0;
    if (path.flying.isEmpty() && path.held.isEmpty() && path.waiting.isEmpty()) {
      paths.remove(conversation);
    }
    ready.add(path);
    pump();
    return item;
  }

  /** To be sent again. Returns in how many milliseconds {@link #rested} is to be called, or -1. */
  synchronized long again(@Nullable String conversation, String ref) {
    Path path = paths.get(conversation);
    Item item = path == null ? null : path.answered(ref);
    if (path == null || item == null) {
      return -1;
    }
    flying--;
    path.held.put(item.order, item);
    boolean first = !path.resting;
    path.resting = true;
    pump();
    return first ? 50L << Math.min(5, path.unknowns++) : -1;
  }

  synchronized void rested(@Nullable String conversation) {
    Path path = paths.get(conversation);
    if (path != null && path.resting) {
      path.resting = false;
      ready.add(path);
      pump();
    }
  }

  private void pump() {
    Path path;
    while (out != null && flying < mayFly && (path = ready.poll()) != null) {
      Item next = next(path);
      if (next != null) {
        next.sentAt = System.nanoTime();
        path.flying.put(next.ref, next);
        flying++;
        out.accept(next.frame);
        ready.addLast(path);
      }
    }
  }

  private static @Nullable Item next(Path path) {
    if (path.resting || path.alone != null) {
      return null;
    }
    if (path.held.isEmpty()) {
      return path.waiting.poll();
    }
    if (path.flying.isEmpty()) {
      path.alone = path.held.pollFirstEntry().getValue();
    }
    return path.alone;
  }

  /** When the oldest frame without an answer was sent, by nanoTime, or {@code now}. */
  synchronized long oldest(long now) {
    long oldest = now;
    for (Path path : paths.values()) {
      for (Item item : path.flying.values()) {
        oldest = Math.min(oldest, item.sentAt);
        break;
      }
    }
    return oldest;
  }

  synchronized int unsettled() {
    return unsettled;
  }

  /** Fails all that is left: it is not known what became of it. */
  void close(Problem problem) {
    List<Item> left = new ArrayList<>();
    synchronized (this) {
      closed = problem;
      disconnected();
      paths.values().forEach(path -> left.addAll(path.waiting));
      paths.clear();
      ready.clear();
      unsettled = 0;
    }
    left.forEach(item -> item.outcome.completeExceptionally(new ProblemException(problem)));
  }
}
