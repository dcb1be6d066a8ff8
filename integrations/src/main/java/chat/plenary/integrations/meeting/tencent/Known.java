package chat.plenary.integrations.meeting.tencent;

import chat.plenary.integrations.meeting.wire.Loose;
import chat.plenary.integrations.meeting.wire.Query;
import chat.plenary.messaging.meeting.MeetingPlan;
import chat.plenary.messaging.meeting.Room;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds meetings that are there already. One that Plenary made bears the plan's id as its place;
 * title and time only choose which to look at, since two groups may agree on the same of both.
 */
final class Known {
  private static final int MAX_PAGES = 3;
  private static final int MAX_LOOKED_AT = 5;
  private static final int PAGE = 20;

  private final TencentApi api;

  Known(TencentApi api) {
    this.api = api;
  }

  /** What stands as the place of the plan's meeting. */
  static String mark(MeetingPlan plan) {
    return "Plenary " + plan.id();
  }

  /** The meeting of this plan, or null where none is among the operator's next 60. */
  Future<@Nullable Room> find(MeetingPlan plan) {
    return candidates(plan, "", 0, new ArrayList<>(), 1).compose(ids -> look(plan, ids, 0));
  }

  /** The meeting of this code. */
  Future<Room> byCode(String code) {
    Query query = api.operator().put("meeting_code", code.replace(" ", ""));
    return api.get("/v1/meetings", query).map(json -> first(json));
  }

  private Room first(JsonObject json) {
    Room room =
        Loose.objects(json, "meeting_info_list", 1).stream()
            .findFirst()
            .map(Known::room)
            .orElse(null);
    if (room == null) {
      throw api.shapeless();
    }
    return room;
  }

  private Future<List<String>> candidates(
      MeetingPlan plan, String pos, long cursory, List<String> found, int page) {
    Query query = api.operator();
    if (!pos.isEmpty()) {
      query.put("pos", pos).put("cursory", cursory);
    }
    return api.get("/v1/meetings", query)
        .compose(
            json -> {
              for (JsonObject meeting : Loose.objects(json, "meeting_info_list", PAGE * 5)) {
                String place = Loose.text(meeting, "location");
                boolean maybe =
                    place.isEmpty()
                        ? Loose.text(meeting, "subject").equals(plan.title())
                            && Plans.sameTime(Loose.text(meeting, "start_time"), plan.start())
                        : place.equals(mark(plan));
                String id = Loose.text(meeting, "meeting_id");
                if (maybe && found.size() < MAX_LOOKED_AT && !found.contains(id)) {
                  found.add(id);
                }
              }
              String next = Loose.text(json, "next_pos");
              boolean more = Loose.number(json, "remaining", 0) > 0 && !next.isEmpty();
              return more && page < MAX_PAGES
                  ? candidates(plan, next, Loose.number(json, "next_cursory", 20), found, page + 1)
                  : Future.succeededFuture(found);
            });
  }

  private Future<@Nullable Room> look(MeetingPlan plan, List<String> ids, int index) {
    if (index >= ids.size()) {
      return Future.succeededFuture(null);
    }
    return api.ask("/v1/meetings/" + ids.get(index), api.operator(), null)
        .compose(
            reply ->
                reply.is(Errors.NO_MEETING)
                    ? Future.succeededFuture(new JsonObject())
                    : api.good(reply, false))
        .compose(
            json -> {
              for (JsonObject meeting : Loose.objects(json, "meeting_info_list", 1)) {
                Room room = room(meeting);
                boolean cancelled = Loose.text(meeting, "status").equals("MEETING_STATE_CANCELLED");
                if (room != null
                    && !cancelled
                    && Loose.text(meeting, "location").equals(mark(plan))) {
                  return Future.succeededFuture(room);
                }
              }
              return look(plan, ids, index + 1);
            });
  }

  /** A room of what the API says of a meeting, or null where it lacks what a room must have. */
  static @Nullable Room room(JsonObject meeting) {
    String id = Loose.text(meeting, "meeting_id");
    String code = Loose.text(meeting, "meeting_code");
    String url = Loose.text(meeting, "join_url");
    if (!id.matches("[0-9A-Za-z_-]{1,64}") || !url.matches("https?://\\S{1,1000}")) {
      return null;
    }
    return new Room(
        id, code.isEmpty() ? null : spaced(code), new JsonObject().put("join_url", url));
  }

  /** Nine digits in threes, as the platform's own programs show them. */
  private static String spaced(String code) {
    return code.matches("\\d{9}")
        ? code.substring(0, 3) + " " + code.substring(3, 6) + " " + code.substring(6)
        : code.substring(0, Math.min(code.length(), 32));
  }
}
