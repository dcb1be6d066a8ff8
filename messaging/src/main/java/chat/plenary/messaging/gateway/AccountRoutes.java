package chat.plenary.messaging.gateway;

import static chat.plenary.messaging.gateway.AccountSchemas.object;
import static chat.plenary.messaging.gateway.AccountSchemas.optional;

import chat.plenary.messaging.account.Account;
import chat.plenary.messaging.account.Accounts;
import chat.plenary.messaging.account.SignedIn;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.fault.Input;
import chat.plenary.messaging.http.Request;
import chat.plenary.messaging.http.Response;
import chat.plenary.messaging.http.Route;
import chat.plenary.messaging.http.Route.Access;
import chat.plenary.messaging.id.OrganisationId;
import chat.plenary.messaging.organisation.Organisations;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Signing in and out, set-up, what the server is and who one is (section 2 of the protocol). */
public final class AccountRoutes {
  /** The cookie that holds a browser's refresh token. */
  public static final String COOKIE = "plenary-refresh";

  private static final String COOKIE_PATH = "/api/v1/session";
  private static final int MAX_TOKEN = 200;
  private static final int MAX_PASSWORD = 256;

  /**
   * What the server says of itself.
   *
   * @param version the version of Plenary
   * @param demo whether it shows a demonstration
   * @param secureCookies whether browsers reach it by https only
   * @param sessionIdle how long a browser keeps the cookie
   */
  public record About(String version, boolean demo, boolean secureCookies, Duration sessionIdle) {}

  private final Accounts accounts;
  private final Organisations organisations;
  private final About about;
  private final Function<Fault, JsonObject> problem;

  /**
   * The endpoints.
   *
   * @param problem how a fault is told inside an answer: as the problem object of the protocol
   */
  public AccountRoutes(
      Accounts accounts,
      Organisations organisations,
      About about,
      Function<Fault, JsonObject> problem) {
    this.accounts = accounts;
    this.organisations = organisations;
    this.about = about;
    this.problem = problem;
  }

