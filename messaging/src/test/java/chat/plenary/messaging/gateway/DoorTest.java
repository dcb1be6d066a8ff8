package chat.plenary.messaging.gateway;

import static chat.plenary.messaging.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.messaging.http.Pages;
import chat.plenary.messaging.http.Request;
import chat.plenary.messaging.http.Response;
import chat.plenary.messaging.http.Route;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What the door does with requests, whatever the endpoint. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DoorTest {
  private static final JsonObject OBJECT = new JsonObject().put("type", "object");
  private static final String JSON = "content-type";

  @TempDir static Path directory;
  private Served served;
  private String alice;
  private String bob;

  private static Route route(
      HttpMethod method,
      String path,
      Route.Access access,
      Function<Request, Future<Response>> handler) {
    return new Route(method, path, access, "Is for a test.", OBJECT, OBJECT, handler);
  }

  private static Future<Response> never(Request request) {
    return Promise.<Response>promise().future();
  }

  private static Future<Response> echo(Request request) {
    return Future.succeededFuture(
        Response.json(
            new JsonObject()
                .put("address", request.remoteAddress())
                .put("bytes", request.bytes().length())));
  }

  private static Future<Response> done(Request request) {
    return Future.succeededFuture(Response.empty());
  }

  @BeforeAll
  void open() throws Exception {
    List<Route> routes =
        List.of(
            route(
                HttpMethod.GET,
                "/test/throws",
                Route.Access.PUBLIC,
                request -> {
                  throw new IllegalStateException("an inner secret");
                }),
            route(HttpMethod.GET, "/test/never", Route.Access.MEMBER, DoorTest::never),
            route(HttpMethod.POST, "/test/never", Route.Access.MEMBER, DoorTest::never),
            route(HttpMethod.POST, "/test/echo", Route.Access.PUBLIC, DoorTest::echo),
            route(HttpMethod.POST, "/test/foreign", Route.Access.PUBLIC, DoorTest::echo)
                .speaking(
                    problem -> Response.json(new JsonObject().put("errcode", -problem.status()))),
            route(HttpMethod.POST, "/test/mute", Route.Access.PUBLIC, DoorTest::never)
                .speaking(
                    problem -> Response.json(new JsonObject().put("errcode", -problem.status()))),
            route(HttpMethod.PUT, "/test/changes", Route.Access.MEMBER, DoorTest::done),
            route(HttpMethod.GET, "/test/admin", Route.Access.ADMIN, DoorTest::done),
            route(HttpMethod.GET, "/test/owner", Route.Access.OWNER, DoorTest::done),
            new Route(
                HttpMethod.POST,
                "/test/undescribed",
                Route.Access.PUBLIC,
                "Reads a body that it does not describe.",
                null,
                null,
                request -> {
                  request.body();
                  return Future.succeededFuture(Response.empty());
                }));
    Pages pages =
        path ->
            path.equals("/c/x")
                ? Optional.of(
                    new Pages.Page(
                        "text/html; charset=utf-8",
                        Buffer.buffer("<p>Page</p>"),
                        Map.of("content-security-policy", "script-src 'self'")))
                : Optional.empty();
    Gateway.Limits limits = new Gateway.Limits(50, Duration.ofMillis(700), 20, 1);
    served = new Served(directory, routes, pages, Served.options(limits));
    alice = served.token("alice");
    bob = served.token("bob");
  }

  @AfterAll
  void close() throws Exception {
    served.close();
  }

  @Test
  void whatNobodyExpectedIsToldByAnIdAlone() throws Exception {
    Served.Answer answer = served.get(null, "/test/throws");

    assertThat(answer.problem()).isEqualTo("500 internal");
    assertThat(answer.json().getString("detail")).matches(".*logged as [0-9a-f]{12}\\.");
    assertThat(answer.text()).doesNotContain("secret").doesNotContain("Exception");
    assertThat(served.post(null, "/test/undescribed", new JsonObject()).problem())
        .isEqualTo("500 internal");
  }

  @Test
  void anEndpointThatDoesNotAnswerIsUnavailableForReadsAndUnknownForChanges() throws Exception {
    Served.Answer read = served.get(alice, "/test/never");
    assertThat(read.problem()).isEqualTo("503 unavailable");
    assertThat(read.header("retry-after")).isEqualTo("1");
    assertThat(served.post(alice, "/test/never", new JsonObject()).problem())
        .isEqualTo("503 unknown");
  }

  @Test
  void rolesAreLevels() throws Exception {
    assertThat(served.get(alice, "/test/owner").status()).isEqualTo(204);
    assertThat(served.get(bob, "/test/owner").problem()).isEqualTo("403 forbidden");
    assertThat(served.get(bob, "/test/admin").problem()).isEqualTo("403 forbidden");
    Served.Answer nobody = served.get(null, "/test/admin");
    assertThat(nobody.problem()).isEqualTo("401 unauthenticated");
    assertThat(nobody.header("www-authenticate")).isEqualTo("Bearer");
  }

  @Test
  void whoChangesTooMuchIsToldWhenToComeAgain() throws Exception {
    String one = served.token("bob");
    Served.Answer last = null;
    for (int i = 0; i < 40; i++) {
      last = served.call(one, HttpMethod.PUT, "/test/changes", new JsonObject());
      if (last.status() == 429) {
        break;
      }
    }
    assertThat(last.problem()).isEqualTo("429 too-many");
    assertThat(Integer.parseInt(last.header("retry-after"))).isBetween(1, 60);
    assertThat(last.json().getInteger("retryAfter")).isBetween(1, 60);
    assertThat(served.call(alice, HttpMethod.PUT, "/test/changes", new JsonObject()).status())
        .isEqualTo(204);
    assertThat(served.get(one, "/api/v1/me").status()).isEqualTo(200);
  }

  @Test
  void bodiesHaveASizeHoweverTheyCome() throws Exception {
    String large = "{\"x\":\"" + "x".repeat(70_000) + "\"}";
    Served.Answer answer =
        served.raw(null, HttpMethod.POST, "/test/echo", large, List.of(JSON, "application/json"));
    assertThat(answer.problem()).isEqualTo("413 too-large body");
    String chunk = "4000\r\n" + "x".repeat(0x4000) + "\r\n";
    try (Wire wire = new Wire(served.gateway.port())) {
      wire.send(
          "POST /test/echo HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"
              + "transfer-encoding: chunked\r\n\r\n"
              + chunk.repeat(5));
      assertThat(wire.head()).startsWith("HTTP/1.1 413 ");
      assertThat(wire.isClosedWithin(5_000)).as("a client that sends on is cut off").isTrue();
    }
    assertThat(served.get(null, "/api/v1/server").status()).isEqualTo(200);
  }

  @Test
  void onlyJsonThatIsNotCompressedIsTaken() throws Exception {
    for (List<String> headers :
        List.of(
            List.of(JSON, "text/plain"),
            List.of(JSON, "application/x-www-form-urlencoded"),
            List.<String>of(),
            List.of(JSON, "application/json", "content-encoding", "gzip"))) {
      assertThat(served.raw(null, HttpMethod.POST, "/test/echo", "{}", headers).problem())
          .as(headers.toString())
          .isEqualTo("415 unsupported-media-type");
    }
    assertThat(
            served
                .raw(
                    null,
                    HttpMethod.POST,
                    "/test/echo",
                    "{}",
                    List.of(JSON, "application/json; charset=utf-8"))
                .status())
        .isEqualTo(200);
  }

  @Test
  void anEndpointForCallersOfAnotherProtocolSpeaksTheirs() throws Exception {
    List<String> form = List.of(JSON, "application/x-www-form-urlencoded");
    Served.Answer taken = served.raw(null, HttpMethod.POST, "/test/foreign", "{}", form);
    assertThat(taken.json().getInteger("bytes")).isEqualTo(2);

    String large = "x".repeat(70_000);
    Served.Answer refused = served.raw(null, HttpMethod.POST, "/test/foreign", large, form);
    assertThat(refused.status()).isEqualTo(200);
    assertThat(refused.json().getInteger("errcode")).isEqualTo(-413);
    Served.Answer late = served.raw(null, HttpMethod.POST, "/test/mute", "{}", form);
    assertThat(late.status()).isEqualTo(200);
    assertThat(late.json().getInteger("errcode")).isEqualTo(-503);
  }

  @Test
  void aBodyThatNeverEndsIsNotWaitedFor() throws Exception {
    try (Wire wire = new Wire(served.gateway.port())) {
      wire.send(
          "POST /test/echo HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"
              + "content-length: 100\r\n\r\n{");
      assertThat(wire.head()).startsWith("HTTP/1.1 408 ");
      assertThat(wire.isClosedWithin(5_000)).isTrue();
    }
  }

  @Test
  void whatIsNoHttpIsToldSoAndClosed() throws Exception {
    Map<String, String> wrong =
        Map.of(
            "GET /" + "x".repeat(9_000) + " HTTP/1.1\r\nhost: x\r\n\r\n",
            "414",
            "GET / HTTP/1.1\r\nhost: x\r\nx-y: " + "x".repeat(17_000) + "\r\n\r\n",
            "431",
            "GET /api/v1/members?query=%zz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n",
            "400",
            "GET /api/v1/%zz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n",
            "400");
    for (Map.Entry<String, String> one : wrong.entrySet()) {
      try (Wire wire = new Wire(served.gateway.port())) {
        wire.send(one.getKey());
        String answer = wire.all();
        assertThat(answer).matches("(?s)HTTP/1\\.[01] " + one.getValue() + " .*");
        assertThat(answer).contains("application/problem+json", "\"status\":" + one.getValue());
      }
    }
  }

  @Test
  void forwardedAddressesAreBelievedFromTrustedProxiesAlone() throws Exception {
    assertThat(address("203.0.113.7")).isEqualTo("203.0.113.7");
    assertThat(address("198.51.100.1, 203.0.113.7")).isEqualTo("203.0.113.7");
    assertThat(address("203.0.113.7, 127.0.0.1")).isEqualTo("203.0.113.7");
    assertThat(address("not an address")).isEqualTo("127.0.0.1");
    assertThat(address("localhost")).isEqualTo("127.0.0.1");
    assertThat(address("2001:db8::7")).isEqualTo("2001:db8::7");
  }

  private String address(String forwarded) throws Exception {
    return served
        .raw(
            null,
            HttpMethod.POST,
            "/test/echo",
            "{}",
            List.of(JSON, "application/json", "x-forwarded-for", forwarded))
        .json()
        .getString("address");
  }

  @Test
  void theSessionsCookieIsTakenFromOurOwnPagesOnly() throws Exception {
    JsonObject body =
        new JsonObject()
            .put("organisation", "Assembly")
            .put("userid", "alice")
            .put("password", Served.PASSWORD)
            .put("cookie", true);
    Served.Answer signedIn = served.post(null, "/api/v1/sign-in", body);
    String cookie = signedIn.header("set-cookie");
    assertThat(cookie).contains("; Secure");
    String sent = cookie.substring(0, cookie.indexOf(';'));

    assertThat(refresh(sent, "https://evil.example")).isEqualTo(403);
    assertThat(refresh(sent, "https://chat.example.org.evil.example")).isEqualTo(403);
    assertThat(refresh(sent, "null")).isEqualTo(403);
    assertThat(refresh(sent, null)).isEqualTo(403);
    assertThat(refresh(sent, Served.ORIGIN)).isEqualTo(200);
  }

  private int refresh(String cookie, String origin) throws Exception {
    List<String> headers =
        origin == null
            ? List.of(JSON, "application/json", "cookie", cookie)
            : List.of(JSON, "application/json", "cookie", cookie, "origin", origin);
    return served.raw(null, HttpMethod.POST, "/api/v1/session/refresh", "{}", headers).status();
  }

  @Test
  void pagesStandBehindEndpointsWithTheirOwnPolicy() throws Exception {
    Served.Answer page = served.get(null, "/c/x");
    assertThat(page.text()).isEqualTo("<p>Page</p>");
    assertThat(page.header("content-type")).isEqualTo("text/html; charset=utf-8");
    assertThat(page.header("content-security-policy")).isEqualTo("script-src 'self'");
    assertThat(page.header("x-content-type-options")).isEqualTo("nosniff");
    assertThat(served.call(null, HttpMethod.HEAD, "/c/x", null).status()).isEqualTo(200);
    assertThat(served.call(null, HttpMethod.POST, "/c/x", new JsonObject()).status())
        .isEqualTo(404);
  }

  @Test
  void compressionOfMessagesIsNotNegotiated() throws Exception {
    try (Wire wire = new Wire(served.gateway.port())) {
      wire.send(handshake(null) + "\r\n");
      assertThat(wire.head().toLowerCase(java.util.Locale.ROOT))
          .startsWith("http/1.1 101 ")
          .doesNotContain("sec-websocket-extensions");
    }
  }

  @Test
  void aPageOfOthersOpensNoLiveConnection() throws Exception {
    for (String origin : List.of("https://evil.example", "null", "http://chat.example.org")) {
      try (Wire wire = new Wire(served.gateway.port())) {
        wire.send(handshake(origin) + "\r\n");
        assertThat(wire.head()).as(origin).startsWith("HTTP/1.1 403 ");
      }
    }
    try (Wire wire = new Wire(served.gateway.port())) {
      wire.send(handshake(Served.ORIGIN) + "\r\n");
      assertThat(wire.head()).startsWith("HTTP/1.1 101 ");
    }
  }

  private static String handshake(String origin) {
    return "GET /api/v1/connect HTTP/1.1\r\nhost: x\r\nupgrade: websocket\r\n"
        + "connection: upgrade\r\nsec-websocket-version: 13\r\n"
        + "sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        + "sec-websocket-extensions: permessage-deflate; client_max_window_bits,"
        + " deflate-frame, x-webkit-deflate-frame\r\n"
        + (origin == null ? "" : "origin: " + origin + "\r\n");
  }

  @Test
  void connectionsAreCountedAndBounded() throws Exception {
    for (int i = 0; i < 60; i++) {
      try (Wire wire = new Wire(served.gateway.port())) {
        wire.send(handshake(null) + "\r\n");
        assertThat(wire.head()).as("connection " + i).startsWith("HTTP/1.1 101 ");
      }
      // A closed live connection counts no longer: else the fiftieth would be the last.
      awaitConnections(10);
    }
    Wire[] wires = new Wire[60];
    int open = 0;
    for (int i = 0; i < wires.length; i++) {
      wires[i] = new Wire(served.gateway.port());
    }
    for (Wire wire : wires) {
      open += wire.isClosedWithin(100) ? 0 : 1;
      wire.close();
    }
    assertThat(open).isBetween(1, 50);
    awaitConnections(10);
  }

  private void awaitConnections(int most) throws Exception {
    until(() -> served.gateway.connections() <= most);
  }
}
