package chat.plenary.messaging.gateway;

import static chat.plenary.messaging.gateway.AccountSchemas.list;
import static chat.plenary.messaging.gateway.AccountSchemas.object;
import static chat.plenary.messaging.gateway.AccountSchemas.optional;
import static chat.plenary.messaging.gateway.MemberRoutes.get;
import static chat.plenary.messaging.gateway.MemberRoutes.post;

import chat.plenary.messaging.Chat;
import chat.plenary.messaging.content.MessageBody;
import chat.plenary.messaging.conversation.Access;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.fault.Input;
import chat.plenary.messaging.http.Request;
import chat.plenary.messaging.http.Response;
import chat.plenary.messaging.http.Route;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.id.Ref;
import chat.plenary.messaging.message.CardAnswer;
import chat.plenary.messaging.message.EntryView;
import chat.plenary.messaging.message.History;
import chat.plenary.messaging.message.Targets;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;

/**
 * History, messages, who has read them, and cards (sections 4 to 6 of the protocol). Each request
 * is a path of its own: no order is promised between two that are under way at once.
 */
final class MessageRoutes {
  private static final int READERS = 200;

  private final Chat chat;

  MessageRoutes(Chat chat) {
    this.chat = chat;
  }

  List<Route> routes() {
    String one = "/api/v1/conversations/{id}";
    String message = one + "/messages/{seq}";
    JsonObject body = ConversationSchemas.messageBody();
    return List.of(
        get(
                one + "/entries",
                "A page of history, lowest seq first; the newest unless bounds are given.",
                optional(
                    object(
                        "entries",
                        list(ConversationSchemas.ENTRY, 0, History.MAX_PAGE),
                        "head",
                        ConversationSchemas.HEAD,
                        "from",
                        ConversationSchemas.SEQ),
                    "next",
                    new JsonObject()
                        .put("type", new JsonArray().add("integer").add("null"))
                        .put("minimum", 1)),
                this::entries)
            .text("kinds", "messages (without captions) or captions (only); all unless given.")
            .number("before", "Only entries before this seq, the nearest.", 1, MAX_SEQ)
            .number("after", "Only entries after this seq, the nearest.", 0, MAX_SEQ)
            .number("limit", "How many at the most; 100 unless given.", 1, History.MAX_PAGE),
        get(
                message + "/readers",
                "Who has read a message and who has not, without its sender.",
                object(
                    "read",
                    ConversationSchemas.SEQ,
                    "unread",
                    ConversationSchemas.SEQ,
                    "accounts",
                    list(ConversationSchemas.ACCOUNT, 0, READERS),
                    "next",
                    AccountSchemas.OPTIONAL_TEXT),
                this::readers)
            .text("state", "Whom to name: read, or unread (unless given).")
            .text("after", "The next of the page before.")
            .number("limit", "How many at the most; 100 unless given.", 0, READERS),
        post(
            one + "/messages",
            Route.Access.MEMBER,
            "Posts a message.",
            object("ref", ConversationSchemas.REF, "body", body),
            ConversationSchemas.ACCEPTED,
            this::send),
        post(
            message + "/edit",
            Route.Access.MEMBER,
            "Replaces what your message says.",
            object("ref", ConversationSchemas.REF, "body", body),
            ConversationSchemas.ACCEPTED,
            this::edit),
        post(
            message + "/recall",
            Route.Access.MEMBER,
            "Takes a message back.",
            object("ref", ConversationSchemas.REF),
            ConversationSchemas.ACCEPTED,
            this::recall),
        get(
            message + "/card",
            "The card of a message as you see it.",
            ConversationSchemas.CARD_VIEW,
            this::card),
        post(
            message + "/answer",
            Route.Access.MEMBER,
            "Answers the card of a message.",
            ConversationSchemas.CARD_ANSWER,
            ConversationSchemas.CARD_VIEW,
            this::answer));
  }

  // What JavaScript counts exactly.
  private static final long MAX_SEQ = (1L << 53) - 1;

  private Future<Response> entries(Request request) {
    ConversationId id = ConversationRoutes.conversation(request);
    long before = request.query("before", 1, MAX_SEQ, 0);
    long after = request.query("after", 0, MAX_SEQ, -1);
    int limit = (int) request.query("limit", 1, History.MAX_PAGE, History.MAX_PAGE);
    String kinds = request.query("kinds");
    if (kinds == null) {
      return chat.history()
          .page(request.caller(), id, before, after, limit)
          .map(page -> Response.json(entries(page.entries(), page.view())));
    }
    return chat.history()
        .page(request.caller(), id, before, after, limit, of(kinds))
        .map(
            page ->
                Response.json(
                    entries(page.entries(), page.view())
                        .put("next", page.next() == 0 ? null : page.next())));
  }

