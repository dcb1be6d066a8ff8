package chat.plenary.messaging.gateway;

import static chat.plenary.messaging.gateway.AccountSchemas.list;
import static chat.plenary.messaging.gateway.AccountSchemas.object;
import static chat.plenary.messaging.gateway.AccountSchemas.optional;

import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.fault.Input;
import chat.plenary.messaging.http.Request;
import chat.plenary.messaging.http.Response;
import chat.plenary.messaging.http.Route;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.interpretation.Language;
import chat.plenary.messaging.translation.Term;
import chat.plenary.messaging.translation.Translation;
import chat.plenary.messaging.translation.Translations;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** Translations of messages, the caller's language, and the glossary (section 12). */
public final class TranslationRoutes {
  private static final long MAX_SEQ = Long.MAX_VALUE;
  private static final JsonObject OPTIONAL_LANGUAGE =
      new JsonObject()
          .put("type", new JsonArray().add("string").add("null"))
          .put("pattern", ConversationSchemas.LANGUAGE.getString("pattern"));
  private static final JsonObject OWN_LANGUAGE = object("language", OPTIONAL_LANGUAGE);
  private static final JsonObject TERM_TEXT = AccountSchemas.text(1, Term.MAX_TEXT);
  private static final JsonObject GLOSSARY =
      object(
          "terms",
          list(
              object(
                  "from",
                  TERM_TEXT,
                  "to",
                  TERM_TEXT,
                  "language",
                  ConversationSchemas.LANGUAGE,
                  "into",
                  ConversationSchemas.LANGUAGE),
              0,
              Term.MOST));
  private static final JsonObject TRANSLATION =
      optional(
          object(
              "seq",
              ConversationSchemas.whole(1),
              "of",
              ConversationSchemas.whole(1),
              "language",
              ConversationSchemas.LANGUAGE),
          "text",
          AccountSchemas.TEXT,
          "engine",
          AccountSchemas.TEXT,
          "title",
          AccountSchemas.TEXT,
          "problem",
          AccountSchemas.TEXT);

  private final Translations translations;

  /** The endpoints over an open feature. */
  public TranslationRoutes(Translations translations) {
    this.translations = translations;
  }

  /** The endpoints. */
  public List<Route> routes() {
    return List.of(
        new Route(
                HttpMethod.GET,
                "/api/v1/conversations/{id}/translations",
                Route.Access.MEMBER,
                "What messages say in a language; what is missing is made, and told by a frame.",
                null,
                object(
                    "translations",
                    list(TRANSLATION, 0, Translations.MAX_RANGE),
                    "pending",
                    list(ConversationSchemas.whole(1), 0, Translations.MAX_RANGE)),
                this::range)
            .text("language", "The tag of the language, such as es.")
            .number("from", "The first message; the newest 100 unless given.", 1, MAX_SEQ)
            .number("to", "The last message, at most 100 from the first.", 1, MAX_SEQ),
        new Route(
            HttpMethod.GET,
            "/api/v1/me/language",
            Route.Access.MEMBER,
            "The language that you read and write.",
            null,
            OWN_LANGUAGE,
            request ->
                translations
                    .language(request.caller())
                    .map(known -> Response.json(new JsonObject().put("language", known)))),
        new Route(
            HttpMethod.PUT,
            "/api/v1/me/language",
            Route.Access.MEMBER,
            "Says which language you read and write; null for none.",
            OWN_LANGUAGE,
            OWN_LANGUAGE,
            this::setLanguage),
        new Route(
            HttpMethod.GET,
            "/api/v1/organisation/glossary",
            Route.Access.ADMIN,
            "What your organisation calls things in each language.",
            null,
            GLOSSARY,
            request ->
                translations.glossary(request.caller()).map(terms -> Response.json(json(terms)))),
        new Route(
            HttpMethod.PUT,
            "/api/v1/organisation/glossary",
            Route.Access.ADMIN,
            "Replaces what your organisation calls things in each language.",
            GLOSSARY,
            GLOSSARY,
            this::setGlossary));
  }

  private Future<Response> range(Request request) {
    ConversationId id = ConversationRoutes.conversation(request);
    String language = request.query("language");
    if (language == null || !Language.isTag(language)) {
      throw Fault.invalid("language", "This must be the tag of a language, such as es.");
    }
    long from = request.query("from", 1, MAX_SEQ, 0);
    long to = request.query("to", 1, MAX_SEQ, 0);
    return translations
        .range(request.caller(), id, Language.tag(language), from, to)
        .map(
            found -> {
              JsonArray known = new JsonArray();
              found.translations().stream().map(Translation::toJson).forEach(known::add);
              return Response.json(
                  new JsonObject()
                      .put("translations", known)
                      .put("pending", new JsonArray(found.pending())));
            });
  }

  private Future<Response> setLanguage(Request request) {
    Input body = request.body();
    String language = body.optionalParsed("language", Language.MAX_TAG, Language::tag);
    body.end();
    return translations
        .setLanguage(request.caller(), language)
        .map(v -> Response.json(new JsonObject().put("language", language)));
  }

  private Future<Response> setGlossary(Request request) {
    Input body = request.body();
    if (!body.has("terms")) {
      throw Fault.invalid("terms", "This is required.");
    }
    List<Term> terms = new ArrayList<>();
    for (Input one : body.objects("terms", Term.MOST)) {
      terms.add(
          new Term(
              one.parsed("from", Term.MAX_TEXT, TranslationRoutes::term),
              one.parsed("to", Term.MAX_TEXT, TranslationRoutes::term),
              one.parsed("language", Language.MAX_TAG, Language::tag),
              one.parsed("into", Language.MAX_TAG, Language::tag)));
      one.end();
    }
    body.end();
    return translations.setGlossary(request.caller(), terms).map(v -> Response.json(json(terms)));
  }

  private static String term(String text) {
    String clean = text.strip();
    if (clean.isEmpty() || clean.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("not a term: some characters on one line");
    }
    return clean;
  }

  private static JsonObject json(List<Term> terms) {
    JsonArray all = new JsonArray();
    for (Term term : terms) {
      all.add(
          new JsonObject()
              .put("from", term.from())
              .put("to", term.to())
              .put("language", term.language())
              .put("into", term.into()));
    }
    return new JsonObject().put("terms", all);
  }
}
