package chat.plenary.messaging.protocol;

import chat.plenary.messaging.conversation.ConversationJson;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.http.Problem;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.id.SessionId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the server sends; section 7 of the protocol. */
public sealed interface ServerFrame {
  /** The form in the protocol. */
  JsonObject toJson();

  /**
   * The answer to a good hello.
   *
   * @param session null for a bot
   * @param heartbeat seconds after which at the latest the client sends something
   * @param body bytes that a message body may have
   * @param inFlight frames that may wait for their answers
   */
  record Welcome(
      AccountId account, @Nullable SessionId session, int heartbeat, int body, int inFlight)
      implements ServerFrame {
    @Override
    public JsonObject toJson() {
      return frame("welcome")
          .put("account", account.value())
          .put("session", session == null ? null : session.value())
          .put("heartbeat", heartbeat)
          .put("limits", new JsonObject().put("body", body).put("inFlight", inFlight));
    }
  }

  /**
   * A conversation that changed.
   *
   * @param conversation as the receiver sees it
   * @param entries the newest of those that are new, lowest seq first
   * @param complete whether none is missing before them
   */
  record Conversation(JsonObject conversation, List<JsonObject> entries, boolean complete)
      implements ServerFrame {
    public Conversation {
      entries = List.copyOf(entries);
    }

    @Override
    public JsonObject toJson() {
      return frame("conversation").mergeIn(content());
    }

    /** The same without its type, as it is told without a socket. */
    public JsonObject content() {
      return new JsonObject()
          .put("conversation", conversation)
          .put("entries", new JsonArray(entries))
          .put("complete", complete);
    }
  }

  /** All that changed was told. */
  record Live(String cursor) implements ServerFrame {
    @Override
    public JsonObject toJson() {
      return frame("live").put("cursor", cursor);
    }
  }

  /** A new entry, in the form of {@code EntryView}. */
  record Entry(JsonObject entry) implements ServerFrame {
    @Override
    public JsonObject toJson() {
      return frame("entry").put("entry", entry);
    }
  }

  /** Everything before it on this connection is read up to there. */
  record Cursor(String cursor) implements ServerFrame {
    @Override
    public JsonObject toJson() {
      return frame("cursor").put("cursor", cursor);
    }
  }

  /** It stands in the log. */
  record Accepted(String conversation, String ref, long seq, long m, Instant at)
      implements ServerFrame {
    @Override
    public JsonObject toJson() {
      return answer("accepted", conversation, ref)
          .put("seq", seq)
          .put("m", m)
          .put("at", ConversationJson.time(at));
    }
  }

  /** It does not stand in the log, for this reason. */
  record Refused(String conversation, String ref, Fault why) implements ServerFrame {
    @Override
    public JsonObject toJson() {
      return answer("refused", conversation, ref).put("problem", Problem.of(why).toJson());
    }
  }

  /** It is not known: to be repeated with the same ref. */
  record Unknown(String conversation, String ref) implements ServerFrame {
    @Override
    public JsonObject toJson() {
      return answer("unknown", conversation, ref);
    }
  }

  /** The answer to a ping. */
  record Pong() implements ServerFrame {
    @Override
    public JsonObject toJson() {
      return frame("pong");
    }
  }

  /** The receiver has read on, on another device. */
  record Position(ConversationId conversation, long seq, long m) implements ServerFrame {
    @Override
    public JsonObject toJson() {
      return frame("position")
          .put("conversation", conversation.value())
          .put("seq", seq)
          .put("m", m);
    }
  }

  /** How many have read a watched message. */
  record Receipts(ConversationId conversation, long seq, long read, long unread)
      implements ServerFrame {
    @Override
    public JsonObject toJson() {
      return frame("receipts")
          .put("conversation", conversation.value())
          .put("seq", seq)
          .put("read", read)
          .put("unread", unread);
    }
  }

  /** Somebody is typing. */
  record Typing(ConversationId conversation, AccountId account) implements ServerFrame {
    @Override
    public JsonObject toJson() {
      return frame("typing")
          .put("conversation", conversation.value())
          .put("account", account.value());
    }
  }

  /** The receiver's view of a card changed. */
  record Card(ConversationId conversation, long seq) implements ServerFrame {
    @Override
    public JsonObject toJson() {
      return frame("card").put("conversation", conversation.value()).put("seq", seq);
    }
  }

  /** A survey's results changed. */
  record Results(String survey) implements ServerFrame {
    @Override
    public JsonObject toJson() {
      return frame("results").put("survey", survey);
    }
  }

  /**
   * What a message says in a language that the receiver reads, or why it is not known.
   *
   * @param of the seq of the body that was translated: the message's own, or its edit's
   * @param text null where there is a problem
   * @param engine the engine's name; null where there is a problem
   * @param title what people call the engine; null where there is a problem
   * @param problem in words for people; null where there is a text
   */
  record Translation(
      ConversationId conversation,
      long seq,
      long of,
      String language,
      @Nullable String text,
      @Nullable String engine,
      @Nullable String title,
      @Nullable String problem)
      implements ServerFrame {
    @Override
    public JsonObject toJson() {
      JsonObject json =
          frame("translation")
              .put("conversation", conversation.value())
              .put("seq", seq)
              .put("of", of)
              .put("language", language);
      return text == null
          ? json.put("problem", problem)
          : json.put("text", text).put("engine", engine).put("title", title);
    }
  }

  /**
   * A caption of a meeting that the receiver follows has grown.
   *
   * @param caption {@code meeting, key, speaker, language, text, translations, complete}, and
   *     {@code problem} where captions of that speaker stopped
   */
  record Caption(ConversationId conversation, JsonObject caption) implements ServerFrame {
    @Override
    public JsonObject toJson() {
      return frame("caption").put("conversation", conversation.value()).mergeIn(caption);
    }
  }

  /** Something about a meeting changed. */
  record Meeting(ConversationId conversation, String meeting) implements ServerFrame {
    @Override
    public JsonObject toJson() {
      return frame("meeting").put("conversation", conversation.value()).put("meeting", meeting);
    }
  }

  /** A frame was not understood; the connection goes on. */
  record Refusal(Fault why) implements ServerFrame {
    @Override
    public JsonObject toJson() {
      return frame("problem").put("problem", Problem.of(why).toJson());
    }
  }

  /** The server ends the connection. */
  record Bye(Reason reason, String detail) implements ServerFrame {
    /** Why a connection is ended; what to do then is told by the protocol. */
    public enum Reason {
      REVOKED,
      EXPIRED,
      UNAUTHENTICATED,
      SLOW,
      BEHIND,
      GONE,
      TOO_MANY,
      UNAVAILABLE,
      STOPPING,
      PROTOCOL,
      IDLE;

      /** The name in the protocol. */
      public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
      }
    }

    @Override
    public JsonObject toJson() {
      return frame("bye").put("reason", reason.text()).put("detail", detail);
    }
  }

  private static JsonObject frame(String type) {
    return new JsonObject().put("type", type);
  }

  private static JsonObject answer(String type, String conversation, String ref) {
    return frame(type).put("conversation", conversation).put("ref", ref);
  }
}
