package chat.plenary.node;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;

/** A group called Talks, which meets in English and Chinese. */
final class Talks {
  private Talks() {}

  /** Makes the group; its id. */
  static String group(Rest owner, String... members) {
    return owner
        .post(
            "/api/v1/conversations",
            new JsonObject()
                .put("ref", "talks")
                .put("id", "talks")
                .put("kind", "group")
                .put("name", "Talks")
                .put("members", new JsonArray(List.of(members))))
        .good()
        .getString("id");
  }

  /** Calls a meeting that begins now; its id. */
  static String meeting(Rest host, String group) {
    return meeting(host, group, new JsonObject().put("ref", "now"));
  }

  /** Calls a meeting that begins later; its id. */
  static String meeting(Rest host, String group, String title, Instant start) {
    return meeting(
        host,
        group,
        new JsonObject().put("ref", title).put("title", title).put("start", start.toString()));
  }

  private static String meeting(Rest host, String group, JsonObject plan) {
    return host.post(
            "/api/v1/conversations/" + group + "/meetings",
            plan.put("zone", "Europe/Paris").put("languages", List.of("en", "zh")))
        .good()
        .getJsonObject("meeting")
        .getString("id");
  }
}
