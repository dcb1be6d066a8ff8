package chat.plenary.messaging.gateway;

import static chat.plenary.messaging.gateway.AccountSchemas.list;
import static chat.plenary.messaging.gateway.AccountSchemas.object;
import static chat.plenary.messaging.gateway.AccountSchemas.optional;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** JSON Schemas (2020-12) of what the endpoints of meetings take and give. */
final class MeetingSchemas {
  private static final int MOST_NAMED = 50;

  static final JsonObject ID =
      new JsonObject().put("type", "string").put("pattern", "^m[A-Za-z0-9_-]{22}$");
  static final JsonObject TITLE = AccountSchemas.text(1, 100);
  static final JsonObject ZONE = AccountSchemas.text(1, 64);
  static final JsonObject MINUTES = AccountSchemas.number(5, 1_440);
  static final JsonObject LANGUAGES = list(AccountSchemas.text(2, 35), 0, 8);
  static final JsonObject ANSWER = ConversationSchemas.among("yes", "no", "maybe");
  static final JsonObject RECURRENCE =
      object(
          "every",
          ConversationSchemas.among("day", "weekday", "week", "fortnight", "month"),
          "count",
          AccountSchemas.number(2, 50));

  static final JsonObject MEETING =
      object(
          "id",
          ID,
          "title",
          TITLE,
          "organiser",
          ConversationSchemas.ACCOUNT,
          "start",
          ConversationSchemas.TIME,
          "end",
          ConversationSchemas.TIME,
          "zone",
          ZONE,
          "recurrence",
          orNull(RECURRENCE),
          "languages",
          LANGUAGES,
          "provider",
          object(
              "name",
              AccountSchemas.TEXT,
              "title",
              AccountSchemas.TEXT,
              "simulated",
              AccountSchemas.FLAG,
              "captions",
              AccountSchemas.FLAG),
          "code",
          AccountSchemas.OPTIONAL_TEXT,
          "state",
          ConversationSchemas.among("making", "scheduled", "live", "ended", "cancelled", "failed"),
          "problem",
          AccountSchemas.OPTIONAL_TEXT);

  static final JsonObject RSVP =
      object(
          "yes",
          ConversationSchemas.SEQ,
          "no",
          ConversationSchemas.SEQ,
          "maybe",
          ConversationSchemas.SEQ,
          "mine",
          new JsonObject()
              .put("enum", new JsonArray().add("yes").add("no").add("maybe").addNull()));

  private static final JsonObject LINK =
      object(
          "kind",
          AccountSchemas.TEXT,
          "title",
          AccountSchemas.TEXT,
          "url",
          AccountSchemas.TEXT,
          "expires",
          AccountSchemas.OPTIONAL_TEXT);

  static final JsonObject VIEW = view();

  static final JsonObject CALLED =
      object(
          "meeting",
          MEETING,
          "seq",
          new JsonObject().put("type", new JsonArray().add("integer").add("null")));

  static final JsonObject CALL =
      new JsonObject()
          .put(
              "oneOf",
              new JsonArray()
                  .add(
                      optional(
                              object("ref", ConversationSchemas.REF, "zone", ZONE),
                              "title",
                              TITLE,
                              "start",
                              AccountSchemas.text(1, 40),
                              "minutes",
                              MINUTES,
                              "languages",
                              LANGUAGES,
                              "recurrence",
                              RECURRENCE,
                              "provider",
                              AccountSchemas.text(1, 32))
                          .put(
                              "not",
                              new JsonObject().put("required", new JsonArray().add("command"))))
                  .add(
                      object(
                          "ref",
                          ConversationSchemas.REF,
                          "zone",
                          ZONE,
                          "command",
                          AccountSchemas.text(1, 200))));

  static final JsonObject CHANGE =
      optional(
          object("ref", ConversationSchemas.REF),
          "title",
          TITLE,
          "start",
          AccountSchemas.text(1, 40),
          "minutes",
          MINUTES,
          "zone",
          ZONE,
          "languages",
          LANGUAGES);

  static final JsonObject PROVIDERS =
      object(
          "providers",
          list(
              object(
                  "name",
                  AccountSchemas.TEXT,
                  "title",
                  AccountSchemas.TEXT,
                  "simulated",
                  AccountSchemas.FLAG,
                  "capabilities",
                  AccountSchemas.TEXTS)),
          "default",
          AccountSchemas.OPTIONAL_TEXT);

  static final JsonObject ATTENDANCE =
      object(
          "account",
          AccountSchemas.OPTIONAL_TEXT,
          "name",
          AccountSchemas.TEXT,
          "joined",
          AccountSchemas.OPTIONAL_TEXT,
          "left",
          AccountSchemas.OPTIONAL_TEXT);

  private MeetingSchemas() {}

  private static JsonObject view() {
    JsonObject more =
        object(
            "conversation",
            ConversationSchemas.CONVERSATION_ID,
            "seq",
            new JsonObject().put("type", new JsonArray().add("integer").add("null")),
            "rsvp",
            RSVP,
            "live",
            object(
                "count",
                ConversationSchemas.SEQ,
                "accounts",
                list(ConversationSchemas.ACCOUNT, 0, MOST_NAMED),
                "guests",
                ConversationSchemas.SEQ),
            "may",
            object(
                "change",
                AccountSchemas.FLAG,
                "retry",
                AccountSchemas.FLAG,
                "interpret",
                AccountSchemas.TEXTS,
                "attendance",
                AccountSchemas.FLAG),
            "after",
            orNull(object("seconds", ConversationSchemas.SEQ, "links", list(LINK, 0, MOST_NAMED))),
            "occurrence",
            object(
                "start",
                ConversationSchemas.TIME,
                "end",
                ConversationSchemas.TIME,
                "number",
                ConversationSchemas.whole(1),
                "of",
                ConversationSchemas.whole(1)));
    JsonObject view = MEETING.copy();
    view.getJsonObject("properties").mergeIn(more.getJsonObject("properties"));
    view.getJsonArray("required").addAll(more.getJsonArray("required"));
    return view;
  }

  private static JsonObject orNull(JsonObject object) {
    return object.copy().put("type", new JsonArray().add("object").add("null"));
  }
}
