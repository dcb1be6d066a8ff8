package chat.plenary.messaging.content;

import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.fault.Input;
import chat.plenary.messaging.id.AccountId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * What a message says; the forms in JSON are those of the protocol, the form in the store is the
 * same in BSON.
 */
public sealed interface MessageBody {
  /** Bytes of JSON that a body may have. */
  int MAX_BYTES = 16 * 1024;

  /** Characters of a text. */
  int MAX_TEXT = 8_000;

  /** Accounts that one message mentions by name. */
  int MAX_MENTIONS = 50;

  /**
   * Plain text, or markdown in a stated safe subset that clients draw.
   *
   * @param markdown whether it is markdown
   * @param text 1 to 8,000 characters
   * @param mentions accounts mentioned by name, at most 50
   * @param all whether everybody is mentioned
   * @param quote the seq of the message that it answers, or 0
   */
  record Text(boolean markdown, String text, List<AccountId> mentions, boolean all, long quote)
      implements MessageBody {
    public Text {
      mentions = List.copyOf(mentions);
    }

    @Override
    public JsonObject toJson() {
      JsonObject json =
          new JsonObject().put("type", markdown ? "markdown" : "text").put("text", text);
      if (!mentions.isEmpty()) {
        JsonArray ids = new JsonArray();
        mentions.forEach(id -> ids.add(id.value()));
        json.put("mentions", ids);
      }
      if (all) {
        json.put("all", true);
      }
      if (quote > 0) {
        json.put("quote", quote);
      }
      return json;
    }
  }

  /**
   * A template card.
   *
   * @param text what is shown where cards cannot be drawn; at most 8,000 characters
   * @param card the card by the field names of WeChat Work's API, checked by {@link TemplateCards}
   */
  record Card(String text, JsonObject card) implements MessageBody {
    @Override
    public JsonObject toJson() {
      return new JsonObject().put("type", "card").put("text", text).put("card", card);
    }
  }

  /**
   * A remark of a bot or a route, shown without a bubble.
   *
   * @param text 1 to 8,000 characters
   */
  record Remark(String text) implements MessageBody {
    @Override
    public JsonObject toJson() {
      return new JsonObject().put("type", "system").put("text", text);
    }
  }

  /**
   * A meeting of the group, posted and changed by the feature itself; nobody sends it.
   *
   * @param text what is shown where meetings cannot be drawn; 1 to 8,000 characters
   * @param meeting what was agreed and how it stands
   */
  record Meeting(String text, JsonObject meeting) implements MessageBody {
    @Override
    public JsonObject toJson() {
      return new JsonObject().put("type", "meeting").put("text", text).put("meeting", meeting);
    }
  }

  /**
   * A finished sentence of a meeting, posted and corrected by the feature itself; nobody sends it.
   * It counts as no message.
   *
   * @param caption {@code meeting, key, speaker, language, text, from, to, translations, by}
   */
  record Caption(JsonObject caption) implements MessageBody {
    @Override
    public JsonObject toJson() {
      return new JsonObject().put("type", "caption").mergeIn(caption);
    }
  }

  /** Whether a body in the store is a caption. */
  static boolean isCaption(@Nullable BsonDocument body) {
    return body != null && "caption".equals(Bson.text(body, "type"));
  }

  /** A plain text without mentions. */
  static MessageBody text(String text) {
    return new Text(false, text, List.of(), false, 0);
  }

  /** The form in the protocol. */
  JsonObject toJson();

  /** The form in the store. */
  default BsonDocument toBson() {
    return Bson.document(toJson());
  }

  /**
   * Reads what a client sent.
   *
   * @throws Fault naming the member that is wrong
   */
  static MessageBody read(Input in) {
    String type = in.text("type", 1, 32);
    MessageBody body =
        switch (type) {
          case "text", "markdown" ->
              new Text(
                  type.equals("markdown"),
                  in.text("text", 1, MAX_TEXT),
                  in.texts("mentions", MAX_MENTIONS, 32, AccountId::new),
                  in.flag("all", false),
                  in.number("quote", 1, Long.MAX_VALUE, 0));
          case "card" -> {
            String text = in.optionalText("text", 0, MAX_TEXT);
            JsonObject card = in.rawObject("card");
            TemplateCards.check(Input.at(in.path("card"), card));
            yield new Card(text == null ? "" : text, card);
          }
          case "system" -> new Remark(in.text("text", 1, MAX_TEXT));
          default ->
              throw Fault.invalid(in.path("type"), "This must be text, markdown, card or system.");
        };
    in.end();
    if (body.toJson().toBuffer().length() > MAX_BYTES) {
      throw Fault.of(
          Fault.Code.TOO_LARGE,
          in.path("text"),
          "A message has at most 16 KiB; this one is larger.");
    }
    return body;
  }
}
