package chat.plenary.integrations.meeting.jitsi;

import chat.plenary.integrations.meeting.wire.NamedRooms;
import chat.plenary.integrations.meeting.wire.Names;
import chat.plenary.integrations.meeting.wire.Query;
import chat.plenary.integrations.meeting.wire.Tokens;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.meeting.Guest;
import chat.plenary.messaging.meeting.MeetingPlan;
import chat.plenary.messaging.meeting.Room;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Meetings on a Jitsi Meet server. It has no calls and tells nothing: a room is a name that is not
 * to be guessed, and a link is signed for one member, for as long as it takes to go in. On a server
 * that takes no tokens whoever has the link gets in, and nobody is a moderator by it.
 */
public final class JitsiMeet extends NamedRooms {
  private final JitsiOptions options;
  private final Clock clock;

  /** A provider. */
  public JitsiMeet(JitsiOptions options, Clock clock) {
    super(options.name(), options.title());
    this.options = options;
    this.clock = clock;
  }

  @Override
  public Set<Capability> capabilities() {
    return options.signed() ? Set.of(Capability.PERSONAL_LINKS) : Set.of();
  }

  @Override
  protected String room(MeetingPlan plan) {
    return Names.room(options.roomSecret(), plan.id());
  }

  @Override
  public Future<Void> cancel(Room room) {
    return Future.succeededFuture();
  }

  @Override
  public Future<Void> end(Room room) {
    String why = "A meeting of " + title() + " ends when everybody has left.";
    return Future.failedFuture(Fault.of(Fault.Code.INVALID, why));
  }

  @Override
  public Future<URI> link(Room room, MeetingPlan plan, Guest guest) {
    StringBuilder link = new StringBuilder();
    link.append(options.base()).append('/').append(room.external());
    if (options.signed()) {
      link.append("?jwt=").append(token(room.external(), guest));
    }
    link.append("#userInfo.displayName=").append(quoted(guest.name()));
    link.append("&config.subject=").append(quoted(plan.title()));
    if (guest.language() != null) {
      link.append("&config.defaultLanguage=").append(quoted(guest.language()));
    }
    return Future.succeededFuture(URI.create(link.toString()));
  }

  @Override
  public @Nullable Duration linkLasts() {
    return options.signed() ? Duration.ofMinutes(options.linkMinutes()) : null;
  }

  /** Values of the address are JSON. */
  private static String quoted(String value) {
    return Query.encode(io.vertx.core.json.Json.encode(value));
  }

  private String token(String room, Guest guest) {
    Instant now = clock.instant();
    // Every value of a user must be a text: the server refuses tokens with others.
    JsonObject user =
        new JsonObject()
            .put("id", guest.account().value())
            .put("name", guest.name())
            .put("moderator", Boolean.toString(guest.host()))
            .put("affiliation", guest.host() ? "owner" : "member");
    JsonObject claims =
        new JsonObject()
            .put("aud", options.appId())
            .put("iss", options.appId())
            .put("sub", options.domain())
            .put("room", room)
            .put("iat", now.getEpochSecond())
            .put("nbf", now.getEpochSecond() - 10)
            .put("exp", now.plusSeconds(options.linkMinutes() * 60L).getEpochSecond())
            .put("context", new JsonObject().put("user", user));
    return Tokens.sign(claims, options.appSecret());
  }
}
