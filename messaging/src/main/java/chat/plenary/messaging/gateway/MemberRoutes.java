package chat.plenary.messaging.gateway;

import static chat.plenary.messaging.gateway.AccountSchemas.list;
import static chat.plenary.messaging.gateway.AccountSchemas.object;
import static chat.plenary.messaging.gateway.AccountSchemas.optional;

import chat.plenary.messaging.account.Account;
import chat.plenary.messaging.account.Accounts;
import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.account.Revoked;
import chat.plenary.messaging.account.Role;
import chat.plenary.messaging.account.Secret;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.fault.Input;
import chat.plenary.messaging.http.Request;
import chat.plenary.messaging.http.Response;
import chat.plenary.messaging.http.Route;
import chat.plenary.messaging.http.Route.Access;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.organisation.Department;
import chat.plenary.messaging.organisation.Joining;
import chat.plenary.messaging.organisation.Organisations;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The members of the organisation (section 3 of the protocol). */
final class MemberRoutes {
  private static final int PAGE = 200;
  private static final int MAX_TEXT = 256;
  private static final int MAX_IDS = Organisations.MAX_LOOKED_UP * 24;

  private final Accounts accounts;
  private final Organisations organisations;
  private final Function<Fault, JsonObject> problem;

  MemberRoutes(
      Accounts accounts, Organisations organisations, Function<Fault, JsonObject> problem) {
    this.accounts = accounts;
    this.organisations = organisations;
    this.problem = problem;
  }

  List<Route> routes() {
    return List.of(
        get(
                "/api/v1/members",
                "A page of members by userid.",
                object(
                    "members", list(AccountSchemas.MEMBER), "next", AccountSchemas.OPTIONAL_TEXT),
                this::members)
            .text("after", "The next of the page before.")
            .number("limit", "How many at the most; 100 unless given.", 1, PAGE)
            .text("query", "Only those in whose names or userids this is found."),
        get(
                "/api/v1/accounts",
                "Up to 100 accounts of your organisation by id.",
                object("accounts", list(AccountSchemas.account())),
                this::accounts)
            .text("ids", "The ids, with commas between them."),
        post(
            "/api/v1/members",
            Access.ADMIN,
            "Adds up to 500 members, each for itself.",
            object("members", list(AccountSchemas.candidate(), 1, Organisations.MAX_ADDED)),
            object(
                "members",
                list(
                    optional(
                        object("userid", AccountSchemas.TEXT),
                        "id",
                        AccountSchemas.TEXT,
                        "problem",
                        new JsonObject().put("type", "object")))),
            this::add),
        new Route(
            HttpMethod.PATCH,
            "/api/v1/members/{id}",
            Access.ADMIN,
            "Changes a member.",
            optional(
                object(),
                "name",
                AccountSchemas.NAME,
                "role",
                AccountSchemas.ROLE,
                "disabled",
                AccountSchemas.FLAG,
                "departments",
                AccountSchemas.TEXTS,
                "password",
                AccountSchemas.PASSWORD),
            AccountSchemas.MEMBER,
            this::change),
        new Route(
            HttpMethod.DELETE,
            "/api/v1/members/{id}",
            Access.ADMIN,
            "Removes a member.",
            null,
            null,
            this::remove),
        post(
            "/api/v1/members/{id}/sign-out",
            Access.ADMIN,
            "Ends all sessions of a member.",
            null,
            null,
            this::signOut),
        post(
            "/api/v1/members/{id}/tickets",
            Access.OWNER,
            "Makes one-use sign-in tickets.",
            object("count", AccountSchemas.number(1, Accounts.MAX_TICKETS)),
            object("tickets", AccountSchemas.TEXTS),
            this::tickets));
  }

  private Future<Response> members(Request request) {
    String after = bounded(request, "after", Account.MAX_USERID);
    String query = bounded(request, "query", Account.MAX_NAME);
    int limit = (int) request.query("limit", 1, PAGE, 100);
    return organisations
        .members(request.caller(), after, limit, query)
        .map(
            page -> {
              JsonArray members = new JsonArray();
              page.members().forEach(member -> members.add(member(member)));
              return Response.json(
                  new JsonObject().put("members", members).put("next", page.next()));
            });
  }

  private Future<Response> accounts(Request request) {
    String ids = bounded(request, "ids", MAX_IDS);
    List<AccountId> wanted = new ArrayList<>();
    for (String id : ids == null ? new String[0] : ids.split(",", -1)) {
      if (!AccountId.isValid(id)) {
        throw Fault.invalid("ids", "These must be ids of accounts with commas between them.");
      }
      wanted.add(new AccountId(id));
    }
    return organisations
        .accounts(request.caller(), wanted)
        .map(
            found -> {
              JsonArray list = new JsonArray();
              for (Account account : found) {
                list.add(
                    new JsonObject()
                        .put("id", account.id().value())
                        .put("userid", account.userid())
                        .put("name", account.name())
                        .put("bot", account.bot())
                        .put("disabled", account.disabled()));
              }
              return Response.json(new JsonObject().put("accounts", list));
            });
  }

