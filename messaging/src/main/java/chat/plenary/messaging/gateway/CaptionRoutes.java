package chat.plenary.messaging.gateway;

import static chat.plenary.messaging.gateway.AccountSchemas.list;
import static chat.plenary.messaging.gateway.AccountSchemas.object;
import static chat.plenary.messaging.gateway.AccountSchemas.optional;
import static chat.plenary.messaging.gateway.MemberRoutes.get;
import static chat.plenary.messaging.gateway.MemberRoutes.post;

import chat.plenary.messaging.caption.CaptionRecord;
import chat.plenary.messaging.caption.Captions;
import chat.plenary.messaging.caption.Exports;
import chat.plenary.messaging.caption.Interpreters;
import chat.plenary.messaging.caption.Interpreters.Interpreter;
import chat.plenary.messaging.caption.Typing;
import chat.plenary.messaging.content.MessageBody;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.fault.Input;
import chat.plenary.messaging.http.Request;
import chat.plenary.messaging.http.Response;
import chat.plenary.messaging.http.Route;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.Ref;
import chat.plenary.messaging.interpretation.Language;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Captions of a meeting, and who interprets in it (section 12 of the protocol). */
public final class CaptionRoutes {
  private static final long MAX_SEQ = (1L << 53) - 1;
  private static final JsonObject INTERPRETERS =
      object(
          "interpreters",
          list(
              object(
                  "account",
                  ConversationSchemas.ACCOUNT,
                  "language",
                  ConversationSchemas.LANGUAGE,
                  "on",
                  AccountSchemas.FLAG),
              0,
              Interpreters.MOST));
  private static final JsonObject LINE =
      object(
          "seq",
          ConversationSchemas.SEQ,
          "key",
          AccountSchemas.TEXT,
          "speaker",
          AccountSchemas.OPTIONAL_OBJECT,
          "language",
          AccountSchemas.OPTIONAL_TEXT,
          "text",
          AccountSchemas.OPTIONAL_TEXT,
          "from",
          AccountSchemas.OPTIONAL_TEXT,
          "to",
          AccountSchemas.OPTIONAL_TEXT,
          "by",
          AccountSchemas.OPTIONAL_TEXT,
          "translation",
          AccountSchemas.OPTIONAL_OBJECT,
          "recalled",
          AccountSchemas.FLAG);
  private static final JsonObject OPTIONAL_SEQ =
      new JsonObject().put("type", new JsonArray(List.of("integer", "null"))).put("minimum", 1);

  private final Captions captions;

  public CaptionRoutes(Captions captions) {
    this.captions = captions;
  }

  /** The endpoints. */
  public List<Route> routes() {
    String meeting = "/api/v1/meetings/{id}";
    return List.of(
        get(
            meeting + "/interpreters",
            "Who interprets in a meeting, and who of them is on duty.",
            INTERPRETERS,
            this::roster),
        new Route(
            HttpMethod.PUT,
            meeting + "/interpreters",
            Route.Access.MEMBER,
            "Names who interprets in a meeting, in place of whom was named before.",
            object(
                "interpreters",
                list(
                    object(
                        "account",
                        ConversationSchemas.ACCOUNT,
                        "language",
                        ConversationSchemas.LANGUAGE),
                    0,
                    Interpreters.MOST)),
            INTERPRETERS,
            this::assign),
        post(
            meeting + "/interpreters/duty",
            Route.Access.MEMBER,
            "Takes over the channel of a language as its interpreter, or hands it back.",
            object("language", ConversationSchemas.LANGUAGE, "on", AccountSchemas.FLAG),
            INTERPRETERS,
            this::duty),
        post(
            meeting + "/captions",
            Route.Access.MEMBER,
            "Types a caption, as an interpreter on duty or as a host.",
            optional(
                object(
                    "ref",
                    ConversationSchemas.REF,
                    "language",
                    ConversationSchemas.LANGUAGE,
                    "text",
                    AccountSchemas.text(1, MessageBody.MAX_TEXT),
                    "complete",
                    AccountSchemas.FLAG),
                "key",
                AccountSchemas.text(1, Typing.MAX_KEY)),
            object("key", AccountSchemas.TEXT, "seq", OPTIONAL_SEQ),
            this::type),
        paged(
                get(
                    meeting + "/captions",
                    "A page of what was said, in the order in which it was finished.",
                    object("captions", list(LINE, 0, CaptionRecord.MAX_PAGE), "next", OPTIONAL_SEQ),
                    this::page),
                "Only captions behind this seq.")
            .number("limit", "How many at the most; 100 unless given.", 1, CaptionRecord.MAX_PAGE),
        paged(
            get(meeting + "/captions.vtt", "What was said, as WebVTT.", null, this::webVtt),
            "Where the file before says that it goes on."),
        paged(
            get(meeting + "/captions.txt", "What was said, as plain text.", null, this::text),
            "Where the file before says that it goes on."));
  }

