package chat.plenary.simulator.meeting;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** The calls of the REST API, after the {@link Gate}. */
final class Api {
  private static final int PAGE = 20;

  private final SimulatorOptions options;
  private final Platform platform;
  private final String base;

  Api(SimulatorOptions options, Platform platform, String base) {
    this.options = options;
    this.platform = platform;
    this.base = base;
  }

  /** Does what is asked; null is an empty body. */
  JsonObject answer(HttpServerRequest request, Buffer body) {
    String path = request.path();
    boolean get = request.method().equals(HttpMethod.GET);
    String[] parts = path.split("/", -1);
    if (path.equals("/v1/meetings")) {
      return get ? list(request) : create(json(body));
    }
    if (path.equals("/v1/asr/push-status")) {
      return push(json(body));
    }
    if (path.equals("/v1/asr/details")) {
      return transcript(request);
    }
    if (path.equals("/v1/records")) {
      return records(request);
    }
    if (path.startsWith("/v1/addresses/") && parts.length == 4) {
      return address(request, parts[3]);
    }
    if (path.startsWith("/v1/real-control/meetings/") && parts.length == 6) {
      return control(platform.get(parts[4]), parts[5], json(body));
    }
    if (path.startsWith("/v1/meetings/") && parts.length >= 4) {
      return one(request, platform.get(parts[3]), parts.length > 4 ? parts[4] : "", body);
    }
    throw new Refusal(404, 10001, "no such call");
  }

  private JsonObject one(HttpServerRequest request, Meeting meeting, String what, Buffer body) {
    return switch (request.method().name() + " " + what) {
      case "GET " -> {
        operator(request);
        yield list(List.of(meeting.queried()));
      }
      case "PUT " -> {
        platform.change(meeting, json(body));
        JsonObject told =
            new JsonObject().put("meeting_id", meeting.id).put("meeting_code", meeting.code);
        yield list(List.of(told));
      }
      case "POST cancel" -> {
        required(json(body), "userid", "instanceid", "reason_code");
        platform.cancel(meeting);
        yield new JsonObject();
      }
      case "POST dismiss" -> {
        required(json(body), "operator_id", "operator_id_type", "instanceid", "reason_code");
        platform.dismiss(meeting);
        yield new JsonObject();
      }
      case "GET participants" -> participants(request, meeting);
      case "GET real-time-participants" ->
          participants(request, meeting).put("status", "MEETING_STATE_" + meeting.state);
      default -> throw new Refusal(404, 10001, "no such call");
    };
  }

  private JsonObject create(JsonObject asked) {
    required(asked, "userid", "instanceid", "subject", "type", "start_time", "end_time");
    if (!asked.getString("userid").equals(options.userid())) {
      throw new Refusal(500, 20001, "the user does not exist");
    }
    for (String name : List.of("start_time", "end_time")) {
      if (!(asked.getValue(name) instanceof String text) || !text.matches("\\d{10}")) {
        throw new Refusal(400, 190004, name + " must be a text of seconds");
      }
    }
    if (asked.getString("subject").contains("forbidden")) {
      throw new Refusal(500, 9093, "the subject holds sensitive words");
    }
    return list(List.of(platform.create(asked).info()));
  }

  private JsonObject list(HttpServerRequest request) {
    operator(request);
    String code = request.getParam("meeting_code");
    if (code != null) {
      return list(
          platform.all().stream()
              .filter(each -> each.code.equals(code))
              .map(Meeting::queried)
              .findFirst()
              .map(List::of)
              .orElseThrow(() -> new Refusal(500, 9003, "the meeting does not exist")));
    }
    String pos = request.getParam("pos");
    int from = pos == null ? 0 : Integer.parseInt(pos);
    List<JsonObject> open = new ArrayList<>();
    for (Meeting each : platform.all()) {
      if (each.state == Meeting.State.INIT || each.state == Meeting.State.STARTED) {
        // A list does not name the place of a meeting; only a query of one does.
        JsonObject info = each.queried();
        info.remove("location");
        open.add(info);
      }
    }
    int to = Math.min(open.size(), from + PAGE);
    JsonObject answer = list(open.subList(Math.min(from, to), to));
    int remaining = open.size() - to;
    return answer.put("remaining", remaining).put("next_pos", to).put("next_cursory", PAGE);
  }

