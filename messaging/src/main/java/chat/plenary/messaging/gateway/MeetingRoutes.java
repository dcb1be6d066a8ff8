package chat.plenary.messaging.gateway;

import static chat.plenary.messaging.gateway.AccountSchemas.list;
import static chat.plenary.messaging.gateway.AccountSchemas.object;
import static chat.plenary.messaging.gateway.MemberRoutes.get;
import static chat.plenary.messaging.gateway.MemberRoutes.post;

import chat.plenary.messaging.Chat;
import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.conversation.ConversationJson;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.fault.Input;
import chat.plenary.messaging.http.Request;
import chat.plenary.messaging.http.Response;
import chat.plenary.messaging.http.Route;
import chat.plenary.messaging.http.Route.Access;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.id.MeetingId;
import chat.plenary.messaging.id.Ref;
import chat.plenary.messaging.meeting.MeetingChange;
import chat.plenary.messaging.meeting.MeetingPages;
import chat.plenary.messaging.meeting.NewMeeting;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Meetings of groups (section 11 of the protocol). */
final class MeetingRoutes {
  private static final String OF = "/api/v1/conversations/{id}/meetings";
  private static final String ONE = "/api/v1/meetings/{id}";
  private static final int MAX_ANSWER = 16;

  private final Chat chat;

  MeetingRoutes(Chat chat) {
    this.chat = chat;
  }

  List<Route> routes() {
    List<Route> routes = new ArrayList<>(lists());
    routes.addAll(changes());
    routes.addAll(memberRoutes());
    return routes;
  }

  private List<Route> lists() {
    JsonObject page =
        object(
            "meetings",
            list(MeetingSchemas.VIEW, 0, MeetingPages.MAX_PAGE),
            "next",
            AccountSchemas.OPTIONAL_TEXT);
    return List.of(
        get(
            OF + "/providers",
            "Who may hold a meeting of this conversation.",
            MeetingSchemas.PROVIDERS,
            this::providers),
        post(
            OF,
            Access.MEMBER,
            "Calls a meeting, by its members or by what somebody typed.",
            MeetingSchemas.CALL,
            MeetingSchemas.CALLED,
            this::call),
        get(
                OF,
                "Meetings of a conversation; those to come or going on, the next first.",
                page,
                this::of)
            .text("state", "open (unless given), or past: the others, the last first.")
            .text("after", "The next of the page before.")
            .number("limit", "How many at the most; 20 unless given.", 1, MeetingPages.MAX_PAGE),
        get(
                "/api/v1/meetings",
                "Meetings of all your groups; those to come or going on, the next first.",
                page,
                this::mine)
            .text("state", "open (unless given), or past: the others, the last first.")
            .text("after", "The next of the page before.")
            .number("limit", "How many at the most; 20 unless given.", 1, MeetingPages.MAX_PAGE));
  }

  private List<Route> changes() {
    JsonObject ref = object("ref", ConversationSchemas.REF);
    return List.of(
        get(ONE, "One meeting.", MeetingSchemas.VIEW, this::view),
        new Route(
            HttpMethod.PATCH,
            ONE,
            Access.MEMBER,
            "Changes a meeting; for its organiser and the group's owner.",
            MeetingSchemas.CHANGE,
            MeetingSchemas.VIEW,
            this::change),
        post(
            ONE + "/cancel",
            Access.MEMBER,
            "Cancels a meeting that has not begun; for its organiser and the group's owner.",
            ref,
            MeetingSchemas.VIEW,
            request -> directed(request, id -> chat.meetings().cancel(request.caller(), id))),
        post(
            ONE + "/end",
            Access.MEMBER,
            "Ends a meeting that goes on; for its organiser and the group's owner.",
            ref,
            MeetingSchemas.VIEW,
            request -> directed(request, id -> chat.meetings().end(request.caller(), id))),
        post(
            ONE + "/retry",
            Access.MEMBER,
            "Has a meeting that failed made again; for its organiser and the group's owner.",
            ref,
            MeetingSchemas.VIEW,
            request -> directed(request, id -> chat.meetings().retry(request.caller(), id))));
  }

  private List<Route> memberRoutes() {
    return List.of(
        new Route(
            HttpMethod.PUT,
            ONE + "/rsvp",
            Access.MEMBER,
            "Tells whether you come, in place of what you told before.",
            object("answer", MeetingSchemas.ANSWER),
            MeetingSchemas.RSVP,
            this::answer),
        get(
                ONE + "/rsvp",
                "The members who gave an answer, in order of their ids.",
                object(
                    "accounts",
                    list(ConversationSchemas.ACCOUNT, 0, MeetingPages.MAX_ACCOUNTS),
                    "next",
                    AccountSchemas.OPTIONAL_TEXT),
                this::answers)
            .text("answer", "yes (unless given), no or maybe.")
            .text("after", "The next of the page before.")
            .number(
                "limit", "How many at the most; 100 unless given.", 1, MeetingPages.MAX_ACCOUNTS),
        post(
            ONE + "/join",
            Access.MEMBER,
            "Your own link into a meeting, made now.",
            object(),
            object("url", AccountSchemas.TEXT, "expires", AccountSchemas.OPTIONAL_TEXT),
            this::join),
        get(
            ONE + "/invitation.ics",
            "The invitation for your calendar (text/calendar).",
            null,
            this::invitation),
        get(
                ONE + "/attendance",
                "Who took part in an occurrence; for its organiser and the group's owner.",
                object(
                    "attendance",
                    list(MeetingSchemas.ATTENDANCE, 0, MeetingPages.MAX_ACCOUNTS),
                    "next",
                    AccountSchemas.OPTIONAL_TEXT),
                this::attendance)
            .number("occurrence", "Its number; the last that was held unless given.", 1, 50)
            .text("after", "The next of the page before.")
            .number(
                "limit", "How many at the most; 100 unless given.", 1, MeetingPages.MAX_ACCOUNTS));
  }

