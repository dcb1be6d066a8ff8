package chat.plenary.bots.wecom;

import chat.plenary.messaging.account.Account;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.fault.Input;
import chat.plenary.messaging.http.Request;
import chat.plenary.messaging.http.Response;
import chat.plenary.messaging.http.Route;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** The endpoints by which administrators make and remove applications. */
final class ApplicationRoutes {
  private static final String APPLICATIONS = "/api/v1/applications";
  private static final JsonObject MADE =
      Schemas.object(
          "corpid",
          Schemas.TEXT,
          "agentid",
          Schemas.NUMBER,
          "name",
          Schemas.TEXT,
          "account",
          Schemas.TEXT,
          "secret",
          Schemas.TEXT);

  private final Applications applications;

  ApplicationRoutes(Applications applications) {
    this.applications = applications;
  }

  List<Route> routes() {
    return List.of(
        new Route(
                HttpMethod.GET,
                APPLICATIONS,
                Route.Access.ADMIN,
                "A page of the organisation's applications, without their secrets, and its corpid.",
                null,
                Schemas.object(
                    "corpid", Schemas.TEXT, "applications", Schemas.LIST, "next", Schemas.NEXT),
                RobotRoutes.told(this::list))
            .text("after", "The next of the page before.")
            .number("limit", "How many at the most; 100 unless given.", 1, Applications.MOST),
        new Route(
            HttpMethod.POST,
            APPLICATIONS,
            Route.Access.ADMIN,
            "Makes an application: a bot that programs speak for. Its secret is told once.",
            Schemas.object("name", Schemas.TEXT),
            MADE,
            RobotRoutes.told(this::make)),
        new Route(
            HttpMethod.POST,
            APPLICATIONS + "/{agentid}/secret",
            Route.Access.ADMIN,
            "Gives an application a new secret, which ends the one before and its tokens.",
            null,
            MADE,
            RobotRoutes.told(this::newSecret)),
        new Route(
            HttpMethod.DELETE,
            APPLICATIONS + "/{agentid}",
            Route.Access.ADMIN,
            "Removes an application; what it said stays.",
            null,
            null,
            RobotRoutes.told(
                request ->
                    applications
                        .remove(request.caller(), agentid(request))
                        .map(v -> Response.empty()))));
  }

  private Future<Response> make(Request request) {
    Input body = request.body();
    String name = body.parsed("name", 4 * Account.MAX_NAME, Account::name);
    body.end();
    return applications.make(request.caller(), name).map(made -> Response.json(201, json(made)));
  }

  private Future<Response> newSecret(Request request) {
    return applications
        .newSecret(request.caller(), agentid(request))
        .map(made -> Response.json(json(made)));
  }

  private Future<Response> list(Request request) {
    int limit = (int) request.query("limit", 1, Applications.MOST, Applications.MOST);
    int after = (int) request.query("after", 0, Integer.MAX_VALUE, 0);
    return applications
        .list(request.caller(), after, limit)
        .map(
            page -> {
              JsonArray all = new JsonArray();
              page.forEach(one -> all.add(json(one)));
              String next =
                  page.size() < limit
                      ? null
                      : "" + page.get(page.size() - 1).application().agentid();
              return Response.json(
                  new JsonObject()
                      .put("corpid", request.caller().organisation().value())
                      .put("applications", all)
                      .put("next", next));
            });
  }

  private static JsonObject json(Applications.Standing one) {
    return json(one.application())
        .put("active", one.active())
        .put("madeBy", one.application().by().value())
        .put("madeAt", one.application().at().toString());
  }

  private static JsonObject json(Applications.Made made) {
    return json(made.application())
        .put("corpid", made.application().organisation().value())
        .put("secret", made.secret().text());
  }

  private static JsonObject json(Application application) {
    return new JsonObject()
        .put("agentid", application.agentid())
        .put("name", application.name())
        .put("account", application.account().value());
  }

  private static int agentid(Request request) {
    String text = request.parameter("agentid");
    if (!text.matches("[0-9]{1,9}")) {
      throw Fault.notFound("application");
    }
    return Integer.parseInt(text);
  }
}
