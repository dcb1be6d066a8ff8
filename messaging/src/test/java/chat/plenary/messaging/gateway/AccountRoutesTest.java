package chat.plenary.messaging.gateway;

import static chat.plenary.messaging.organisation.Office.PASSWORD;
import static chat.plenary.messaging.organisation.Office.fault;
import static chat.plenary.messaging.organisation.Office.get;
import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.account.Limits;
import chat.plenary.messaging.account.Role;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.fault.Fault.Code;
import chat.plenary.messaging.fault.Input;
import chat.plenary.messaging.http.Request;
import chat.plenary.messaging.http.Response;
import chat.plenary.messaging.http.Route;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.organisation.Office;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AccountRoutesTest {
  private final Office office = new Office();
  private final List<Route> routes =
      new AccountRoutes(
              office.accounts,
              office.organisations,
              new AccountRoutes.About("0.1.0", false, true, Limits.DEFAULTS.sessionIdle()),
              fault -> new JsonObject().put("status", fault.code().status()))
          .routes();

  @AfterEach
  void close() {
    office.close();
  }

  /** A request as the gateway hands it on. */
  private record Asked(
      Caller caller,
      Map<String, String> parameters,
      Map<String, String> queries,
      Map<String, String> headers,
      Map<String, String> cookies,
      JsonObject json)
      implements Request {
    @Override
    public String parameter(String name) {
      return parameters.get(name);
    }

    @Override
    public String query(String name) {
      return queries.get(name);
    }

    @Override
    public long query(String name, long min, long max, long otherwise) {
      return queries.containsKey(name) ? Long.parseLong(queries.get(name)) : otherwise;
    }

    @Override
    public String header(String name) {
      return headers.get(name);
    }

    @Override
    public String cookie(String name) {
      return cookies.get(name);
    }

    @Override
    public Input body() {
      return Input.of(json);
    }

    @Override
    public Buffer bytes() {
      return json == null ? Buffer.buffer() : json.toBuffer();
    }

    @Override
    public String remoteAddress() {
      return Office.ADDRESS;
    }
  }

  private Future<Response> call(String endpoint, Asked asked) {
    Route route =
        routes.stream()
            .filter(one -> (one.method() + " " + one.path()).equals(endpoint))
            .findFirst()
            .orElseThrow();
    return Future.succeededFuture(asked).compose(request -> route.handler().apply(request));
  }

  private Future<Response> call(String endpoint, JsonObject body) {
    return call(endpoint, new Asked(office.alice, Map.of(), Map.of(), Map.of(), Map.of(), body));
  }

  private Future<Response> on(AccountId id, String endpoint, JsonObject body) {
    return call(
        endpoint,
        new Asked(office.alice, Map.of("id", id.value()), Map.of(), Map.of(), Map.of(), body));
  }

  private Future<Response> withCookie(String endpoint, String cookie) {
    return call(
        endpoint,
        new Asked(
            office.alice,
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of(AccountRoutes.COOKIE, cookie),
            new JsonObject()));
  }

  private Future<Response> query(String endpoint, Map<String, String> queries) {
    return call(endpoint, new Asked(office.alice, Map.of(), queries, Map.of(), Map.of(), null));
  }

  private static JsonObject json(Future<Response> response) {
    return get(response).body().toJsonObject();
  }

  private static JsonObject credentials() {
    return new JsonObject()
        .put("organisation", "assembly")
        .put("userid", "alice")
        .put("password", PASSWORD);
  }

  @Test
  void signingInAnswersAsTheProtocolSays() {
    JsonObject answer = json(call("POST /api/v1/sign-in", credentials()));

    assertThat(answer.fieldNames())
        .containsExactlyInAnyOrder(
            "accessToken", "expiresIn", "refreshToken", "session", "account");
    assertThat(answer.getJsonObject("account").fieldNames())
        .containsExactlyInAnyOrder("id", "userid", "name", "role", "bot", "organisation");
    JsonObject again =
        json(
            call(
                "POST /api/v1/session/refresh",
                new JsonObject().put("refreshToken", answer.getString("refreshToken"))));
    assertThat(again.getString("session")).isEqualTo(answer.getString("session"));
    assertThat(again.getString("refreshToken")).isNotEqualTo(answer.getString("refreshToken"));
  }

  @Test
  void theOnlyOrganisationNeedNotBeNamed() {
    JsonObject body = credentials();
    body.remove("organisation");

    assertThat(json(call("POST /api/v1/sign-in", body)).getString("session")).startsWith("s");
  }

  @Test
  void aBrowserHasItsRefreshTokenInACookieThatScriptsCannotRead() {
    Response signedIn = get(call("POST /api/v1/sign-in", credentials().put("cookie", true)));

    assertThat(signedIn.body().toJsonObject().containsKey("refreshToken")).isFalse();
    String cookie = signedIn.headers().get("set-cookie");
    assertThat(cookie)
        .contains("; HttpOnly", "; SameSite=Strict", "; Path=/api/v1/session", "; Secure");
    String token = cookie.substring(cookie.indexOf('=') + 1, cookie.indexOf(';'));

    Response refreshed = get(withCookie("POST /api/v1/session/refresh", token));
    assertThat(refreshed.body().toJsonObject().containsKey("refreshToken")).isFalse();
    String next = refreshed.headers().get("set-cookie");
    assertThat(next).isNotEqualTo(cookie).startsWith(AccountRoutes.COOKIE + "=r1.");

    Response out = get(withCookie("POST /api/v1/session/sign-out", token));
    assertThat(out.headers().get("set-cookie")).contains("Max-Age=0");
    assertThat(fault(withCookie("POST /api/v1/session/refresh", token)).code())
        .isEqualTo(Code.UNAUTHENTICATED);
  }

  @Test
  void signingOutWorksByAnAccessTokenAlone() {
    JsonObject answer = json(call("POST /api/v1/sign-in", credentials()));
    Map<String, String> bearer =
        Map.of("authorization", "Bearer " + answer.getString("accessToken"));

    Asked asked = new Asked(null, Map.of(), Map.of(), bearer, Map.of(), null);
    get(call("POST /api/v1/session/sign-out", asked));

    assertThat(fault(office.accounts.callers().caller(answer.getString("accessToken"))).code())
        .isEqualTo(Code.UNAUTHENTICATED);
  }

  @Test
  void badInputIsNamed() {
    assertThat(field("POST /api/v1/sign-in", new JsonObject().put("userid", 7)))
        .isEqualTo("userid");
    assertThat(field("POST /api/v1/sign-in", credentials().put("extra", 1))).isEqualTo("extra");
    assertThat(field("POST /api/v1/session/refresh", new JsonObject().put("refreshToken", "")))
        .isEqualTo("refreshToken");
    assertThat(field("POST /api/v1/members", members("no spaces", "Bob")))
        .isEqualTo("members[0].userid");
    assertThat(field("POST /api/v1/members", members("bob", "\u202e")))
        .isEqualTo("members[0].name");
    assertThat(
            field(
                "POST /api/v1/members",
                new JsonObject()
                    .put(
                        "members",
                        new JsonArray()
                            .add(
                                new JsonObject()
                                    .put("userid", "bob")
                                    .put("name", "Bob")
                                    .put("password", "short")))))
        .isEqualTo("members[0].password");
    assertThat(field("POST /api/v1/bots", new JsonObject().put("userid", "ALICE").put("name", "X")))
        .isEqualTo("userid");
    assertThat(fault(query("GET /api/v1/accounts", Map.of("ids", "nonsense"))).field())
        .isEqualTo("ids");
    assertThat(fault(query("GET /api/v1/members", Map.of("query", "x".repeat(65)))).field())
        .isEqualTo("query");
  }

  private String field(String endpoint, JsonObject body) {
    Fault fault = fault(call(endpoint, body));
    return fault.field();
  }

  private static JsonObject members(String userid, String name) {
    return new JsonObject()
        .put(
            "members",
            new JsonArray().add(new JsonObject().put("userid", userid).put("name", name)));
  }

  @Test
  void membersAreAddedChangedListedAndRemoved() {
    JsonObject added =
        json(call("POST /api/v1/members", members("bob", "Bob")))
            .getJsonArray("members")
            .getJsonObject(0);
    AccountId bob = new AccountId(added.getString("id"));
    JsonObject taken =
        json(call("POST /api/v1/members", members("BOB", "Bob")))
            .getJsonArray("members")
            .getJsonObject(0);
    assertThat(taken)
        .isEqualTo(
            new JsonObject()
                .put("userid", "BOB")
                .put("problem", new JsonObject().put("status", 409)));

    JsonObject changed =
        json(
            on(
                bob,
                "PATCH /api/v1/members/{id}",
                new JsonObject().put("name", "Robert").put("role", "admin")));
    assertThat(changed.getString("name")).isEqualTo("Robert");
    assertThat(office.account("bob").role()).isEqualTo(Role.ADMIN);

    assertThat(
            json(query("GET /api/v1/members", Map.of("query", "rob")))
                .getJsonArray("members")
                .getJsonObject(0))
        .isEqualTo(changed);
    get(on(bob, "DELETE /api/v1/members/{id}", null));
    JsonObject looked = json(query("GET /api/v1/accounts", Map.of("ids", bob.value())));
    assertThat(looked.getJsonArray("accounts").getJsonObject(0).getBoolean("disabled")).isTrue();
    assertThat(fault(on(bob, "DELETE /api/v1/members/{id}", null)).code())
        .isEqualTo(Code.NOT_FOUND);
  }

  @Test
  void aPasswordMayBeAllThatChanges() {
    get(
        on(
            office.alice.account(),
            "PATCH /api/v1/members/{id}",
            new JsonObject().put("password", "another good password")));

    assertThat(fault(call("POST /api/v1/sign-in", credentials())).code())
        .isEqualTo(Code.UNAUTHENTICATED);
    assertThat(
            fault(
                    on(
                        AccountId.random(),
                        "PATCH /api/v1/members/{id}",
                        new JsonObject().put("password", "another good password")))
                .code())
        .isEqualTo(Code.NOT_FOUND);
  }

  @Test
  void ticketsSignInAndBotsGetTokens() {
    String ticket =
        json(on(
                office.alice.account(),
                "POST /api/v1/members/{id}/tickets",
                new JsonObject().put("count", 2)))
            .getJsonArray("tickets")
            .getString(1);
    assertThat(
            json(call("POST /api/v1/sign-in/ticket", new JsonObject().put("ticket", ticket)))
                .getString("accessToken"))
        .isNotEmpty();
    assertThat(
            json(call(
                    "POST /api/v1/bots",
                    new JsonObject().put("userid", "un75").put("name", "UN75")))
                .getString("token"))
        .startsWith("b1.");
  }

  @Test
  void theServerTellsWhatItIs() {
    assertThat(json(query("GET /api/v1/server", Map.of())))
        .isEqualTo(
            new JsonObject()
                .put("name", "Plenary")
                .put("version", "0.1.0")
                .put("organisation", new JsonObject().put("name", "Assembly"))
                .put("setUp", true)
                .put("demo", false));
    assertThat(json(query("GET /.well-known/jwks.json", Map.of())).getJsonArray("keys")).hasSize(1);
    assertThat(json(query("GET /api/v1/me", Map.of())).getString("userid")).isEqualTo("alice");
    assertThat(json(query("GET /api/v1/organisation", Map.of())).getString("name"))
        .isEqualTo("Assembly");
  }

  @Test
  void howLongWhatIsSaidIsKeptIsTheOrganisations() {
    assertThat(json(query("GET /api/v1/organisation", Map.of())).getJsonObject("retention"))
        .isEqualTo(new JsonObject().put("days", 0));
    String put = "PUT /api/v1/organisation/retention";
    assertThat(json(call(put, new JsonObject().put("days", 30))).getInteger("days")).isEqualTo(30);
    assertThat(json(query("GET /api/v1/organisation", Map.of())).getJsonObject("retention"))
        .isEqualTo(new JsonObject().put("days", 30));
    for (Object wrong : List.of(-1, 3_651, "30", 1.5)) {
      assertThat(fault(call(put, new JsonObject().put("days", wrong))).field()).isEqualTo("days");
    }
    assertThat(fault(call(put, new JsonObject())).field()).isEqualTo("days");
  }

  @Test
  void everyEndpointThatNeedsNoTokenIsMeantToNeedNone() {
    assertThat(routes)
        .filteredOn(route -> route.access() == Route.Access.PUBLIC)
        .extracting(Route::path)
        .containsExactlyInAnyOrder(
            "/api/v1/sign-in",
            "/api/v1/sign-in/ticket",
            "/api/v1/session/refresh",
            "/api/v1/session/sign-out",
            "/api/v1/setup",
            "/api/v1/server",
            "/.well-known/jwks.json");
  }
}
