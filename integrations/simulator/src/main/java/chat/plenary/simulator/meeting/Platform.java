package chat.plenary.simulator.meeting;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.security.SecureRandom;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The meetings of the platform, who is in them, and what is said there. */
final class Platform {
  private static final int MOST_MEETINGS = 10_000;

  private final Vertx vertx;
  private final SimulatorOptions options;
  private final Sender sender;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Meeting> meetings = new LinkedHashMap<>();
  private String base = "";
  private YearMonth month = YearMonth.of(1970, 1);
  private int creates;
  private int guests;
  private String stsToken = "";

  Platform(Vertx vertx, SimulatorOptions options, Sender sender) {
    this.vertx = vertx;
    this.options = options;
    this.sender = sender;
  }

  void base(String url) {
    base = url;
  }

  private long now() {
    return options.clock().millis();
  }

  synchronized List<Meeting> all() {
    return List.copyOf(meetings.values());
  }

  synchronized Meeting get(String id) {
    Meeting meeting = meetings.get(id);
    if (meeting == null) {
      throw new Refusal(500, 9003, "the meeting does not exist");
    }
    return meeting;
  }

  synchronized @Nullable Meeting joined(String name) {
    String url = base + "/dm/" + name;
    return meetings.values().stream()
        .filter(each -> each.joinUrl.equals(url))
        .findFirst()
        .orElse(null);
  }

  synchronized Meeting create(JsonObject asked) {
    YearMonth current = YearMonth.from(options.clock().instant().atZone(ZoneOffset.UTC));
    if (!current.equals(month)) {
      month = current;
      creates = 0;
    }
    if (creates >= options.createsPerMonth() || meetings.size() >= MOST_MEETINGS) {
      throw new Refusal(
          500, 500168, "the enterprise has used up its meetings of this month made by API");
    }
    creates++;
    String id = "6" + digits(18);
    byte[] bytes = new byte[8];
    random.nextBytes(bytes);
    String url = base + "/dm/" + HexFormat.of().formatHex(bytes);
    Meeting meeting = new Meeting(id, "5" + digits(8), url, asked);
    meetings.put(id, meeting);
    tell("meeting.created", meeting, new JsonObject());
    return meeting;
  }

  private String digits(int count) {
    StringBuilder digits = new StringBuilder();
    for (int i = 0; i < count; i++) {
      digits.append(random.nextInt(10));
    }
    return digits.toString();
  }

  synchronized void change(Meeting meeting, JsonObject asked) {
    if (meeting.state != Meeting.State.INIT && meeting.state != Meeting.State.STARTED) {
      throw new Refusal(500, 9102, "the meeting cannot be modified any more");
    }
    meeting.asked.mergeIn(asked);
    tell("meeting.updated", meeting, new JsonObject());
  }

  synchronized void cancel(Meeting meeting) {
    if (meeting.state != Meeting.State.INIT) {
      throw new Refusal(500, 9102, "only a meeting that has not begun can be cancelled");
    }
    meeting.state = Meeting.State.CANCELLED;
    tell("meeting.canceled", meeting, new JsonObject());
  }

  synchronized void dismiss(Meeting meeting) {
    if (meeting.state != Meeting.State.STARTED) {
      throw new Refusal(500, 9102, "the meeting is not going on");
    }
    meeting.dismissed = true;
    for (Meeting.Stay each : List.copyOf(meeting.stays)) {
      if (each.left == 0) {
        each.left = now();
        tell("meeting.participant-left", meeting, new JsonObject().put("operator", each.person()));
      }
    }
    end(meeting, 0);
  }

  private void end(Meeting meeting, int type) {
    meeting.state = Meeting.State.ENDED;
    JsonObject more = new JsonObject().put("meeting_end_type", type);
    tell("meeting.end", meeting, more);
    if (type == 0) {
      // The platform tells some ends twice, in two ways.
      tell("meeting.end", meeting, new JsonObject().put("meeting_end_type", 1));
      tell("recording.completed", meeting, new JsonObject().put("recording_files", files(meeting)));
    }
  }

  private static JsonArray files(Meeting meeting) {
    return new JsonArray().add(new JsonObject().put("record_file_id", "1" + meeting.id));
  }

