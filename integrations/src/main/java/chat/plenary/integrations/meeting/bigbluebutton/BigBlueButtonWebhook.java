package chat.plenary.integrations.meeting.bigbluebutton;

import chat.plenary.integrations.meeting.wire.Loose;
import chat.plenary.integrations.meeting.wire.Signing;
import chat.plenary.integrations.meeting.wire.Webhook;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.http.Request;
import chat.plenary.messaging.http.Response;
import chat.plenary.messaging.meeting.MeetingEvent;
import chat.plenary.messaging.meeting.Participant;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What bbb-webhooks posts: a form whose {@code event} is a list of JSON objects, with a checksum in
 * the query. The checksum is over the body as the documents say; programs of that name also make it
 * over the form's members as JSON: either is taken.
 */
public final class BigBlueButtonWebhook implements Webhook {
  private static final int MAX_EVENTS = 100;

  private final BigBlueButtonOptions options;
  private final Clock clock;

  /** Hooks that are signed with the shared secret. */
  public BigBlueButtonWebhook(BigBlueButtonOptions options, Clock clock) {
    this.options = options;
    this.clock = clock;
  }

  @Override
  public Response check(Request request) {
    throw Fault.notFound("page");
  }

  @Override
  public Notice read(Request request) {
    String body = request.bytes().toString(StandardCharsets.UTF_8);
    Map<String, String> form = form(body);
    String given = String.valueOf(request.query("checksum"));
    String members = new JsonObject(new LinkedHashMap<String, Object>(form)).encode();
    if (!Signing.same(checksum(body), given) && !Signing.same(checksum(members), given)) {
      throw Fault.of(Fault.Code.UNAUTHENTICATED, "The checksum is not right.");
    }
    List<MeetingEvent> events = new ArrayList<>();
    try {
      JsonArray told = new JsonArray(form.getOrDefault("event", "[]"));
      for (int i = 0; i < Math.min(told.size(), MAX_EVENTS); i++) {
        if (told.getValue(i) instanceof JsonObject each) {
          add(events, Loose.object(each, "data"));
        }
      }
    } catch (DecodeException e) {
      throw Fault.invalid("event", "This must be a list of JSON objects.");
    }
    // It names no id; the same body is the same.
    return new Notice(Signing.hex(Signing.hash("SHA-256", Signing.bytes(body))), events, "");
  }

  private String checksum(String body) {
    byte[] content = Signing.bytes(options.callback() + body + options.secret());
    return Signing.hex(Signing.hash(options.checksum().algorithm(), content));
  }

  private static Map<String, String> form(String body) {
    Map<String, String> form = new LinkedHashMap<>();
    for (String part : body.split("&")) {
      int equals = part.indexOf('=');
      if (equals > 0 && form.size() < 20) {
        form.put(decode(part.substring(0, equals)), decode(part.substring(equals + 1)));
      }
    }
    return form;
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw Fault.invalid("body", "This must be a form.");
    }
  }

  private void add(List<MeetingEvent> events, JsonObject data) {
    JsonObject attributes = Loose.object(data, "attributes");
    JsonObject meeting = Loose.object(attributes, "meeting");
    String external = Loose.text(meeting, "external-meeting-id", 128);
    Instant told = Loose.time(Loose.object(data, "event"), "ts");
    Instant at = told == null ? clock.instant() : told;
    JsonObject user = Loose.object(attributes, "user");
    if (external.isEmpty()) {
      return;
    }
    switch (Loose.text(data, "id")) {
      case "meeting-created" -> events.add(new MeetingEvent.Started(external, at));
      // Whoever clicks again makes it again.
      case "meeting-ended" -> events.add(new MeetingEvent.Ended(external, at, true));
      case "user-joined" -> events.add(new MeetingEvent.Joined(external, at, who(user)));
      case "user-left" -> events.add(new MeetingEvent.Left(external, at, who(user)));
      case "rap-publish-ended" -> events.add(new MeetingEvent.Ready(external, at));
      default -> {
        // Chat, polls, presentations: nothing that a group is told.
      }
    }
  }

  private static Participant who(JsonObject user) {
    String given = Loose.text(user, "external-user-id", 128);
    String external = Loose.first(Loose.text(user, "internal-user-id", 128), given, "unknown");
    return new Participant(
        external,
        null,
        BigBlueButton.account(given),
        Loose.first(Loose.text(user, "name", 100), "Guest"));
  }

  @Override
  public Response taken() {
    return Response.empty();
  }
}
