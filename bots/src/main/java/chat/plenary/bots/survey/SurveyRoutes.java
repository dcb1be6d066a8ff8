package chat.plenary.bots.survey;

import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.fault.Input;
import chat.plenary.messaging.http.Request;
import chat.plenary.messaging.http.Response;
import chat.plenary.messaging.http.Route;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.id.Ref;
import chat.plenary.messaging.store.StoreException;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Function;

/** The endpoints of surveys (section 9 of the protocol). */
final class SurveyRoutes {
  private static final String SURVEYS = "/api/v1/surveys";

  private final Surveys surveys;

  SurveyRoutes(Surveys surveys) {
    this.surveys = surveys;
  }

  List<Route> routes() {
    return List.of(
        route(
            HttpMethod.GET,
            SURVEYS,
            Route.Access.MEMBER,
            "Lists the surveys that your organisation is asked.",
            null,
            object("surveys", "array"),
            request -> surveys.list(request.caller()).map(Response::json)),
        route(
            HttpMethod.POST,
            SURVEYS + "/{id}/pushes",
            Route.Access.ADMIN,
            "Puts an invitation to a survey into groups.",
            object("ref", "string", "groups", "array"),
            object("bot", "string", "groups", "array", "messages", "array"),
            this::push),
        route(
            HttpMethod.GET,
            SURVEYS + "/{id}/results",
            Route.Access.MEMBER,
            "Tells the results of a survey, as far as they may be shown.",
            null,
            object("survey", "string", "state", "string", "questions", "array"),
            request ->
                surveys.resultsJson(request.caller(), request.parameter("id")).map(Response::json)),
        route(
            HttpMethod.GET,
            SURVEYS + "/{id}/results.csv",
            Route.Access.MEMBER,
            "Tells the same as CSV.",
            null,
            null,
            this::csv),
        route(
            HttpMethod.POST,
            SURVEYS + "/{id}/close",
            Route.Access.ADMIN,
            "Closes a survey for ever; then its figures are exact.",
            null,
            object("survey", "string", "state", "string"),
            request ->
                surveys
                    .close(request.caller(), request.parameter("id"))
                    .map(
                        v ->
                            Response.json(
                                new JsonObject()
                                    .put("survey", request.parameter("id"))
                                    .put("state", "closed")))));
  }

  private Future<Response> push(Request request) {
    Input body = request.body();
    Ref ref = body.parsed("ref", Ref.MAX_BYTES, Ref::new);
    List<ConversationId> groups = body.texts("groups", Surveys.MAX_GROUPS, 32, ConversationId::new);
    body.end();
    return surveys.push(request.caller(), request.parameter("id"), ref, groups).map(Response::json);
  }

  private Future<Response> csv(Request request) {
    String accepted = request.header("Accept-Language");
    String language = Wording.language(accepted == null ? "" : accepted);
    return surveys
        .results(request.caller(), request.parameter("id"))
        .map(
            figures ->
                Response.of("text/csv; charset=utf-8", Buffer.buffer(figures.toCsv(language)))
                    .with("cache-control", "no-store")
                    .with(
                        "content-disposition",
                        "attachment; filename=\"" + request.parameter("id") + ".csv\""));
  }

  private static Route route(
      HttpMethod method,
      String path,
      Route.Access access,
      String summary,
      @org.jspecify.annotations.Nullable JsonObject asked,
      @org.jspecify.annotations.Nullable JsonObject answered,
      Function<Request, Future<Response>> handler) {
    return new Route(
        method,
        path,
        access,
        summary,
        asked,
        answered,
        request -> handler.apply(request).recover(SurveyRoutes::told));
  }

  private static Future<Response> told(Throwable failure) {
    return Future.failedFuture(
        failure instanceof StoreException
            ? Fault.of(Fault.Code.UNKNOWN, "The store did not answer: repeat this.")
            : failure);
  }

  private static JsonObject object(String... namesAndTypes) {
    JsonObject properties = new JsonObject();
    JsonArray required = new JsonArray();
    for (int i = 0; i < namesAndTypes.length; i += 2) {
      properties.put(namesAndTypes[i], new JsonObject().put("type", namesAndTypes[i + 1]));
      required.add(namesAndTypes[i]);
    }
    return new JsonObject()
        .put("type", "object")
        .put("properties", properties)
        .put("required", required);
  }
}