  private Future<Response> add(Request request) {
    Input body = request.body();
    List<Joining.Candidate> candidates = new ArrayList<>();
    for (Input member : body.objects("members", Organisations.MAX_ADDED)) {
      Role role = member.optionalParsed("role", MAX_TEXT, Role::parse);
      candidates.add(
          new Joining.Candidate(
              member.parsed("userid", MAX_TEXT, Account::userid),
              member.parsed("name", MAX_TEXT, Account::name),
              Accounts.password(member, "password"),
              role == null ? Role.MEMBER : role,
              member.texts(
                  "departments", Account.MAX_DEPARTMENTS, Account.MAX_NAME, Department::id)));
      member.end();
    }
    body.end();
    return organisations
        .add(request.caller(), candidates)
        .map(
            joined -> {
              JsonArray members = new JsonArray();
              joined.forEach(one -> members.add(json(one)));
              return Response.json(new JsonObject().put("members", members));
            });
  }

  private Future<Response> change(Request request) {
    Caller caller = request.caller();
    AccountId id = account(request);
    Input body = request.body();
    String name = body.optionalParsed("name", MAX_TEXT, Account::name);
    Role role = body.optionalParsed("role", MAX_TEXT, Role::parse);
    Boolean disabled = body.has("disabled") ? body.flag("disabled", false) : null;
    List<String> departments =
        body.has("departments")
            ? body.texts("departments", Account.MAX_DEPARTMENTS, Account.MAX_NAME, Department::id)
            : null;
    String password = Accounts.password(body, "password");
    body.end();
    boolean changes = name != null || role != null || disabled != null || departments != null;
    if (!changes && password == null) {
      throw Fault.invalid("name", "Something to change is required.");
    }
    Future<Void> done =
        password == null ? Future.succeededFuture() : accounts.changePassword(caller, id, password);
    return done.compose(
            set ->
                changes
                    ? organisations.change(caller, id, name, role, disabled, departments)
                    : organisations.accounts(caller, List.of(id)).map(found -> found.get(0)))
        .map(member -> Response.json(member(member)));
  }

  private Future<Response> remove(Request request) {
    return organisations
        .remove(request.caller(), account(request))
        .map(removed -> Response.empty());
  }

  private Future<Response> signOut(Request request) {
    return accounts
        .signOutAll(request.caller(), account(request), Revoked.Reason.SIGNED_OUT)
        .map(ended -> Response.empty());
  }

  private Future<Response> tickets(Request request) {
    Input body = request.body();
    int count = (int) body.number("count", 1, Accounts.MAX_TICKETS);
    body.end();
    return accounts
        .tickets(request.caller(), account(request), count)
        .map(
            tickets ->
                Response.json(
                    201,
                    new JsonObject()
                        .put(
                            "tickets",
                            new JsonArray(tickets.stream().map(Secret::text).toList()))));
  }

  /** An id that has not the form of one is not there either. */
  static AccountId account(Request request) {
    return account(request, "account");
  }

  static AccountId account(Request request, String what) {
    String id = request.parameter("id");
    if (!AccountId.isValid(id)) {
      throw Fault.notFound(what);
    }
    return new AccountId(id);
  }

  private static @Nullable String bounded(Request request, String name, int max) {
    String value = request.query(name);
    if (value != null && value.length() > max) {
      throw Fault.invalid(name, "This has at most " + max + " characters.");
    }
    return value == null || value.isEmpty() ? null : value;
  }

  private static JsonObject member(Account account) {
    return new JsonObject()
        .put("id", account.id().value())
        .put("userid", account.userid())
        .put("name", account.name())
        .put("role", account.role().text())
        .put("bot", account.bot())
        .put("disabled", account.disabled())
        .put("departments", new JsonArray(account.departments()));
  }

  private JsonObject json(Joining.Joined joined) {
    JsonObject json = new JsonObject().put("userid", joined.userid());
    return joined.problem() == null
        ? json.put("id", String.valueOf(joined.id()))
        : json.put("problem", problem.apply(joined.problem()));
  }

  static Route get(
      String path, String summary, JsonObject answer, Function<Request, Future<Response>> handler) {
    return new Route(HttpMethod.GET, path, Access.MEMBER, summary, null, answer, handler);
  }

  static Route post(
      String path,
      Access access,
      String summary,
      @Nullable JsonObject body,
      @Nullable JsonObject answer,
      Function<Request, Future<Response>> handler) {
    return new Route(HttpMethod.POST, path, access, summary, body, answer, handler);
  }
}
