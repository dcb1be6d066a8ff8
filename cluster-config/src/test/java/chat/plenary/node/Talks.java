package chat.plenary.node;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
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
    return host.post(
            "/api/v1/conversations/" + group + "/meetings",
            new JsonObject()
                .put("ref", "now")
                .put("zone", "Europe/Paris")
                .put("languages", List.of("en", "zh")))
        .good()
        .getJsonObject("meeting")
        .getString("id");
  }
}