  /** Somebody opens the meeting's page; who they are there. */
  synchronized Meeting.Stay join(Meeting meeting, String userid, String name) {
    if (meeting.state == Meeting.State.CANCELLED || meeting.dismissed) {
      throw new Refusal(410, 9003, "the meeting is over");
    }
    guests += name.isBlank() ? 1 : 0;
    String called = name.isBlank() ? "Guest " + guests : name;
    Meeting.Stay stay = new Meeting.Stay("ms_" + digits(12), userid, called, now());
    boolean first = meeting.state != Meeting.State.STARTED;
    if (first) {
      meeting.state = Meeting.State.STARTED;
      tell("meeting.started", meeting, new JsonObject().put("operator", stay.person()));
    }
    meeting.stays.add(stay);
    tell("meeting.participant-joined", meeting, new JsonObject().put("operator", stay.person()));
    if (!meeting.scripted && !options.script().isEmpty()) {
      meeting.scripted = true;
      speak(meeting, 0);
    }
    return stay;
  }

  /** Somebody goes; when nobody is left before the planned end, it is over but may go on. */
  synchronized void leave(Meeting meeting, String who) {
    Meeting.Stay stay = meeting.stay(who);
    if (stay == null) {
      return;
    }
    stay.left = now();
    tell("meeting.participant-left", meeting, new JsonObject().put("operator", stay.person()));
    if (meeting.state == Meeting.State.STARTED && meeting.present() == 0) {
      long planned = Long.parseLong(meeting.asked.getString("end_time")) * 1_000;
      end(meeting, now() < planned ? 3 : 2);
    }
  }

  /** Says the script, sentence by sentence, for as long as somebody is in. */
  private void speak(Meeting meeting, int index) {
    if (index >= options.script().size()) {
      return;
    }
    ScriptLine line = options.script().get(index);
    vertx.setTimer(
        Math.max(1, line.afterMillis()),
        id -> {
          synchronized (this) {
            if (meeting.state != Meeting.State.STARTED) {
              meeting.scripted = false;
              return;
            }
            say(meeting, index, line, line.text());
            if (!line.corrected().isEmpty()) {
              vertx.setTimer(1_000, again -> say(meeting, index, line, line.corrected()));
            }
          }
          speak(meeting, index + 1);
        });
  }

  private synchronized void say(Meeting meeting, int index, ScriptLine line, String text) {
    JsonArray translate = new JsonArray();
    line.translations()
        .forEach(
            (language, translated) ->
                translate.add(new JsonObject().put("text", translated).put("language", language)));
    JsonObject speaker =
        new JsonObject()
            .put("nickname", line.name())
            .put(
                "ms_open_id",
                "ms_script_" + line.name().toLowerCase(Locale.ROOT).replace(' ', '_'));
    if (!line.userid().isEmpty()) {
      speaker.put("userid", line.userid());
    }
    JsonObject sentence =
        new JsonObject()
            .put("speaker", speaker)
            .put("speech_time", now())
            .put("sid", meeting.id.substring(10) + "-" + (index + 1))
            .put(
                "content",
                new JsonObject()
                    .put("text", text)
                    .put("language", line.language())
                    .put("translate", translate));
    meeting.said.add(line.name() + ": " + text);
    if (meeting.pushed) {
      tell(
          "meeting.asr-push",
          meeting,
          new JsonObject().put("asr_content", new JsonArray().add(sentence)));
    }
  }

  /** A token for recordings is asked for; it comes by webhook, never in an answer. */
  synchronized void giveToken() {
    stsToken = "STS" + digits(20);
    JsonObject info =
        new JsonObject()
            .put("req_id", digits(10))
            .put("sts_token", stsToken)
            .put("expire_ts", now() / 1_000 + 600);
    sender.tell("common.sts-token", new JsonObject().put("token_info", info));
  }

  synchronized boolean opens(@Nullable String token) {
    return !stsToken.isEmpty() && stsToken.equals(token);
  }

  private void tell(String event, Meeting meeting, JsonObject more) {
    JsonObject payload =
        new JsonObject().put("operate_time", now()).put("meeting_info", meeting.told());
    sender.tell(event, payload.mergeIn(more));
  }
}
