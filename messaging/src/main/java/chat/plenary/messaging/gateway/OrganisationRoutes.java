package chat.plenary.messaging.gateway;

import static chat.plenary.messaging.gateway.AccountSchemas.object;
import static chat.plenary.messaging.gateway.AccountSchemas.optional;
import static chat.plenary.messaging.gateway.MemberRoutes.get;
import static chat.plenary.messaging.gateway.MemberRoutes.post;

import chat.plenary.messaging.account.Account;
import chat.plenary.messaging.account.Accounts;
import chat.plenary.messaging.account.Secret;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.fault.Input;
import chat.plenary.messaging.http.Request;
import chat.plenary.messaging.http.Response;
import chat.plenary.messaging.http.Route;
import chat.plenary.messaging.http.Route.Access;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.organisation.Department;
import chat.plenary.messaging.organisation.Organisations;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** The organisation, its departments and its bots (section 3 of the protocol). */
final class OrganisationRoutes {
  private static final int MAX_TEXT = 256;

  private final Accounts accounts;
  private final Organisations organisations;

  OrganisationRoutes(Accounts accounts, Organisations organisations) {
    this.accounts = accounts;
    this.organisations = organisations;
  }

  List<Route> routes() {
    return List.of(
        get(
            "/api/v1/organisation",
            "Tells about your organisation.",
            AccountSchemas.organisation(),
            this::about),
        new Route(
            HttpMethod.PUT,
            "/api/v1/organisation/retention",
            Access.ADMIN,
            "Says for how many days what is said is kept; 0 for ever.",
            AccountSchemas.RETENTION,
            AccountSchemas.RETENTION,
            this::keep),
        post(
            "/api/v1/bots",
            Access.ADMIN,
            "Adds a bot.",
            object("userid", AccountSchemas.USERID, "name", AccountSchemas.NAME),
            object("id", AccountSchemas.TEXT, "token", AccountSchemas.TEXT),
            this::addBot),
        post(
            "/api/v1/bots/{id}/token",
            Access.ADMIN,
            "Gives a bot a new token and ends the ones before.",
            null,
            object("id", AccountSchemas.TEXT, "token", AccountSchemas.TEXT),
            this::newBotToken),
        new Route(
            HttpMethod.PUT,
            "/api/v1/departments/{id}",
            Access.ADMIN,
            "Makes a department, or changes it.",
            optional(object("name", AccountSchemas.NAME), "parent", AccountSchemas.OPTIONAL_TEXT),
            AccountSchemas.DEPARTMENT,
            this::putDepartment),
        new Route(
            HttpMethod.DELETE,
            "/api/v1/departments/{id}",
            Access.ADMIN,
            "Removes a department that has neither members nor departments.",
            null,
            null,
            this::removeDepartment));
  }

  private Future<Response> about(Request request) {
    return organisations
        .of(request.caller())
        .map(
            state -> {
              JsonArray departments = new JsonArray();
              state.departments().forEach(department -> departments.add(json(department)));
              return Response.json(
                  new JsonObject()
                      .put("id", state.id().value())
                      .put("name", state.name())
                      .put("departments", departments)
                      .put("retention", retention(state.retentionDays()))
                      .put(
                          "limits",
                          new JsonObject()
                              .put("accounts", Organisations.MAX_ACCOUNTS)
                              .put("addedAtOnce", Organisations.MAX_ADDED)
                              .put("ticketsAtOnce", Accounts.MAX_TICKETS)));
            });
  }

  private Future<Response> keep(Request request) {
    Input body = request.body();
    int days = (int) body.number("days", 0, Organisations.MAX_RETENTION_DAYS);
    body.end();
    return organisations.keep(request.caller(), days).map(kept -> Response.json(retention(days)));
  }

  private static JsonObject retention(int days) {
    return new JsonObject().put("days", days);
  }

  private Future<Response> addBot(Request request) {
    Input body = request.body();
    String userid = body.parsed("userid", MAX_TEXT, Account::userid);
    String name = body.parsed("name", MAX_TEXT, Account::name);
    body.end();
    return organisations
        .addBot(request.caller(), userid, name)
        .map(bot -> Response.json(201, json(bot.id(), bot.token())));
  }

  private Future<Response> newBotToken(Request request) {
    AccountId id = MemberRoutes.account(request, "bot");
    return accounts
        .newBotToken(request.caller(), id)
        .map(token -> Response.json(201, json(id, token)));
  }

  private Future<Response> putDepartment(Request request) {
    Input body = request.body();
    Department department =
        new Department(
            departmentId(request),
            body.parsed("name", MAX_TEXT, Account::name),
            body.optionalParsed("parent", MAX_TEXT, Department::id));
    body.end();
    return organisations
        .put(request.caller(), department)
        .map(stored -> Response.json(json(department)));
  }

  private Future<Response> removeDepartment(Request request) {
    return organisations
        .removeDepartment(request.caller(), departmentId(request))
        .map(removed -> Response.empty());
  }

  private static String departmentId(Request request) {
    try {
      return Department.id(request.parameter("id"));
    } catch (IllegalArgumentException e) {
      throw Fault.invalid("id", "This is " + e.getMessage() + ".");
    }
  }

  private static JsonObject json(Department department) {
    return new JsonObject()
        .put("id", department.id())
        .put("name", department.name())
        .put("parent", department.parent());
  }

  private static JsonObject json(AccountId bot, Secret token) {
    return new JsonObject().put("id", bot.value()).put("token", token.text());
  }
}
