package chat.plenary.messaging.gateway;

import static chat.plenary.messaging.gateway.AccountSchemas.list;
import static chat.plenary.messaging.gateway.AccountSchemas.object;
import static chat.plenary.messaging.gateway.AccountSchemas.optional;

import chat.plenary.messaging.content.MessageBody;
import chat.plenary.messaging.conversation.Conversations;
import chat.plenary.messaging.conversation.LanguageSettings;
import chat.plenary.messaging.id.Ref;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** JSON Schemas (2020-12) of what the endpoints of conversations take and give. */
final class ConversationSchemas {
  static final JsonObject SEQ = whole(0);
  static final JsonObject REF = AccountSchemas.text(1, Ref.MAX_BYTES);
  static final JsonObject TIME =
      new JsonObject()
          .put("type", "string")
          .put("format", "date-time")
          .put("pattern", "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$");
  static final JsonObject ACCOUNT = id("a");
  static final JsonObject CONVERSATION_ID = id("[gd]");
  static final JsonObject GROUP_NAME = AccountSchemas.text(1, Conversations.MAX_NAME);
  static final JsonObject OPTIONAL_ACCOUNTS = list(ACCOUNT, 0, Conversations.MAX_CHANGED);
  static final JsonObject KIND = among("group", "direct");
  static final JsonObject HEAD = object("seq", SEQ, "m", SEQ);

  static final JsonObject LAST =
      nullable(
          object(
              "seq",
              SEQ,
              "kind",
              AccountSchemas.TEXT,
              "sender",
              ACCOUNT,
              "at",
              TIME,
              "body",
              AccountSchemas.OPTIONAL_OBJECT));

  static final JsonObject LANGUAGE =
      new JsonObject()
          .put("type", "string")
          .put("pattern", "^[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?$");
  static final JsonObject LANGUAGES = list(LANGUAGE, 0, LanguageSettings.MAX_LANGUAGES);
  static final JsonObject TRANSLATION = among("off", "inside", "outside");

  static final JsonObject CONVERSATION =
      optional(
          object(
              "id",
              CONVERSATION_ID,
              "kind",
              KIND,
              "members",
              SEQ,
              "role",
              new JsonObject()
                  .put("enum", new JsonArray().add("owner").add("admin").add("member").addNull()),
              "history",
              AccountSchemas.FLAG,
              "head",
              HEAD,
              "from",
              SEQ,
              "position",
              HEAD,
              "unread",
              SEQ,
              "mentions",
              list(SEQ, 0, 100),
              "last",
              LAST),
          "name",
          AccountSchemas.TEXT,
          "with",
          ACCOUNT,
          "languages",
          LANGUAGES,
          "translation",
          TRANSLATION);

  static final JsonObject ENTRY =
      optional(
          object(
              "conversation",
              CONVERSATION_ID,
              "seq",
              whole(1),
              "m",
              SEQ,
              "kind",
              AccountSchemas.TEXT,
              "version",
              whole(1),
              "sender",
              ACCOUNT,
              "ref",
              REF,
              "at",
              TIME,
              "body",
              AccountSchemas.OPTIONAL_OBJECT),
          "edited",
          object("seq", SEQ, "at", TIME),
          "recalled",
          object("seq", SEQ, "by", ACCOUNT, "at", TIME));

  static final JsonObject ACCEPTED =
      object("conversation", CONVERSATION_ID, "seq", whole(1), "m", SEQ, "ref", REF, "at", TIME);

  static final JsonObject CREATE =
      new JsonObject()
          .put(
              "oneOf",
              new JsonArray()
                  .add(
                      optional(
                          object(
                              "ref",
                              REF,
                              "kind",
                              constant("group"),
                              "id",
                              AccountSchemas.text(1, 64),
                              "name",
                              GROUP_NAME),
                          "members",
                          OPTIONAL_ACCOUNTS,
                          "history",
                          AccountSchemas.FLAG))
                  .add(object("ref", REF, "kind", constant("direct"), "with", ACCOUNT)));

  private static final JsonObject ANSWERED =
      list(
          object(
              "question_key",
              AccountSchemas.text(1, 1_024),
              "option_ids",
              list(AccountSchemas.text(0, 128), 0, 20)),
          0,
          20);

  static final JsonObject CARD_ANSWER =
      optional(
          object("ref", REF, "key", AccountSchemas.text(1, 1_024)),
          "selected",
          ANSWERED,
          "texts",
          list(
              object(
                  "question_key",
                  AccountSchemas.text(1, 1_024),
                  "text",
                  AccountSchemas.text(0, 8_000)),
              0,
              20));

  static final JsonObject CARD_VIEW =
      object(
          "state",
          among("open", "answered", "closed"),
          "card",
          AccountSchemas.OPTIONAL_OBJECT,
          "selected",
          list(object("question_key", AccountSchemas.TEXT, "option_ids", AccountSchemas.TEXTS)),
          "message",
          AccountSchemas.OPTIONAL_TEXT);

  private ConversationSchemas() {}

  /** What a message says, as it is sent. */
  static JsonObject messageBody() {
    JsonObject text =
        optional(
            object(
                "type",
                among("text", "markdown"),
                "text",
                AccountSchemas.text(1, MessageBody.MAX_TEXT)),
            "mentions",
            list(ACCOUNT, 0, MessageBody.MAX_MENTIONS),
            "all",
            AccountSchemas.FLAG,
            "quote",
            whole(1));
    JsonObject card =
        optional(
            object("type", constant("card"), "card", new JsonObject().put("type", "object")),
            "text",
            AccountSchemas.text(0, MessageBody.MAX_TEXT));
    JsonObject system =
        object("type", constant("system"), "text", AccountSchemas.text(1, MessageBody.MAX_TEXT));
    return new JsonObject().put("oneOf", new JsonArray().add(text).add(card).add(system));
  }

  static JsonObject whole(long min) {
    return new JsonObject().put("type", "integer").put("minimum", min);
  }

  static JsonObject among(String... texts) {
    return new JsonObject().put("type", "string").put("enum", new JsonArray(List.of(texts)));
  }

  private static JsonObject constant(String text) {
    return new JsonObject().put("type", "string").put("const", text);
  }

  private static JsonObject id(String kind) {
    return new JsonObject().put("type", "string").put("pattern", "^" + kind + "[A-Za-z0-9_-]{22}$");
  }

  private static JsonObject nullable(JsonObject object) {
    return object.put("type", new JsonArray().add("object").add("null"));
  }
}