  /** The endpoints of accounts and organisations. */
  public List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    routes.add(
        new Route(
            HttpMethod.POST,
            "/api/v1/sign-in",
            Access.PUBLIC,
            "Signs in by a password.",
            optional(
                object("userid", AccountSchemas.TEXT, "password", AccountSchemas.TEXT),
                "organisation",
                AccountSchemas.TEXT,
                "cookie",
                AccountSchemas.FLAG),
            AccountSchemas.SIGNED_IN,
            this::signIn));
    routes.add(
        new Route(
            HttpMethod.POST,
            "/api/v1/sign-in/ticket",
            Access.PUBLIC,
            "Signs in by a one-use ticket.",
            optional(object("ticket", AccountSchemas.TEXT), "cookie", AccountSchemas.FLAG),
            AccountSchemas.SIGNED_IN,
            this::redeem));
    routes.add(
        new Route(
            HttpMethod.POST,
            "/api/v1/session/refresh",
            Access.PUBLIC,
            "Takes a refresh token, from the body or the cookie, for new tokens.",
            optional(object(), "refreshToken", AccountSchemas.TEXT),
            AccountSchemas.SIGNED_IN,
            this::refresh));
    routes.add(
        new Route(
            HttpMethod.POST,
            "/api/v1/session/sign-out",
            Access.PUBLIC,
            "Ends the session of the refresh token in the body or the cookie, or of the access"
                + " token.",
            optional(object(), "refreshToken", AccountSchemas.TEXT),
            null,
            this::signOut));
    routes.add(
        new Route(
            HttpMethod.POST,
            "/api/v1/setup",
            Access.PUBLIC,
            "Makes the first organisation and its owner, by the token of the one-use link.",
            object(
                "token",
                AccountSchemas.TEXT,
                "organisation",
                NewOrganisation.ORGANISATION,
                "owner",
                NewOrganisation.OWNER),
            NewOrganisation.MADE,
            this::setUp));
    routes.add(
        new Route(
            HttpMethod.GET,
            "/api/v1/server",
            Access.PUBLIC,
            "Tells what this server is.",
            null,
            object(
                "name",
                AccountSchemas.TEXT,
                "version",
                AccountSchemas.TEXT,
                "organisation",
                object("name", AccountSchemas.TEXT)
                    .put("type", AccountSchemas.OPTIONAL_OBJECT.getValue("type")),
                "setUp",
                AccountSchemas.FLAG,
                "demo",
                AccountSchemas.FLAG),
            this::server));
    routes.add(
        new Route(
            HttpMethod.GET,
            "/api/v1/me",
            Access.MEMBER,
            "Tells who you are.",
            null,
            AccountSchemas.ME,
            this::me));
    routes.add(
        new Route(
            HttpMethod.GET,
            "/.well-known/jwks.json",
            Access.PUBLIC,
            "The public keys of access tokens (RFC 7517).",
            null,
            object("keys", AccountSchemas.list(new JsonObject().put("type", "object"))),
            this::keys));
    routes.addAll(new OrganisationRoutes(accounts, organisations).routes());
    routes.addAll(new MemberRoutes(accounts, organisations, problem).routes());
    return routes;
  }

  private Future<Response> signIn(Request request) {
    Input body = request.body();
    String organisation = body.optionalText("organisation", 1, Account.MAX_NAME);
    String userid = body.text("userid", 1, Account.MAX_USERID);
    String password = body.text("password", 1, MAX_PASSWORD);
    boolean cookie = body.flag("cookie", false);
    body.end();
    return organisations
        .find(organisation)
        .compose(id -> accounts.signIn(id, userid, password, request.remoteAddress()))
        .map(signedIn -> answer(signedIn, cookie));
  }

  private Future<Response> redeem(Request request) {
    Input body = request.body();
    String ticket = body.text("ticket", 1, MAX_TOKEN);
    boolean cookie = body.flag("cookie", false);
    body.end();
    return accounts
        .redeem(ticket, request.remoteAddress())
        .map(signedIn -> answer(signedIn, cookie));
  }

  private Future<Response> refresh(Request request) {
    String given = refreshToken(request);
    String token = given == null ? request.cookie(COOKIE) : given;
    return token == null
        ? Future.failedFuture(noToken())
        : accounts.refresh(token).map(signedIn -> answer(signedIn, given == null));
  }

  private Future<Response> signOut(Request request) {
    String given = refreshToken(request);
    String refresh = given == null ? request.cookie(COOKIE) : given;
    String access = bearer(request);
    Future<Void> done =
        refresh == null ? Future.failedFuture(noToken()) : accounts.signOut(refresh);
    if (access != null) {
      done = done.recover(ended -> accounts.callers().caller(access).compose(accounts::signOut));
    }
    return done.map(ended -> Response.empty().with("set-cookie", cookie("", Duration.ZERO)));
  }

  /** The refresh token in the body; null where there is none, or no body. */
  private static @Nullable String refreshToken(Request request) {
    if (request.bytes().length() == 0) {
      return null;
    }
    Input body = request.body();
    String token = body.optionalText("refreshToken", 1, MAX_TOKEN);
    body.end();
    return token;
  }

  private Future<Response> setUp(Request request) {
    Input body = request.body();
    String token = body.text("token", 1, MAX_TOKEN);
    NewOrganisation made = NewOrganisation.read(body);
    return organisations
        .setUp()
        .complete(token, made.name(), made.userid(), made.ownerName(), made.password())
        .map(made::made);
  }

  private Future<Response> server(Request request) {
    return organisations
        .any()
        .compose(
            any ->
                organisations
                    .only()
                    .map(
                        only ->
                            Response.json(
                                new JsonObject()
                                    .put("name", "Plenary")
                                    .put("version", about.version())
                                    .put(
                                        "organisation",
                                        only == null
                                            ? null
                                            : new JsonObject().put("name", only.name()))
                                    .put("setUp", any)
                                    .put("demo", about.demo()))));
  }

  private Future<Response> me(Request request) {
    return organisations
        .of(request.caller())
        .map(
            state -> {
              Account account = state.account(request.caller().account());
              if (account == null) {
                throw Fault.notFound("account");
              }
              return Response.json(me(account, state.id(), state.name()));
            });
  }

  private Future<Response> keys(Request request) {
    return Future.succeededFuture(
        Response.json(accounts.publishedKeys()).with("cache-control", "public, max-age=300"));
  }

  private Response answer(SignedIn signedIn, boolean inCookie) {
    JsonObject json =
        new JsonObject()
            .put("accessToken", signedIn.accessToken().text())
            .put("expiresIn", signedIn.expiresIn())
            .put("session", signedIn.session().value())
            .put(
                "account",
                me(signedIn.account(), signedIn.organisation(), signedIn.organisationName()));
    String refresh = signedIn.refreshToken().text();
    return inCookie
        ? Response.json(json).with("set-cookie", cookie(refresh, about.sessionIdle()))
        : Response.json(json.put("refreshToken", refresh));
  }

  /** Sent back to the session's endpoints alone, and never from another site. */
  private String cookie(String value, Duration life) {
    return COOKIE
        + "="
        + value
        + "; Max-Age="
        + life.toSeconds()
        + "; Path="
        + COOKIE_PATH
        + "; HttpOnly; SameSite=Strict"
        + (about.secureCookies() ? "; Secure" : "");
  }

  private static JsonObject me(Account account, OrganisationId id, String organisation) {
    return new JsonObject()
        .put("id", account.id().value())
        .put("userid", account.userid())
        .put("name", account.name())
        .put("role", account.role().text())
        .put("bot", account.bot())
        .put("organisation", named(id, organisation));
  }

  private static JsonObject named(OrganisationId id, String name) {
    return new JsonObject().put("id", id.value()).put("name", name);
  }

  /** The token in the header {@code Authorization}, or null. */
  static @Nullable String bearer(Request request) {
    String header = request.header("authorization");
    return header != null && header.toLowerCase(Locale.ROOT).startsWith("bearer ")
        ? header.substring("bearer ".length()).strip()
        : null;
  }

  private static Fault noToken() {
    return Fault.of(
        Fault.Code.UNAUTHENTICATED, "refreshToken", "There is no session to go on with.");
  }
}
