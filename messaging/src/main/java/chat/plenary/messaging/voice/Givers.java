package chat.plenary.messaging.voice;

import chat.plenary.messaging.cluster.Bus;
import chat.plenary.messaging.interpretation.Language;
import chat.plenary.messaging.log.Timers;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which speeches are spoken in which languages by the engine that hears them, at any node. What was
 * not said again for 4 s is so no more.
 */
final class Givers {
  private static final String TOPIC = "voice.given";
  private static final long GOOD_FOR = 4_000;

  private final Bus bus;
  private final Timers timers;
  private final Map<String, Given> speeches = new HashMap<>();

  private record Given(String meeting, String speech, Set<String> languages, long at) {}

  Givers(Bus bus, Timers timers) {
    this.bus = bus;
    this.timers = timers;
    bus.subscribe(
        TOPIC,
        message -> {
          JsonObject json = message.toJsonObject();
          Set<String> languages =
              json.getJsonArray("l").stream().map(String.class::cast).collect(Collectors.toSet());
          note(json.getString("m"), json.getString("s"), languages);
        });
  }

  void gives(String meeting, String speech, Set<String> languages) {
    note(meeting, speech, Set.copyOf(languages));
    JsonArray all = new JsonArray(List.copyOf(languages));
    bus.publish(
        TOPIC, new JsonObject().put("m", meeting).put("s", speech).put("l", all).toBuffer());
  }

  private synchronized void note(String meeting, String speech, Set<String> languages) {
    long now = timers.elapsed();
    speeches.values().removeIf(one -> now - one.at > GOOD_FOR);
    speeches.put(meeting + "/" + speech, new Given(meeting, speech, languages, now));
  }

  /** Whether an engine speaks a sentence itself. */
  synchronized boolean isGiven(String meeting, String key, String language) {
    long now = timers.elapsed();
    return speeches.values().stream()
        .filter(one -> now - one.at <= GOOD_FOR)
        .filter(one -> one.meeting.equals(meeting) && key.startsWith(one.speech + "/"))
        .anyMatch(one -> one.languages.stream().anyMatch(o -> Language.same(o, language)));
  }
}
