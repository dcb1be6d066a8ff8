package chat.plenary.messaging.message;

import chat.plenary.messaging.content.Bson;
import chat.plenary.messaging.conversation.Kinds;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.log.Entry;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * An entry as it is shown: with what happened to it since.
 *
 * @param entry the entry
 * @param body what it says now; null when it was recalled
 * @param edit its last edit, or null
 * @param recall its recall, or null
 */
public record EntryView(
    Entry entry, @Nullable BsonDocument body, @Nullable Edit edit, @Nullable Recall recall) {

  /**
   * An edit.
   *
   * @param seq the entry that edited
   * @param at when
   */
  public record Edit(long seq, Instant at) {}

  /**
   * A recall.
   *
   * @param seq the entry that recalled
   * @param by who did
   * @param at when
   */
  public record Recall(long seq, AccountId by, Instant at) {}

  /** An entry to which nothing happened. */
  public static EntryView of(Entry entry) {
    return new EntryView(entry, entry.body(), null, null);
  }

  EntryView edited(long seq, Instant at, BsonDocument newBody) {
    return recall != null ? this : new EntryView(entry, newBody, new Edit(seq, at), null);
  }

  EntryView recalled(long seq, AccountId by, Instant at) {
    return recall != null ? this : new EntryView(entry, null, null, new Recall(seq, by, at));
  }

  /** The form in the protocol. */
  public JsonObject toJson() {
    JsonObject json =
        new JsonObject()
            .put("conversation", entry.conversation().value())
            .put("seq", entry.seq())
            .put("m", entry.m())
            .put("kind", entry.kind())
            .put("version", entry.version())
            .put("sender", entry.sender().value())
            .put("ref", entry.ref())
            .put("at", time(entry.at()))
            .put("body", body == null ? null : shown(entry.kind(), body));
    if (edit != null) {
      json.put("edited", new JsonObject().put("seq", edit.seq()).put("at", time(edit.at())));
    }
    if (recall != null) {
      json.put(
          "recalled",
          new JsonObject()
              .put("seq", recall.seq())
              .put("by", recall.by().value())
              .put("at", time(recall.at())));
    }
    return json;
  }

  /**
   * What a body says to others: that a bot may replace a card at any time is the log's own affair.
   */
  private static JsonObject shown(String kind, BsonDocument body) {
    JsonObject json = Bson.json(body);
    if (kind.equals(Kinds.EDITED)) {
      json.remove("card");
    }
    return json;
  }

  /** RFC 3339 in UTC, always with milliseconds. */
  private static String time(Instant at) {
    String text = Instant.ofEpochMilli(at.toEpochMilli()).toString();
    return text.length() == "2026-11-24T09:30:00Z".length()
        ? text.substring(0, text.length() - 1) + ".000Z"
        : text;
  }
}
