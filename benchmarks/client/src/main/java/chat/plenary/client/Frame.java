package chat.plenary.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a server sends over a live connection. */
public sealed interface Frame {
  /** The connection is signed in. {@code heartbeat} is in seconds, {@code inFlight} in frames. */
  record Welcome(String account, String session, int heartbeat, int bodyBytes, int inFlight)
      implements Frame {}

  /** A conversation that changed since the cursor. */
  record Changed(Sync.Changed changed) implements Frame {}

  /** All that changed was told; from now on entries come as they are made. */
  record Current(@Nullable String cursor) implements Frame {}

  /** A new entry. */
  record Appended(Entry entry) implements Frame {}

  /** All before it on this connection need not be sent again. */
  record Cursor(String cursor) implements Frame {}

  /** What was sent under a ref is in the conversation. */
  record Done(Accepted accepted) implements Frame {}

  /** What was sent under a ref is not in the conversation. */
  record Refused(@Nullable String conversation, String ref, Problem problem) implements Frame {}

  /** It is not known whether what was sent under a ref is in the conversation. */
  record Unknown(@Nullable String conversation, String ref) implements Frame {}

  /** The answer to a ping. */
  record Pong() implements Frame {}

  /** One's own reading position moved on another device. */
  record Position(String conversation, long seq, long m) implements Frame {}

  /** How many have read a message that is watched. */
  record Receipts(String conversation, long seq, long read, long unread) implements Frame {}

  /** Somebody types. */
  record Typing(String conversation, String account) implements Frame {}

  /** One's view of a card changed. */
  record Card(String conversation, long seq) implements Frame {}

  /** A survey's results changed. */
  record Results(String survey) implements Frame {}

  /** A frame was not understood. */
  record Wrong(Problem problem) implements Frame {}

  /** The server ends the connection. */
  record Bye(String reason, @Nullable String detail) implements Frame {}

  /** A frame that this client is too old for. */
  record Other(String type, JsonNode frame) implements Frame {}

  /** Reads a frame. Throws IllegalArgumentException where it is not one. */
  static Frame read(String text) {
    JsonNode frame = Json.parse(text);
    String type = frame.path("type").asText();
    String conversation = frame.path("conversation").asText();
    return switch (type) {
      case "entry" -> new Appended(Json.read(frame.path("entry"), Entry.class));
      case "accepted" -> new Done(Json.read(frame, Accepted.class));
      case "refused" ->
          new Refused(
              conversation,
              frame.path("ref").asText(),
              Json.read(frame.path("problem"), Problem.class));
      case "unknown" -> new Unknown(conversation, frame.path("ref").asText());
      case "cursor" -> new Cursor(frame.path("cursor").asText());
      case "welcome" ->
          new Welcome(
              frame.path("account").asText(),
              frame.path("session").asText(),
              frame.path("heartbeat").asInt(30),
              frame.path("limits").path("body").asInt(16_384),
              frame.path("limits").path("inFlight").asInt(64));
      case "conversation" -> new Changed(changed(frame));
      case "live" -> new Current(frame.path("cursor").asText(null));
      case "pong" -> new Pong();
      case "position" ->
          new Position(conversation, frame.path("seq").asLong(), frame.path("m").asLong());
      case "receipts" ->
          new Receipts(
              conversation,
              frame.path("seq").asLong(),
              frame.path("read").asLong(),
              frame.path("unread").asLong());
      case "typing" -> new Typing(conversation, frame.path("account").asText());
      case "card" -> new Card(conversation, frame.path("seq").asLong());
      case "results" -> new Results(frame.path("survey").asText());
      case "problem" -> new Wrong(Json.read(frame.path("problem"), Problem.class));
      case "bye" -> new Bye(frame.path("reason").asText(), frame.path("detail").asText(null));
      default -> new Other(type, frame);
    };
  }

  private static Sync.Changed changed(JsonNode frame) {
    List<Entry> entries = new ArrayList<>();
    frame.path("entries").forEach(entry -> entries.add(Json.read(entry, Entry.class)));
    return new Sync.Changed(
        Json.read(frame.path("conversation"), Conversation.class),
        entries,
        frame.path("complete").asBoolean(true));
  }
}