  private static JsonObject list(List<JsonObject> meetings) {
    return new JsonObject()
        .put("meeting_number", meetings.size())
        .put("meeting_info_list", new JsonArray(new ArrayList<>(meetings)));
  }

  private static JsonObject participants(HttpServerRequest request, Meeting meeting) {
    String pos = request.getParam("pos");
    String size = request.getParam("size");
    int from = pos == null ? 0 : Integer.parseInt(pos);
    // Small pages, so that a client that reads only the first is found out.
    int count = Math.min(PAGE, size == null ? PAGE : Integer.parseInt(size));
    JsonArray page = meeting.participants(from, count);
    int next = from + page.size();
    return new JsonObject()
        .put("meeting_id", meeting.id)
        .put("meeting_code", meeting.code)
        .put("participants", page)
        .put("has_remaining", next < meeting.stays.size())
        .put("next_pos", next)
        .put("total_count", meeting.stays.size());
  }

  private JsonObject push(JsonObject asked) {
    required(asked, "meeting_id", "operator_id", "operator_id_type", "is_open");
    Meeting meeting = platform.get(asked.getString("meeting_id"));
    meeting.pushed = asked.getBoolean("is_open");
    return new JsonObject();
  }

  private static JsonObject control(Meeting meeting, String what, JsonObject asked) {
    required(asked, "operator_id", "operator_id_type", "instance_id", "is_open");
    if (!what.equals("asr") || meeting.state != Meeting.State.STARTED) {
      throw new Refusal(500, 9042, "not possible in this meeting now");
    }
    return new JsonObject();
  }

  private JsonObject records(HttpServerRequest request) {
    operator(request);
    Meeting meeting = platform.get(String.valueOf(request.getParam("meeting_id")));
    JsonArray all = new JsonArray();
    if (meeting.state == Meeting.State.ENDED) {
      all.add(
          new JsonObject()
              .put("meeting_record_id", "2" + meeting.id)
              .put("meeting_id", meeting.id)
              .put("state", 3)
              .put(
                  "record_files",
                  new JsonArray()
                      .add(
                          new JsonObject()
                              .put("record_file_id", "1" + meeting.id)
                              .put("sharing_state", 0))));
    }
    return new JsonObject()
        .put("total_count", all.size())
        .put("current_page", 1)
        .put("total_page", 1)
        .put("record_meetings", all);
  }

  private JsonObject address(HttpServerRequest request, String file) {
    operator(request);
    if (!platform.opens(request.getHeader("STS-Token"))) {
      platform.giveToken();
      throw new Refusal(500, 190303, "an STS token is needed: it was sent to the webhook");
    }
    return new JsonObject()
        .put("record_file_id", file)
        .put("view_address", base + "/recordings/" + file);
  }

  private JsonObject transcript(HttpServerRequest request) {
    operator(request);
    Meeting meeting = platform.get(String.valueOf(request.getParam("meeting_id")));
    JsonArray urls = new JsonArray();
    if (meeting.state == Meeting.State.ENDED && !meeting.said.isEmpty()) {
      urls.add(base + "/transcripts/" + meeting.joinUrl.replaceAll(".*/", ""));
    }
    return new JsonObject().put("download_url", urls);
  }

  private void operator(HttpServerRequest request) {
    String operator = request.getParam("operator_id");
    String who = operator == null ? request.getParam("userid") : operator;
    if (!options.userid().equals(who)) {
      throw new Refusal(500, 9042, "this user may not see that");
    }
  }

  private static JsonObject json(Buffer body) {
    try {
      return new JsonObject(body);
    } catch (DecodeException | ClassCastException e) {
      throw new Refusal(400, 10001, "the body is no JSON object");
    }
  }

  private static void required(JsonObject json, String... names) {
    for (String name : names) {
      if (json.getValue(name) == null) {
        throw new Refusal(400, 190004, "missing " + name);
      }
    }
  }
}
