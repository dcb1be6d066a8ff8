package chat.plenary.simulator.meeting;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A meeting at the platform. */
final class Meeting {
  enum State {
    INIT,
    STARTED,
    ENDED,
    CANCELLED
  }

  /** Somebody's stay. */
  static final class Stay {
    final String id;
    final String userid;
    final String name;
    final long joined;
    long left;
    boolean streaming;

    /** Guests have an empty userid. */
    Stay(String id, String userid, String name, long joined) {
      this.id = id;
      this.userid = userid;
      this.name = name;
      this.joined = joined;
    }

    JsonObject person() {
      JsonObject person =
          new JsonObject().put("ms_open_id", id).put("user_name", name).put("instance_id", "5");
      return userid.isEmpty() ? person : person.put("userid", userid);
    }
  }

  final String id;
  final String code;
  final String joinUrl;
  final JsonObject asked;
  final List<Stay> stays = new ArrayList<>();
  final JsonArray said = new JsonArray();
  State state = State.INIT;
  boolean pushed;
  boolean scripted;
  boolean dismissed;

  Meeting(String id, String code, String joinUrl, JsonObject asked) {
    this.id = id;
    this.code = code;
    this.joinUrl = joinUrl;
    this.asked = asked;
  }

  @Nullable Stay stay(String who) {
    return stays.stream()
        .filter(each -> each.id.equals(who) && each.left == 0)
        .findFirst()
        .orElse(null);
  }

  long present() {
    return stays.stream().filter(each -> each.left == 0).count();
  }

  JsonObject info() {
    return new JsonObject()
        .put("subject", asked.getString("subject"))
        .put("meeting_id", id)
        .put("meeting_code", code)
        .put("password", "")
        .put("join_url", joinUrl)
        .put("start_time", asked.getString("start_time"))
        .put("end_time", asked.getString("end_time"))
        .put("hosts", new JsonArray())
        .put("settings", asked.getJsonObject("settings", new JsonObject()));
  }

  JsonObject queried() {
    return info()
        .put("status", "MEETING_STATE_" + state)
        .put("type", asked.getInteger("type", 0))
        .put("meeting_type", asked.getInteger("meeting_type", 0))
        .put("location", asked.getString("location", ""))
        .put("time_zone", asked.getString("time_zone", ""));
  }

  /** As webhooks name it: times are numbers there. */
  JsonObject told() {
    return new JsonObject()
        .put("meeting_id", id)
        .put("meeting_code", code)
        .put("subject", asked.getString("subject"))
        .put("creator", new JsonObject().put("userid", asked.getString("userid")))
        .put("meeting_type", asked.getInteger("meeting_type", 0))
        .put("start_time", Long.parseLong(asked.getString("start_time")))
        .put("end_time", Long.parseLong(asked.getString("end_time")))
        .put("meeting_create_from", 6);
  }

  JsonArray participants(int from, int size) {
    JsonArray page = new JsonArray();
    stays.stream()
        .skip(from)
        .limit(size)
        .forEach(
            each ->
                page.add(
                    new JsonObject()
                        .put("ms_open_id", each.id)
                        .put("userid", each.userid)
                        .put(
                            "user_name",
                            Base64.getEncoder()
                                .encodeToString(each.name.getBytes(StandardCharsets.UTF_8)))
                        .put("join_time", Long.toString(each.joined / 1_000))
                        .put("left_time", each.left == 0 ? "" : Long.toString(each.left / 1_000))));
    return page;
  }
}
