package chat.plenary.messaging.conversation;

import chat.plenary.messaging.content.Bson;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.log.Entry;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/** A conversation in the form of the protocol, as one member sees it; the only place that knows. */
public final class ConversationJson {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private ConversationJson() {}

  /**
   * A row of the inbox. Of one that the member was removed from, nothing is told that came after:
   * neither its name nor its members.
   */
  public static JsonObject of(Inbox.Row row, AccountId member) {
    Access.View view = row.view();
    boolean current = view.member().current();
    boolean group = view.state().id().isGroup();
    JsonObject json =
        new JsonObject()
            .put("id", view.state().id().value())
            .put("kind", group ? "group" : "direct");
    if (!group) {
      json.put("with", String.valueOf(view.state().other(member)));
    } else if (current) {
      json.put("name", view.state().name());
    }
    if (current) {
      json.put("members", view.state().size())
          .put("role", view.member().role().text())
          .put("history", view.state().history())
          .put("languages", new JsonArray(view.state().speaking().languages()))
          .put("translation", view.state().speaking().translation().text());
    } else {
      json.put("members", 0).putNull("role").put("history", view.state().history());
    }
    Entry last = row.last();
    return json.put("head", new JsonObject().put("seq", view.upTo()).put("m", row.m()))
        .put("from", view.from())
        .put("position", new JsonObject().put("seq", row.position()).put("m", row.positionM()))
        .put("unread", row.unread())
        .put("mentions", new JsonArray(row.mentions()))
        .put("last", last(last));
  }

  /** RFC 3339 in UTC, always with milliseconds. */
  public static String time(Instant at) {
    return TIME.format(at);
  }

  /**
   * What an entry says, as it is shown; null where it says nothing any more. That a bot may replace
   * a card at any time is the log's own affair.
   */
  public static @Nullable JsonObject body(String kind, @Nullable BsonDocument body) {
    if (body == null) {
      return null;
    }
    JsonObject json = Bson.json(body);
    if (kind.equals(Kinds.EDITED)) {
      json.remove("card");
    }
    return json;
  }

  private static @Nullable JsonObject last(@Nullable Entry entry) {
    if (entry == null) {
      return null;
    }
    return new JsonObject()
        .put("seq", entry.seq())
        .put("kind", entry.kind())
        .put("sender", entry.sender().value())
        .put("at", time(entry.at()))
        .put("body", body(entry.kind(), entry.body()));
  }
}