  private static Route paged(Route route, String after) {
    return route
        .text("language", "The tag of a language into which to translate.")
        .number("after", after, 0, MAX_SEQ);
  }

  private Future<Response> roster(Request request) {
    String id = meeting(request);
    return captions
        .floor()
        .see(request.caller(), id)
        .compose(seen -> captions.interpreters().roster(id))
        .map(CaptionRoutes::shown);
  }

  private Future<Response> assign(Request request) {
    Input body = request.body();
    List<Interpreter> named = new ArrayList<>();
    for (Input one : body.objects("interpreters", Interpreters.MOST)) {
      AccountId account = one.parsed("account", 32, AccountId::new);
      String language = one.parsed("language", Language.MAX_TAG, Language::tag);
      one.end();
      named.add(new Interpreter(account, language, false));
    }
    body.end();
    return captions
        .floor()
        .assign(request.caller(), meeting(request), named)
        .map(CaptionRoutes::shown);
  }

  private Future<Response> duty(Request request) {
    Input body = request.body();
    String language = body.parsed("language", Language.MAX_TAG, Language::tag);
    boolean on = body.flag("on", true);
    body.end();
    return captions
        .floor()
        .duty(request.caller(), meeting(request), language, on)
        .map(CaptionRoutes::shown);
  }

  private static Response shown(List<Interpreter> roster) {
    JsonArray list = new JsonArray();
    roster.forEach(
        one ->
            list.add(
                new JsonObject()
                    .put("account", one.account().value())
                    .put("language", one.language())
                    .put("on", one.on())));
    return Response.json(new JsonObject().put("interpreters", list));
  }

  private Future<Response> type(Request request) {
    Input body = request.body();
    Ref ref = body.parsed("ref", Ref.MAX_BYTES, Ref::new);
    String key = body.optionalParsed("key", Typing.MAX_KEY, CaptionRoutes::key);
    String language = body.parsed("language", Language.MAX_TAG, Language::tag);
    String text = body.text("text", 1, MessageBody.MAX_TEXT);
    boolean complete = body.flag("complete", true);
    body.end();
    return captions
        .typing()
        .type(
            request.caller(),
            meeting(request),
            new Typing.Typed(key == null ? ref.value() : key, language, text, complete))
        .map(
            taken ->
                Response.json(
                    new JsonObject()
                        .put("key", taken.key())
                        .put("seq", taken.seq() == 0 ? null : taken.seq())));
  }

  private static String key(String text) {
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("not a key: it has no controls");
    }
    return text;
  }

  private Future<Response> page(Request request) {
    long after = request.query("after", 0, MAX_SEQ, 0);
    int limit = (int) request.query("limit", 1, CaptionRecord.MAX_PAGE, CaptionRecord.MAX_PAGE);
    return captions
        .record()
        .page(request.caller(), meeting(request), after, limit, language(request))
        .map(
            page -> {
              JsonArray lines = new JsonArray();
              page.lines().forEach(line -> lines.add(line.toJson()));
              return Response.json(
                  new JsonObject()
                      .put("captions", lines)
                      .put("next", page.next() == 0 ? null : page.next()));
            });
  }

  private Future<Response> webVtt(Request request) {
    String language = language(request);
    return export(request, language)
        .map(page -> file("text/vtt", "captions.vtt", Exports.webVtt(page, language)));
  }

  private Future<Response> text(Request request) {
    String language = language(request);
    return export(request, language)
        .map(page -> file("text/plain", "captions.txt", Exports.text(page, language)));
  }

  private Future<CaptionRecord.Page> export(Request request, @Nullable String language) {
    long after = request.query("after", 0, MAX_SEQ, 0);
    return captions.record().export(request.caller(), meeting(request), after, language);
  }

  private static Response file(String type, String name, String content) {
    return Response.of(type + "; charset=utf-8", Buffer.buffer(content))
        .with("content-disposition", "attachment; filename=\"" + name + "\"")
        .with("cache-control", "no-store");
  }

  static @Nullable String language(Request request) {
    String text = request.query("language");
    if (text != null && !Language.isTag(text)) {
      throw Fault.invalid("language", "This must be the tag of a language, such as es.");
    }
    return text == null ? null : Language.tag(text);
  }

  /** What has not the form of an id is not there either. */
  static String meeting(Request request) {
    String id = request.parameter("id");
    if (!id.matches("m[A-Za-z0-9_-]{22}")) {
      throw Fault.notFound("meeting");
    }
    return id;
  }
}
