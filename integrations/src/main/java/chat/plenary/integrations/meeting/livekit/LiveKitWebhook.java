package chat.plenary.integrations.meeting.livekit;

import chat.plenary.integrations.meeting.wire.Loose;
import chat.plenary.integrations.meeting.wire.Names;
import chat.plenary.integrations.meeting.wire.Signing;
import chat.plenary.integrations.meeting.wire.Tokens;
import chat.plenary.integrations.meeting.wire.Webhook;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.http.Request;
import chat.plenary.messaging.http.Response;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.meeting.MeetingEvent;
import chat.plenary.messaging.meeting.Participant;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** Webhooks of LiveKit: each bears a token with the hash of its body. */
public final class LiveKitWebhook implements Webhook {
  private final LiveKitOptions options;
  private final Clock clock;

  /** Webhooks that are signed with the API's key. */
  public LiveKitWebhook(LiveKitOptions options, Clock clock) {
    this.options = options;
    this.clock = clock;
  }

  @Override
  public Response check(Request request) {
    throw Fault.notFound("page");
  }

  @Override
  public Notice read(Request request) {
    byte[] bytes = request.bytes().getBytes();
    String token = String.valueOf(request.header("authorization")).replaceFirst("^Bearer ", "");
    JsonObject claims = Tokens.verify(token, options.apiSecret(), clock.instant());
    String hash = Names.base64(Signing.hash("SHA-256", bytes));
    if (claims == null
        || !options.apiKey().equals(claims.getValue("iss"))
        || !Signing.same(hash, Loose.text(claims, "sha256"))) {
      throw Fault.of(Fault.Code.UNAUTHENTICATED, "The signature is not right.");
    }
    JsonObject told;
    try {
      told = request.bytes().toJsonObject();
    } catch (DecodeException | ClassCastException e) {
      throw Fault.invalid("body", "This must be a JSON object.");
    }
    return new Notice(Loose.first(Loose.text(told, "id", 128), hash), events(told), "");
  }

  private List<MeetingEvent> events(JsonObject told) {
    String room = Loose.text(Loose.object(told, "room"), "name", 128);
    Instant created = Loose.time(told, "createdAt");
    Instant at = created == null ? clock.instant() : created;
    if (room.isEmpty()) {
      return List.of();
    }
    JsonObject participant = Loose.object(told, "participant");
    return switch (Loose.text(told, "event")) {
      case "room_started" -> List.of(new MeetingEvent.Started(room, at));
      // A room is closed when it was empty for a while; the next who comes opens it again.
      case "room_finished" -> List.of(new MeetingEvent.Ended(room, at, true));
      case "participant_joined" -> List.of(new MeetingEvent.Joined(room, at, who(participant)));
      case "participant_left" -> List.of(new MeetingEvent.Left(room, at, who(participant)));
      default -> List.of();
    };
  }

  private static Participant who(JsonObject json) {
    String identity = Loose.text(json, "identity", 128);
    String name = Loose.first(Loose.text(json, "name", 100), identity, "Guest");
    String external = Loose.first(Loose.text(json, "sid", 128), identity, "unknown");
    return new Participant(
        external, null, AccountId.isValid(identity) ? new AccountId(identity) : null, name);
  }

  @Override
  public Response taken() {
    return Response.empty();
  }
}
