package chat.plenary.messaging.voice;

import chat.plenary.messaging.cluster.Bus;
import chat.plenary.messaging.interpretation.Language;
import chat.plenary.messaging.log.Timers;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What is listened to at which node. Each node with listeners says so when that changes and every 2
 * s; what was not said again for 6 s is not wanted any more.
 */
final class Wanted {
  private static final String TOPIC = "voice.wanted";
  private static final Duration AGAIN = Duration.ofSeconds(2);
  private static final long GOOD_FOR = 6_000;

  private final Bus bus;
  private final Timers timers;
  private final Supplier<Map<String, Set<String>>> here;
  private final Map<String, Node> nodes = new HashMap<>();
  private boolean saying;
  private volatile boolean closed;

  private record Node(Map<String, Set<String>> wanted, long at) {}

  /**
   * What is wanted.
   *
   * @param here the languages that are listened to at this node, by meeting
   */
  Wanted(Bus bus, Timers timers, Supplier<Map<String, Set<String>>> here) {
    this.bus = bus;
    this.timers = timers;
    this.here = here;
    bus.subscribe(TOPIC, this::heard);
  }

  /** What is listened to here changed: the others are told. */
  void changed() {
    say();
    synchronized (this) {
      if (saying) {
        return;
      }
      saying = true;
    }
    timers.after(AGAIN, this::again);
  }

  private void again() {
    synchronized (this) {
      if (closed || here.get().isEmpty()) {
        saying = false;
        return;
      }
    }
    say();
    timers.after(AGAIN, this::again);
  }

  private void say() {
    JsonObject meetings = new JsonObject();
    here.get().forEach((meeting, all) -> meetings.put(meeting, new JsonArray(List.copyOf(all))));
    bus.publish(TOPIC, new JsonObject().put("n", bus.self()).put("m", meetings).toBuffer());
  }

  private void heard(Buffer message) {
    JsonObject json = message.toJsonObject();
    Map<String, Set<String>> wanted = new HashMap<>();
    JsonObject meetings = json.getJsonObject("m");
    for (String meeting : meetings.fieldNames()) {
      Set<String> all = new HashSet<>();
      meetings.getJsonArray(meeting).forEach(one -> all.add((String) one));
      wanted.put(meeting, all);
    }
    synchronized (nodes) {
      nodes.put(json.getString("n"), new Node(wanted, timers.elapsed()));
    }
  }

  /** The languages of a meeting that are listened to at other nodes. */
  Set<String> elsewhere(String meeting) {
    Set<String> found = new HashSet<>();
    synchronized (nodes) {
      trim();
      nodes.values().forEach(one -> found.addAll(one.wanted.getOrDefault(meeting, Set.of())));
    }
    return found;
  }

  /** The other nodes at which a language of a meeting is listened to. */
  List<String> nodes(String meeting, String language) {
    List<String> found = new ArrayList<>();
    synchronized (nodes) {
      trim();
      nodes.forEach(
          (name, one) -> {
            if (one.wanted.getOrDefault(meeting, Set.of()).stream()
                .anyMatch(other -> Language.same(other, language))) {
              found.add(name);
            }
          });
    }
    return found;
  }

  private void trim() {
    long now = timers.elapsed();
    nodes.values().removeIf(one -> now - one.at > GOOD_FOR);
  }

  void close() {
    closed = true;
  }
}
