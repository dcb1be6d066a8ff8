package chat.plenary.messaging.gateway;

import chat.plenary.messaging.content.Bson;
import chat.plenary.messaging.conversation.Access;
import chat.plenary.messaging.conversation.Inbox;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.log.Entry;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Conversations in the form of the protocol, as a member sees them. */
final class ConversationJson {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private ConversationJson() {}

  static JsonObject of(Inbox.Row row, AccountId member) {
    Access.View view = row.view();
    boolean group = view.state().id().isGroup();
    JsonObject json =
        new JsonObject()
            .put("id", view.state().id().value())
            .put("kind", group ? "group" : "direct");
    if (group) {
      json.put("name", view.state().name());
    } else {
      json.put("with", String.valueOf(view.state().other(member)));
    }
    return json.put("members", view.state().size())
        .put("role", view.member().current() ? view.member().role().text() : null)
        .put("history", view.state().history())
        .put("head", head(view))
        .put("from", view.from())
        .put("position", new JsonObject().put("seq", row.position()).put("m", row.positionM()))
        .put("unread", row.unread())
        .put("mentions", new JsonArray(row.mentions()))
        .put("last", last(row.last()));
  }

  static JsonObject head(Access.View view) {
    return new JsonObject().put("seq", view.upTo()).put("m", view.state().m());
  }

  /** RFC 3339 in UTC, always with milliseconds. */
  static String time(Instant at) {
    return TIME.format(at);
  }

  private static @Nullable JsonObject last(@Nullable Entry entry) {
    if (entry == null) {
      return null;
    }
    var body = entry.body();
    return new JsonObject()
        .put("seq", entry.seq())
        .put("kind", entry.kind())
        .put("sender", entry.sender().value())
        .put("at", time(entry.at()))
        .put("body", body == null ? null : Bson.json(body));
  }
}
