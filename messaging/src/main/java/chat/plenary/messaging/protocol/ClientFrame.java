package chat.plenary.messaging.protocol;

import chat.plenary.messaging.content.MessageBody;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.fault.Input;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.id.Ref;
import chat.plenary.messaging.interpretation.Language;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a client sends; section 7 of the protocol. */
public sealed interface ClientFrame {
  /** Messages of one conversation that are watched at the most. */
  int MAX_WATCHED = 20;

  /** Conversations that one connection reads in a language of its own, at the most. */
  int MAX_READING = 8;

  /** Characters that a token may have. */
  int MAX_TOKEN = 4_096;

  /** Characters that a cursor may have. */
  int MAX_CURSOR = 900;

  /** A frame that appends, and is answered under its ref. */
  sealed interface Appending extends ClientFrame {
    /** Where to. */
    ConversationId conversation();

    /** The client's name for it. */
    Ref ref();
  }

  /**
   * The first frame.
   *
   * @param token an access token, or a bot's
   * @param cursor the last cursor that the client was given, or null
   */
  record Hello(String token, @Nullable String cursor) implements ClientFrame {
    @Override
    public String toString() {
      return "Hello[]";
    }
  }

  /** Posts a message. */
  record Post(ConversationId conversation, Ref ref, MessageBody body) implements Appending {}

  /** Replaces what an own message says. */
  record Edit(ConversationId conversation, Ref ref, long target, MessageBody body)
      implements Appending {}

  /** Takes a message back. */
  record Recall(ConversationId conversation, Ref ref, long target) implements Appending {}

  /** The sender has read up to an entry. */
  record Position(ConversationId conversation, long seq) implements ClientFrame {}

  /** The sender is typing. */
  record Typing(ConversationId conversation) implements ClientFrame {}

  /** Wants read counts of some messages; an empty list ends it. */
  record Watch(ConversationId conversation, List<Long> seqs) implements ClientFrame {
    public Watch {
      seqs = List.copyOf(seqs);
    }
  }

  /**
   * The sender reads a conversation in a language, and follows the growing captions of one of its
   * meetings; what it said before of that conversation is over.
   *
   * @param language the tag of a language, or null for what was said itself
   * @param meeting the id of a meeting, or null for none
   */
  record Reading(ConversationId conversation, @Nullable String language, @Nullable String meeting)
      implements ClientFrame {}

  /** A newer access token of the same session. */
  record Token(String token) implements ClientFrame {
    @Override
    public String toString() {
      return "Token[]";
    }
  }

  /** A sign of life. */
  record Ping() implements ClientFrame {}

  /**
   * A text as a JSON object.
   *
   * @throws Fault when it is none
   */
  static JsonObject parse(String text) {
    try {
      return new JsonObject(text);
    } catch (DecodeException | ClassCastException e) {
      throw Fault.of(Fault.Code.INVALID, "A frame is one JSON object.");
    }
  }

  /**
   * Reads a frame.
   *
   * @throws Fault naming the member that is missing, wrong or not known
   */
  static ClientFrame read(JsonObject json) {
    Input in = Input.of(json);
    String type = in.text("type", 1, 64);
    ClientFrame frame =
        switch (type) {
          case "hello" ->
              new Hello(in.text("token", 1, MAX_TOKEN), in.optionalText("cursor", 1, MAX_CURSOR));
          case "post" -> new Post(conversation(in), ref(in), MessageBody.read(in.object("body")));
          case "edit" ->
              new Edit(conversation(in), ref(in), target(in), MessageBody.read(in.object("body")));
          case "recall" -> new Recall(conversation(in), ref(in), target(in));
          case "position" -> new Position(conversation(in), in.number("seq", 1, Long.MAX_VALUE));
          case "typing" -> new Typing(conversation(in));
          case "watch" -> new Watch(conversation(in), seqs(in, json));
          case "reading" ->
              new Reading(
                  conversation(in),
                  in.optionalParsed("language", Language.MAX_TAG, Language::tag),
                  in.optionalParsed("meeting", 32, ClientFrame::meeting));
          case "token" -> new Token(in.text("token", 1, MAX_TOKEN));
          case "ping" -> new Ping();
          default -> throw Fault.invalid("type", "There is no frame of type '" + type + "'.");
        };
    in.end();
    return frame;
  }

  private static ConversationId conversation(Input in) {
    return in.parsed("conversation", 32, ConversationId::new);
  }

  private static Ref ref(Input in) {
    return in.parsed("ref", Ref.MAX_BYTES, Ref::new);
  }

  private static long target(Input in) {
    return in.number("target", 1, Long.MAX_VALUE);
  }

  private static String meeting(String text) {
    if (!text.matches("m[A-Za-z0-9_-]{22}")) {
      throw new IllegalArgumentException("not the id of a meeting");
    }
    return text;
  }

  private static List<Long> seqs(Input in, JsonObject json) {
    if (!in.has("seqs") || !(json.getValue("seqs") instanceof JsonArray array)) {
      throw Fault.invalid("seqs", "This must be a list.");
    }
    if (array.size() > MAX_WATCHED) {
      throw Fault.invalid("seqs", "This list has at most " + MAX_WATCHED + " members.");
    }
    List<Long> seqs = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      Object value = array.getValue(i);
      if (!(value instanceof Integer || value instanceof Long)
          || ((Number) value).longValue() < 1) {
        throw Fault.invalid("seqs[" + i + "]", "This must be a whole number from 1.");
      }
      seqs.add(((Number) value).longValue());
    }
    return seqs;
  }
}
