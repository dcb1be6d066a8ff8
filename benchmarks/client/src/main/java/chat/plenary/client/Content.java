package chat.plenary.client;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an entry says, by its kind. */
public sealed interface Content {
  /** {@code conversation.created}. A direct conversation has no name. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Created(String kind, @Nullable String name, List<String> members, boolean history)
      implements Content {}

  /** {@code conversation.changed}: what changed; null is as it was. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Changed(@Nullable String name, @Nullable Boolean history) implements Content {}

  /** {@code members.changed}. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record MembersChanged(@Nullable List<String> add, @Nullable List<String> remove)
      implements Content {}

  /** {@code message.posted}; the body is null when it was recalled. */
  record Posted(@Nullable Body body) implements Content {}

  /** {@code message.edited}; the body is null when the message was recalled. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Edited(long target, @Nullable Body body) implements Content {}

  /** {@code message.recalled}. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Recalled(long target) implements Content {}

  /** A kind that this client is too old to show. */
  record Other(String kind, @Nullable JsonNode body) implements Content {}

  /** Reads the body of an entry of a kind. */
  static Content of(String kind, @Nullable JsonNode body) {
    if (body == null || body.isNull()) {
      return kind.equals("message.posted") ? new Posted(null) : new Other(kind, null);
    }
    try {
      return switch (kind) {
        case "message.posted" -> new Posted(Json.read(body, Body.class));
        case "conversation.created" -> Json.read(body, Created.class);
        case "conversation.changed" -> Json.read(body, Changed.class);
        case "members.changed" -> Json.read(body, MembersChanged.class);
        case "message.edited" -> Json.read(body, Edited.class);
        case "message.recalled" -> Json.read(body, Recalled.class);
        default -> new Other(kind, body);
      };
    } catch (IllegalArgumentException unreadable) {
      return new Other(kind, body);
    }
  }
}
