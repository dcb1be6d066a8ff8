package chat.plenary.messaging.gateway;

import static chat.plenary.messaging.gateway.AccountSchemas.list;
import static chat.plenary.messaging.gateway.AccountSchemas.object;
import static chat.plenary.messaging.gateway.AccountSchemas.optional;
import static chat.plenary.messaging.gateway.MemberRoutes.get;

import chat.plenary.messaging.Chat;
import chat.plenary.messaging.conversation.Access;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.http.Request;
import chat.plenary.messaging.http.Response;
import chat.plenary.messaging.http.Route;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.id.MeetingId;
import chat.plenary.messaging.search.Everywhere;
import chat.plenary.messaging.search.Excerpt;
import chat.plenary.messaging.search.Search;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Search in what was said (section 13 of the protocol). */
final class SearchRoutes {
  private static final long MAX_SEQ = (1L << 53) - 1;
  private static final int MAX_AFTER = 256;
  private static final int HITS = 20;
  private static final String QUERY =
      "What to find: words and phrases in quotation marks, all of which a message has.";
  private static final String KINDS =
      "messages (without captions) or captions (only); all unless given.";

  private static final JsonObject HIT =
      optional(
          object(
              "entry",
              ConversationSchemas.ENTRY,
              "excerpt",
              list(optional(object("text", AccountSchemas.TEXT), "hit", AccountSchemas.FLAG))),
          "language",
          ConversationSchemas.LANGUAGE);
  private static final JsonObject OPTIONAL_SEQ =
      new JsonObject().put("type", new JsonArray(List.of("integer", "null"))).put("minimum", 1);

  private final Chat chat;

  SearchRoutes(Chat chat) {
    this.chat = chat;
  }

  List<Route> routes() {
    return List.of(
        get(
                "/api/v1/conversations/{id}/search",
                "What was said in a conversation, newest first.",
                object(
                    "hits",
                    list(HIT, 0, Search.MAX_HITS),
                    "next",
                    OPTIONAL_SEQ,
                    "searched",
                    ConversationSchemas.SEQ,
                    "head",
                    ConversationSchemas.HEAD),
                this::one)
            .text("q", QUERY)
            .text("kinds", KINDS)
            .text("from", "Only what this account said; of captions, as the speaker.")
            .text("meeting", "Only captions of this meeting.")
            .text("since", "Only what was posted at this time or later.")
            .text("until", "Only what was posted before this time.")
            .number("before", "Only what stands before this seq.", 1, MAX_SEQ)
            .number("limit", "How many at the most; 20 unless given.", 1, Search.MAX_HITS),
        get(
                "/api/v1/search",
                "What was said in all your conversations, those with the newest entries first.",
                object(
                    "conversations",
                    list(
                        object(
                            "conversation",
                            ConversationSchemas.CONVERSATION_ID,
                            "hits",
                            list(HIT, 1, Everywhere.HITS),
                            "more",
                            AccountSchemas.FLAG),
                        0,
                        Search.MAX_CONVERSATIONS),
                    "searched",
                    ConversationSchemas.SEQ,
                    "next",
                    AccountSchemas.OPTIONAL_TEXT),
                this::everywhere)
            .text("q", QUERY)
            .text("kinds", KINDS)
            .text("after", "The next of the page before.")
            .number(
                "limit",
                "How many conversations at the most; 20 unless given.",
                1,
                Search.MAX_CONVERSATIONS));
  }

  /** The door first: of others' conversations not even a wrong question is answered. */
  private Future<Response> one(Request request) {
    ConversationId id = ConversationRoutes.conversation(request);
    return chat.access()
        .view(request.caller(), id)
        .compose(seen -> search(request, id))
        .map(SearchRoutes::found);
  }

  private Future<Search.Found> search(Request request, ConversationId id) {
    Search.Narrowed narrowed =
        new Search.Narrowed(
            kinds(request),
            from(request),
            time(request, "since", Long.MIN_VALUE),
            time(request, "until", Long.MAX_VALUE),
            meeting(request));
    long before = request.query("before", 1, MAX_SEQ, 0);
    int limit = (int) request.query("limit", 1, Search.MAX_HITS, HITS);
    return chat.search().in(request.caller(), id, query(request), narrowed, before, limit);
  }

  private static Response found(Search.Found found) {
    Access.View view = found.view();
    return Response.json(
        new JsonObject()
            .put("hits", hits(found.hits()))
            .put("next", found.next() == 0 ? null : found.next())
            .put("searched", found.searched())
            .put("head", new JsonObject().put("seq", view.upTo()).put("m", view.state().m())));
  }

  private Future<Response> everywhere(Request request) {
    String after = request.query("after");
    if (after != null && after.length() > MAX_AFTER) {
      throw Fault.invalid("after", "This must be the next of the page before.");
    }
    int limit = (int) request.query("limit", 1, Search.MAX_CONVERSATIONS, Search.MAX_CONVERSATIONS);
    return chat.search()
        .everywhere(request.caller(), query(request), kinds(request), after, limit)
        .map(
            found -> {
              JsonArray conversations = new JsonArray();
              found
                  .groups()
                  .forEach(
                      group ->
                          conversations.add(
                              new JsonObject()
                                  .put("conversation", group.conversation().value())
                                  .put("hits", hits(group.hits()))
                                  .put("more", group.more())));
              return Response.json(
                  new JsonObject()
                      .put("conversations", conversations)
                      .put("searched", found.searched())
                      .put("next", found.next()));
            });
  }

  private static JsonArray hits(List<Search.Hit> hits) {
    JsonArray array = new JsonArray();
    for (Search.Hit hit : hits) {
      JsonArray excerpt = new JsonArray();
      for (Excerpt.Part part : hit.excerpt().parts()) {
        JsonObject one = new JsonObject().put("text", part.text());
        excerpt.add(part.hit() ? one.put("hit", true) : one);
      }
      JsonObject one = new JsonObject().put("entry", hit.entry().toJson()).put("excerpt", excerpt);
      if (hit.language() != null) {
        one.put("language", hit.language());
      }
      array.add(one);
    }
    return array;
  }

  private static String query(Request request) {
    String query = request.query("q");
    if (query == null) {
      throw Fault.invalid("q", "This is missing.");
    }
    return query;
  }

  private static Search.Of kinds(Request request) {
    String kinds = request.query("kinds");
    if (kinds == null) {
      return Search.Of.ALL;
    }
    return switch (kinds) {
      case "messages" -> Search.Of.MESSAGES;
      case "captions" -> Search.Of.CAPTIONS;
      default -> throw Fault.invalid("kinds", "This must be messages or captions.");
    };
  }

  private static @Nullable AccountId from(Request request) {
    String from = request.query("from");
    if (from != null && !AccountId.isValid(from)) {
      throw Fault.invalid("from", "This must be the id of an account.");
    }
    return from == null ? null : new AccountId(from);
  }

  private static @Nullable MeetingId meeting(Request request) {
    String meeting = request.query("meeting");
    if (meeting != null && !MeetingId.isValid(meeting)) {
      throw Fault.invalid("meeting", "This must be the id of a meeting.");
    }
    return meeting == null ? null : new MeetingId(meeting);
  }

  private static long time(Request request, String name, long otherwise) {
    String time = request.query(name);
    if (time == null) {
      return otherwise;
    }
    try {
      return OffsetDateTime.parse(time).toInstant().toEpochMilli();
    } catch (DateTimeException | ArithmeticException e) {
      throw Fault.invalid(name, "This must be a time such as 2026-12-02T15:00:00Z.");
    }
  }
}