  private static History.Of of(String kinds) {
    return switch (kinds) {
      case "messages" -> History.Of.MESSAGES;
      case "captions" -> History.Of.CAPTIONS;
      default -> throw Fault.invalid("kinds", "This must be messages or captions.");
    };
  }

  private static JsonObject entries(List<EntryView> page, Access.View view) {
    JsonArray entries = new JsonArray();
    page.forEach(entry -> entries.add(shown(entry, view).toJson()));
    return new JsonObject()
        .put("entries", entries)
        .put("head", new JsonObject().put("seq", view.upTo()).put("m", view.state().m()))
        .put("from", view.from());
  }

  /** An entry without its body for those who may not see what it is about. */
  private static EntryView shown(EntryView one, Access.View view) {
    return Targets.shown(one.entry(), view.member()) ? one : Targets.withheld(one.entry());
  }

  private Future<Response> readers(Request request) {
    ConversationId id = ConversationRoutes.conversation(request);
    long seq = seq(request);
    String state = request.query("state");
    if (state != null && !state.equals("read") && !state.equals("unread")) {
      throw Fault.invalid("state", "This must be read or unread.");
    }
    String after = ConversationRoutes.account(request, "after");
    int limit = (int) request.query("limit", 0, READERS, 100);
    return chat.positions()
        .readers(request.caller(), id, seq, "read".equals(state), after, limit)
        .map(
            found -> {
              JsonArray accounts = new JsonArray();
              found.accounts().forEach(account -> accounts.add(account.value()));
              return Response.json(
                  new JsonObject()
                      .put("read", found.read())
                      .put("unread", found.unread())
                      .put("accounts", accounts)
                      .put("next", found.next()));
            });
  }

  private Future<Response> send(Request request) {
    ConversationId id = ConversationRoutes.conversation(request);
    Input in = request.body();
    Ref ref = in.parsed("ref", Ref.MAX_BYTES, Ref::new);
    MessageBody body = MessageBody.read(in.object("body"));
    in.end();
    return chat.messages()
        .post(request.caller(), id, ref, body, path())
        .map(outcome -> Outcomes.answer(id, ref, outcome));
  }

  private Future<Response> edit(Request request) {
    ConversationId id = ConversationRoutes.conversation(request);
    long seq = seq(request);
    Input in = request.body();
    Ref ref = in.parsed("ref", Ref.MAX_BYTES, Ref::new);
    MessageBody body = MessageBody.read(in.object("body"));
    in.end();
    return chat.messages()
        .edit(request.caller(), id, ref, seq, body, path())
        .map(outcome -> Outcomes.answer(id, ref, outcome));
  }

  private Future<Response> recall(Request request) {
    ConversationId id = ConversationRoutes.conversation(request);
    long seq = seq(request);
    Input in = request.body();
    Ref ref = in.parsed("ref", Ref.MAX_BYTES, Ref::new);
    in.end();
    return chat.messages()
        .recall(request.caller(), id, ref, seq, path())
        .map(outcome -> Outcomes.answer(id, ref, outcome));
  }

  private Future<Response> card(Request request) {
    return chat.cards()
        .view(
            request.caller(),
            ConversationRoutes.conversation(request),
            seq(request),
            languages(request))
        .map(view -> Response.json(view.toJson()));
  }

  private Future<Response> answer(Request request) {
    ConversationId id = ConversationRoutes.conversation(request);
    long seq = seq(request);
    CardAnswer answer = CardAnswer.read(request.body());
    return chat.cards()
        .answer(request.caller(), id, seq, answer, languages(request))
        .map(view -> Response.json(view.toJson()));
  }

  /** What the caller reads, as the header says it. */
  private static String languages(Request request) {
    String header = request.header("accept-language");
    return header == null ? "" : header;
  }

  private static String path() {
    return UUID.randomUUID().toString();
  }

  /** A number that is none is of no message. */
  private static long seq(Request request) {
    String text = request.parameter("seq");
    if (!text.matches("[1-9][0-9]{0,15}")) {
      throw Fault.notFound("message");
    }
    return Long.parseLong(text);
  }
}
