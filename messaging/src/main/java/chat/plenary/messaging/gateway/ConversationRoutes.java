package chat.plenary.messaging.gateway;

import static chat.plenary.messaging.gateway.AccountSchemas.list;
import static chat.plenary.messaging.gateway.AccountSchemas.object;
import static chat.plenary.messaging.gateway.AccountSchemas.optional;
import static chat.plenary.messaging.gateway.MemberRoutes.get;
import static chat.plenary.messaging.gateway.MemberRoutes.post;

import chat.plenary.messaging.Chat;
import chat.plenary.messaging.account.Account;
import chat.plenary.messaging.conversation.ConversationJson;
import chat.plenary.messaging.conversation.Conversations;
import chat.plenary.messaging.conversation.LanguageSettings;
import chat.plenary.messaging.conversation.TranslationPolicy;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.fault.Input;
import chat.plenary.messaging.http.Request;
import chat.plenary.messaging.http.Response;
import chat.plenary.messaging.http.Route;
import chat.plenary.messaging.http.Route.Access;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.id.Ref;
import chat.plenary.messaging.interpretation.Language;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Conversations, their members and reading positions (section 4 of the protocol). */
final class ConversationRoutes {
  private static final int PAGE = 100;
  private static final int MEMBERS = 200;
  private static final int MAX_ID = 32;
  private static final int MAX_TEXT = 256;

  private final Chat chat;

  ConversationRoutes(Chat chat) {
    this.chat = chat;
  }

  List<Route> routes() {
    String one = "/api/v1/conversations/{id}";
    return List.of(
        get(
                "/api/v1/conversations",
                "A page of your conversations, in order of their ids.",
                object(
                    "conversations",
                    list(ConversationSchemas.CONVERSATION, 0, PAGE),
                    "next",
                    AccountSchemas.OPTIONAL_TEXT,
                    "cursor",
                    AccountSchemas.TEXT),
                this::page)
            .text("after", "The next of the page before.")
            .number("limit", "How many at the most; 100 unless given.", 1, PAGE),
        post(
            "/api/v1/conversations",
            Access.MEMBER,
            "Creates a group or a direct conversation, or finds that it was created before.",
            ConversationSchemas.CREATE,
            ConversationSchemas.CONVERSATION,
            this::create),
        get(one, "One conversation.", ConversationSchemas.CONVERSATION, this::one),
        new Route(
            HttpMethod.PATCH,
            one,
            Access.MEMBER,
            "Changes a group's name, its languages, or what new members and engines get to see.",
            optional(
                object("ref", ConversationSchemas.REF),
                "name",
                ConversationSchemas.GROUP_NAME,
                "history",
                AccountSchemas.FLAG,
                "languages",
                ConversationSchemas.LANGUAGES,
                "translation",
                ConversationSchemas.TRANSLATION),
            ConversationSchemas.ACCEPTED,
            this::change),
        get(
                one + "/members",
                "A page of the present members, in order of their ids.",
                object(
                    "members",
                    list(
                        object("id", ConversationSchemas.ACCOUNT, "role", AccountSchemas.ROLE),
                        0,
                        MEMBERS),
                    "next",
                    AccountSchemas.OPTIONAL_TEXT),
                this::members)
            .text("after", "The next of the page before.")
            .number("limit", "How many at the most; 200 unless given.", 1, MEMBERS),
        post(
            one + "/members",
            Access.MEMBER,
            "Adds and removes members of a group, up to 500 together.",
            optional(
                object("ref", ConversationSchemas.REF),
                "add",
                ConversationSchemas.OPTIONAL_ACCOUNTS,
                "remove",
                ConversationSchemas.OPTIONAL_ACCOUNTS),
            ConversationSchemas.ACCEPTED,
            this::changeMembers),
        post(
            one + "/leave",
            Access.MEMBER,
            "Leaves a group.",
            object("ref", ConversationSchemas.REF),
            ConversationSchemas.ACCEPTED,
            this::leave),
        new Route(
            HttpMethod.PUT,
            one + "/position",
            Access.MEMBER,
            "Tells up to where you have read; it only grows.",
            object("seq", ConversationSchemas.whole(1)),
            ConversationSchemas.HEAD,
            this::position));
  }

  private Future<Response> page(Request request) {
    String after = request.query("after");
    if (after != null && !ConversationId.isValid(after)) {
      throw Fault.invalid("after", "This must be the next of the page before.");
    }
    int limit = (int) request.query("limit", 1, PAGE, PAGE);
    // Taken before the reading: what comes meanwhile is told again, never missed.
    String cursor = chat.log().cursor().encode();
    return chat.inbox()
        .page(request.caller(), after, limit)
        .map(
            page -> {
              JsonArray conversations = new JsonArray();
              page.rows()
                  .forEach(
                      row ->
                          conversations.add(ConversationJson.of(row, request.caller().account())));
              return Response.json(
                  new JsonObject()
                      .put("conversations", conversations)
                      .put("next", page.next())
                      .put("cursor", cursor));
            });
  }

  private Future<Response> create(Request request) {
    Input body = request.body();
    Ref ref = body.parsed("ref", Ref.MAX_BYTES, Ref::new);
    String kind = body.text("kind", 1, MAX_ID);
    return switch (kind) {
      case "group" -> createGroup(request, body, ref);
      case "direct" -> createDirect(request, body);
      default -> throw Fault.invalid("kind", "This must be group or direct.");
    };
  }

