package chat.plenary.messaging.message;

import chat.plenary.messaging.conversation.ConversationJson;
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
            .put("at", ConversationJson.time(entry.at()))
            .put("body", ConversationJson.body(entry.kind(), body));
    if (edit != null) {
      json.put(
          "edited",
          new JsonObject().put("seq", edit.seq()).put("at", ConversationJson.time(edit.at())));
    }
    if (recall != null) {
      json.put(
          "recalled",
          new JsonObject()
              .put("seq", recall.seq())
              .put("by", recall.by().value())
              .put("at", ConversationJson.time(recall.at())));
    }
    return json;
  }
}
