package chat.plenary.integrations.meeting.livekit;

import chat.plenary.integrations.meeting.wire.Line;
import chat.plenary.integrations.meeting.wire.Loose;
import chat.plenary.integrations.meeting.wire.NamedRooms;
import chat.plenary.integrations.meeting.wire.Names;
import chat.plenary.integrations.meeting.wire.Query;
import chat.plenary.integrations.meeting.wire.Tokens;
import chat.plenary.integrations.outgoing.Answer;
import chat.plenary.integrations.outgoing.Call;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.meeting.Guest;
import chat.plenary.messaging.meeting.MeetingPlan;
import chat.plenary.messaging.meeting.Room;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * Meetings on a LiveKit server. A room is there as soon as somebody with a token goes in; the page
 * that takes a browser in is not LiveKit's own and is configured.
 */
public final class LiveKit extends NamedRooms {
  private final LiveKitOptions options;
  private final Line line;
  private final Clock clock;

  /** A provider. */
  public LiveKit(LiveKitOptions options, Line line, Clock clock) {
    super(options.name(), options.title());
    this.options = options;
    this.line = line;
    this.clock = clock;
  }

  @Override
  public Set<Capability> capabilities() {
    return Set.of(
        Capability.PERSONAL_LINKS, Capability.END, Capability.EVENTS, Capability.PARTICIPANTS);
  }

  @Override
  protected String room(MeetingPlan plan) {
    return Names.room(options.apiSecret(), plan.id());
  }

  @Override
  public Future<Void> cancel(Room room) {
    return end(room);
  }

  @Override
  public Future<Void> end(Room room) {
    JsonObject video = new JsonObject().put("roomCreate", true).put("roomAdmin", true);
    String token = token(new JsonObject().put("video", video.put("room", room.external())), 60);
    Call call =
        new Call(
            HttpMethod.POST,
            URI.create(options.base() + "/twirp/livekit.RoomService/DeleteRoom"),
            Map.of("Content-Type", "application/json", "Authorization", "Bearer " + token),
            new JsonObject().put("room", room.external()).toBuffer(),
            true);
    return line.send(call).compose(this::settle);
  }

  /** A room that is not there is ended. */
  private Future<Void> settle(Answer answer) {
    if (answer.status() / 100 == 2) {
      return Future.succeededFuture();
    }
    JsonObject error = answer.json();
    String code = Loose.text(error, "code");
    String said =
        ": " + Loose.words(Loose.text(error, "msg")) + " (" + Loose.first(code, "no code") + ").";
    return switch (code) {
      case "not_found" -> Future.succeededFuture();
      case "unauthenticated", "permission_denied" ->
          failed(
              Fault.of(
                  Fault.Code.FORBIDDEN, title() + " does not accept this server's key" + said));
      case "resource_exhausted" ->
          failed(Fault.tooMany(title() + " is asked too often" + said, 60));
      case "unavailable", "internal", "deadline_exceeded", "" ->
          failed(
              Fault.of(
                  Fault.Code.UNKNOWN,
                  title() + " failed and it is not known whether it was done" + said));
      default -> failed(Fault.invalid("meeting", title() + " refused this" + said));
    };
  }

  private static Future<Void> failed(Fault fault) {
    return Future.failedFuture(fault);
  }

  @Override
  public Future<URI> link(Room room, MeetingPlan plan, Guest guest) {
    JsonObject video =
        new JsonObject()
            .put("room", room.external())
            .put("roomJoin", true)
            .put("canPublish", true)
            .put("canSubscribe", true)
            .put("roomAdmin", guest.host());
    JsonObject claims =
        new JsonObject()
            .put("sub", guest.account().value())
            .put("name", guest.name())
            .put("video", video);
    String page =
        options
            .page()
            .replace("{server}", Query.encode(options.server().toString()))
            .replace("{token}", token(claims, options.linkMinutes() * 60L));
    return Future.succeededFuture(URI.create(page));
  }

  @Override
  public Duration linkLasts() {
    return Duration.ofMinutes(options.linkMinutes());
  }

  private String token(JsonObject claims, long seconds) {
    Instant now = clock.instant();
    return Tokens.sign(
        claims
            .put("iss", options.apiKey())
            .put("nbf", now.getEpochSecond() - 10)
            .put("exp", now.getEpochSecond() + seconds),
        options.apiSecret());
  }
}
