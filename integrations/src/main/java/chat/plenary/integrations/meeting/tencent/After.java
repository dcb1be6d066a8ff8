package chat.plenary.integrations.meeting.tencent;

import chat.plenary.integrations.meeting.wire.Loose;
import chat.plenary.integrations.meeting.wire.Query;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.meeting.Aftermath;
import chat.plenary.messaging.meeting.Aftermath.Attendance;
import chat.plenary.messaging.meeting.Aftermath.Link;
import chat.plenary.messaging.meeting.Participant;
import chat.plenary.messaging.meeting.Room;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the API knows of a meeting that is over. Who took part must be told, or it fails; recordings
 * and transcripts are often not there yet, or not bought, so what cannot be had of them is left
 * out.
 */
final class After {
  private static final int PAGE = 100;
  private static final int MAX_PAGES = 20;
  private static final int MAX_LINKS = 50;

  /** The documents say two hours of transcripts, and between minutes and hours of recordings. */
  private static final Duration TRANSCRIPT = Duration.ofHours(2);

  private static final Duration RECORDING = Duration.ofMinutes(5);
  private static final Duration WINDOW = Duration.ofDays(30);

  private final TencentOptions options;
  private final TencentApi api;
  private final StsTokens tokens;
  private final Clock clock;

  After(TencentOptions options, TencentApi api, StsTokens tokens, Clock clock) {
    this.options = options;
    this.api = api;
    this.tokens = tokens;
    this.clock = clock;
  }

  Future<Aftermath> of(Room room) {
    Future<List<Attendance>> attendance = attendance(room, 0, new ArrayList<>(), 1);
    Future<List<Link>> recordings = orNone(recordings(room));
    Future<List<Link>> transcripts = orNone(transcripts(room));
    return Future.all(attendance, recordings, transcripts)
        .map(
            v -> {
              List<Link> links = new ArrayList<>(recordings.result());
              links.addAll(transcripts.result());
              return new Aftermath(
                  attendance.result(), links.subList(0, Math.min(links.size(), MAX_LINKS)));
            });
  }

  private static Future<List<Link>> orNone(Future<List<Link>> links) {
    return links.recover(
        failure ->
            failure instanceof Fault
                ? Future.succeededFuture(List.of())
                : Future.failedFuture(failure));
  }

  private Future<List<Attendance>> attendance(
      Room room, long pos, List<Attendance> found, int page) {
    Query query = api.operator().put("pos", pos).put("size", PAGE);
    return api.ask("/v1/meetings/" + room.external() + "/participants", query, null)
        .compose(
            reply ->
                reply.is(Errors.NO_MEETING)
                    ? Future.succeededFuture(new JsonObject())
                    : api.good(reply, false))
        .compose(
            json -> {
              for (JsonObject each : Loose.objects(json, "participants", PAGE * 5)) {
                Instant joined = Loose.time(each, "join_time");
                Participant participant = participant(each);
                if (joined != null && participant != null) {
                  found.add(new Attendance(participant, joined, Loose.time(each, "left_time")));
                }
              }
              long next = Loose.number(json, "next_pos", 0);
              boolean more = Boolean.TRUE.equals(json.getValue("has_remaining")) && next > pos;
              return more && page < MAX_PAGES
                  ? attendance(room, next, found, page + 1)
                  : Future.succeededFuture(found);
            });
  }

  private @Nullable Participant participant(JsonObject json) {
    String userid = Loose.text(json, "userid", 128);
    String external =
        Loose.first(Loose.text(json, "ms_open_id", 128), userid, Loose.text(json, "open_id", 128));
    return external.isEmpty()
        ? null
        : new Participant(
            external,
            options.sameUserids() && !userid.isEmpty() ? userid : null,
            null,
            People.name(decoded(Loose.text(json, "user_name"))));
  }

  /** Names come as base64 here; one that does not is taken as it is. */
  private static String decoded(String name) {
    try {
      return new String(Base64.getDecoder().decode(name), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return name;
    }
  }

  private Future<List<Link>> recordings(Room room) {
    Query query = window(room).put("page", 1).put("page_size", 20);
    return api.get("/v1/records", query)
        .compose(
            json -> {
              List<JsonObject> files = new ArrayList<>();
              for (JsonObject record : Loose.objects(json, "record_meetings", 20)) {
                // 3: it is there; before, it is still being recorded or transcoded.
                if (Loose.number(record, "state", 0) == 3) {
                  files.addAll(Loose.objects(record, "record_files", 20));
                }
              }
              return tokens.token().compose(token -> files(files, token, 0, new ArrayList<>()));
            });
  }

  private Future<List<Link>> files(
      List<JsonObject> files, @Nullable String token, int index, List<Link> links) {
    if (index >= files.size() || links.size() >= 10) {
      return Future.succeededFuture(links);
    }
    JsonObject file = files.get(index);
    String shared = Loose.text(file, "sharing_url");
    Future<Void> one =
        shared.isEmpty()
            ? address(Loose.text(file, "record_file_id"), token)
                .map(
                    url -> {
                      add(links, "recording", "Recording", url, RECORDING);
                      return null;
                    })
            : Future.succeededFuture();
    if (!shared.isEmpty()) {
      add(links, "recording", "Recording", shared, null);
    }
    return one.compose(v -> files(files, token, index + 1, links));
  }

  /** Where one file is; with new applications only a token that comes by webhook opens it. */
  private Future<String> address(String file, @Nullable String token) {
    if (!file.matches("[0-9A-Za-z_-]{1,64}")) {
      return Future.succeededFuture("");
    }
    return api.ask("/v1/addresses/" + file, api.operator(), token)
        .compose(reply -> api.good(reply, false))
        .map(
            json ->
                Loose.first(
                    Loose.text(json, "view_address"), Loose.text(json, "download_address")));
  }

  private Future<List<Link>> transcripts(Room room) {
    return api.get("/v1/asr/details", window(room).put("file_type", 0).put("show_bilingual", 1))
        .map(
            json -> {
              List<Link> links = new ArrayList<>();
              if (json.getValue("download_url") instanceof JsonArray urls) {
                for (Object url : urls) {
                  add(links, "transcript", "Transcript", String.valueOf(url), TRANSCRIPT);
                }
              }
              return links;
            });
  }

  private Query window(Room room) {
    Instant now = clock.instant();
    Instant start = Instant.ofEpochSecond(Loose.number(room.details(), "start", 0));
    Instant from = start.isBefore(now.minus(WINDOW)) ? now.minus(WINDOW) : start;
    return api.operator()
        .put("meeting_id", room.external())
        .put("start_time", from.minusSeconds(3_600).getEpochSecond())
        .put("end_time", now.getEpochSecond());
  }

  private void add(
      List<Link> links, String kind, String title, String url, @Nullable Duration good) {
    if (url.matches("https?://\\S{1,2000}") && links.size() < MAX_LINKS) {
      try {
        links.add(
            new Link(kind, title, new URI(url), good == null ? null : clock.instant().plus(good)));
      } catch (URISyntaxException e) {
        // An address that is none is no link.
      }
    }
  }
}