  private Future<Response> createGroup(Request request, Input body, Ref ref) {
    String chosen = body.parsed("id", MAX_TEXT, ConversationRoutes::chosen);
    String name = body.parsed("name", MAX_TEXT, ConversationRoutes::name);
    List<AccountId> members =
        body.texts("members", Conversations.MAX_CHANGED, MAX_ID, AccountId::new);
    boolean history = body.flag("history", true);
    body.end();
    return chat.conversations()
        .createGroup(request.caller(), chosen, name, members, history, ref)
        .compose(
            changed -> {
              Outcomes.accepted(changed.outcome());
              return shown(request, changed.id());
            });
  }

  private Future<Response> createDirect(Request request, Input body) {
    AccountId with = body.parsed("with", MAX_ID, AccountId::new);
    body.end();
    return chat.conversations()
        .createDirect(request.caller(), with)
        .compose(id -> shown(request, id));
  }

  private Future<Response> one(Request request) {
    return shown(request, conversation(request));
  }

  private Future<Response> shown(Request request, ConversationId id) {
    return chat.inbox()
        .row(request.caller(), id)
        .map(row -> Response.json(ConversationJson.of(row, request.caller().account())));
  }

  private Future<Response> change(Request request) {
    ConversationId id = conversation(request);
    Input body = request.body();
    Ref ref = body.parsed("ref", Ref.MAX_BYTES, Ref::new);
    String name = body.optionalParsed("name", MAX_TEXT, ConversationRoutes::name);
    Boolean history = body.has("history") ? body.flag("history", true) : null;
    List<String> languages =
        body.has("languages")
            ? body
                .texts("languages", LanguageSettings.MAX_LANGUAGES, Language.MAX_TAG, Language::tag)
                .stream()
                .distinct()
                .toList()
            : null;
    TranslationPolicy translation =
        body.optionalParsed("translation", MAX_ID, ConversationRoutes::policy);
    body.end();
    Conversations.Wish wish = new Conversations.Wish(name, history, languages, translation);
    if (wish.isEmpty()) {
      throw Fault.invalid("name", "Something to change is required.");
    }
    return chat.conversations()
        .change(request.caller(), id, wish, ref)
        .map(changed -> Outcomes.answer(id, ref, changed.outcome()));
  }

  private Future<Response> members(Request request) {
    ConversationId id = conversation(request);
    String after = account(request, "after");
    int limit = (int) request.query("limit", 1, MEMBERS, MEMBERS);
    return chat.conversations()
        .members(request.caller(), id, after, limit)
        .map(
            page -> {
              JsonArray members = new JsonArray();
              page.members()
                  .forEach(
                      member ->
                          members.add(
                              new JsonObject()
                                  .put("id", member.getKey().value())
                                  .put("role", member.getValue().text())));
              return Response.json(
                  new JsonObject().put("members", members).put("next", page.next()));
            });
  }

  private Future<Response> changeMembers(Request request) {
    ConversationId id = conversation(request);
    Input body = request.body();
    Ref ref = body.parsed("ref", Ref.MAX_BYTES, Ref::new);
    List<AccountId> add = body.texts("add", Conversations.MAX_CHANGED, MAX_ID, AccountId::new);
    List<AccountId> remove =
        body.texts("remove", Conversations.MAX_CHANGED, MAX_ID, AccountId::new);
    body.end();
    return chat.conversations()
        .changeMembers(request.caller(), id, add, remove, ref)
        .map(changed -> Outcomes.answer(id, ref, changed.outcome()));
  }

  private Future<Response> leave(Request request) {
    ConversationId id = conversation(request);
    Input body = request.body();
    Ref ref = body.parsed("ref", Ref.MAX_BYTES, Ref::new);
    body.end();
    return chat.conversations()
        .leave(request.caller(), id, ref)
        .map(changed -> Outcomes.answer(id, ref, changed.outcome()));
  }

  private Future<Response> position(Request request) {
    ConversationId id = conversation(request);
    Input body = request.body();
    long seq = body.number("seq", 1, Long.MAX_VALUE);
    body.end();
    return chat.positions()
        .advance(request.caller(), id, seq)
        .map(
            position ->
                Response.json(new JsonObject().put("seq", position.seq()).put("m", position.m())));
  }

  /** An id that has not the form of one is not there either; nor is an organisation's log. */
  static ConversationId conversation(Request request) {
    String id = request.parameter("id");
    if (!ConversationId.isValid(id) || id.startsWith("o")) {
      throw Fault.notFound("conversation");
    }
    return new ConversationId(id);
  }

  /** An account by which a page begins, or null. */
  static @Nullable String account(Request request, String name) {
    String after = request.query(name);
    if (after != null && !AccountId.isValid(after)) {
      throw Fault.invalid(name, "This must be the next of the page before.");
    }
    return after;
  }

  private static TranslationPolicy policy(String text) {
    TranslationPolicy policy = TranslationPolicy.of(text);
    if (policy == null) {
      throw new IllegalArgumentException("not one of off, inside and outside");
    }
    return policy;
  }

  private static String chosen(String text) {
    if (text.codePointCount(0, text.length()) > 64
        || text.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("not an id: 1 to 64 characters without controls");
    }
    return text;
  }

  /** A group's name, cleaned as people's names are. */
  private static String name(String text) {
    String clean = Account.name(text);
    if (clean.codePointCount(0, clean.length()) > Conversations.MAX_NAME) {
      throw new IllegalArgumentException(
          "not a name: 1 to " + Conversations.MAX_NAME + " visible characters");
    }
    return clean;
  }
}