  private Future<Response> providers(Request request) {
    ConversationId id = ConversationRoutes.conversation(request);
    return chat.meetings().providers(request.caller(), id).map(Response::json);
  }

  private Future<Response> call(Request request) {
    ConversationId id = ConversationRoutes.conversation(request);
    NewMeeting wanted = NewMeeting.read(request.body(), chat.clock().instant());
    return chat.meetings().call(request.caller(), id, wanted).map(Response::json);
  }

  private Future<Response> of(Request request) {
    ConversationId id = ConversationRoutes.conversation(request);
    boolean past = past(request);
    int limit = (int) request.query("limit", 1, MeetingPages.MAX_PAGE, 20);
    return pages()
        .of(request.caller(), id, past, request.query("after"), limit)
        .map(Response::json);
  }

  private static boolean past(Request request) {
    String state = request.query("state");
    if (state != null && !state.equals("open") && !state.equals("past")) {
      throw Fault.invalid("state", "This must be open or past.");
    }
    return "past".equals(state);
  }

  private Future<Response> mine(Request request) {
    Caller caller = request.caller();
    boolean past = past(request);
    String after = request.query("after");
    int limit = (int) request.query("limit", 1, MeetingPages.MAX_PAGE, 20);
    return chat.inbox()
        .ids(caller)
        .compose(all -> pages().of(caller, all, past, after, limit))
        .map(Response::json);
  }

  private Future<Response> view(Request request) {
    return pages().view(request.caller(), id(request)).map(Response::json);
  }

  private Future<Response> change(Request request) {
    String id = id(request);
    MeetingChange change = MeetingChange.read(request.body(), chat.clock().instant());
    return chat.meetings().change(request.caller(), id, change).map(Response::json);
  }

  /** What is named by a ref, and is the same however often it is asked for. */
  private static Future<Response> directed(
      Request request, Function<String, Future<JsonObject>> what) {
    String id = id(request);
    Input body = request.body();
    body.parsed("ref", Ref.MAX_BYTES, Ref::new);
    body.end();
    return what.apply(id).map(Response::json);
  }

  private Future<Response> answer(Request request) {
    String id = id(request);
    Input body = request.body();
    String answer = body.text("answer", 1, MAX_ANSWER);
    body.end();
    return chat.meetings().rsvp(request.caller(), id, answer).map(Response::json);
  }

  private Future<Response> answers(Request request) {
    String id = id(request);
    String answer = request.query("answer");
    int limit = (int) request.query("limit", 1, MeetingPages.MAX_ACCOUNTS, 100);
    return pages()
        .rsvps(request.caller(), id, answer == null ? "yes" : answer, request.query("after"), limit)
        .map(Response::json);
  }

  private Future<Response> join(Request request) {
    String id = id(request);
    request.body().end();
    Caller caller = request.caller();
    return chat.meetings()
        .join(caller, id)
        .map(
            entrance ->
                Response.json(
                    new JsonObject()
                        .put("url", entrance.url().toString())
                        .put(
                            "expires",
                            entrance.expires() == null
                                ? null
                                : ConversationJson.time(entrance.expires()))));
  }

  private Future<Response> invitation(Request request) {
    return pages()
        .invitation(request.caller(), id(request))
        .map(
            text ->
                Response.of("text/calendar; charset=utf-8", Buffer.buffer(text))
                    .with("cache-control", "no-store")
                    .with("content-disposition", "attachment; filename=\"invitation.ics\""));
  }

  private Future<Response> attendance(Request request) {
    String id = id(request);
    int occurrence = (int) request.query("occurrence", 1, 50, 0);
    int limit = (int) request.query("limit", 1, MeetingPages.MAX_ACCOUNTS, 100);
    return pages()
        .attendance(request.caller(), id, occurrence, request.query("after"), limit)
        .map(Response::json);
  }

  private MeetingPages pages() {
    return chat.meetings().pages();
  }

  /** An id that has not the form of one is not there either. */
  private static String id(Request request) {
    String id = request.parameter("id");
    if (!MeetingId.isValid(id)) {
      throw Fault.notFound("meeting");
    }
    return id;
  }
}
