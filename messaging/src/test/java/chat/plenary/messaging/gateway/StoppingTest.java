package chat.plenary.messaging.gateway;

import static chat.plenary.messaging.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.messaging.Waiting;
import chat.plenary.messaging.http.Pages;
import chat.plenary.messaging.http.Response;
import chat.plenary.messaging.http.Route;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is answered while a node stops, is stale, or has revoked who asks. */
class StoppingTest {
  private static final JsonObject OBJECT = new JsonObject().put("type", "object");

  @TempDir Path directory;
  private final Promise<Response> slow = Promise.promise();
  private final AtomicBoolean asked = new AtomicBoolean();
  private final Route waits =
      new Route(
          HttpMethod.GET,
          "/test/waits",
          Route.Access.MEMBER,
          "Answers when the test lets it.",
          null,
          OBJECT,
          request -> {
            asked.set(true);
            return slow.future();
          });
  private Served served;
  private String alice;

  @BeforeEach
  void open() throws Exception {
    served = new Served(directory, List.of(waits), Pages.none(), Served.options());
    alice = served.token("alice");
  }

  @AfterEach
  void close() throws Exception {
    served.close();
  }

  private CompletableFuture<HttpResponse<String>> ask(int port) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/test/waits"))
            .header("authorization", "Bearer " + alice)
            .build();
    CompletableFuture<HttpResponse<String>> answer =
        served.client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
    until(asked::get);
    return answer;
  }

  @Test
  void whatIsUnderWayIsAnsweredBeforeTheServerStops() throws Exception {
    CompletableFuture<HttpResponse<String>> answer = ask(served.gateway.port());
    Future<Void> closed = served.gateway.close();
    Thread.sleep(200);
    assertThat(closed.isComplete()).isFalse();
    slow.complete(Response.json(new JsonObject().put("done", true)));

    assertThat(answer.get(5, TimeUnit.SECONDS).body()).isEqualTo("{\"done\":true}");
    Waiting.await(closed);
    assertThat(answer.isCompletedExceptionally()).isFalse();
  }

  @Test
  void stoppingIsBoundedWhateverIsUnderWay() throws Exception {
    ask(served.gateway.port());
    closeWithin(15);
  }

  private void closeWithin(int seconds) throws Exception {
    served.gateway.close().toCompletionStage().toCompletableFuture().get(seconds, TimeUnit.SECONDS);
  }

  @Test
  void whoWasSignedOutWhileWaitingIsToldNothing() throws Exception {
    CompletableFuture<HttpResponse<String>> answer = ask(served.gateway.port());
    Thread.sleep(1_100);
    served.raw(alice, HttpMethod.POST, "/api/v1/session/sign-out", null, List.of());
    slow.complete(Response.json(new JsonObject().put("secret", true)));

    assertThat(answer.get(5, TimeUnit.SECONDS).statusCode()).isEqualTo(401);
  }

  @Test
  void aStaleNodeWithholdsWhateverNeedsATokenAndSignsIn() throws Exception {
    AtomicBoolean fresh = new AtomicBoolean(true);
    Proxies proxies = new Proxies(List.of());
    Door door =
        new Door(
            served.chat.accounts().callers(),
            fresh::get,
            () -> false,
            new Origins(Set.of()),
            proxies,
            new Rates(100, 100, System::nanoTime),
            new Answers(proxies),
            new Failures(),
            1_024,
            Duration.ofSeconds(5));
    List<Route> routes =
        new java.util.ArrayList<>(
            Endpoints.of(served.chat, new Gateway.ServerInfo("0", false), false));
    routes.add(waits);
    LiveConnections live =
        LiveConnections.open(served.vertx, served.chat, LiveConnections.Options.defaults());
    Mounted mounted = new Mounted(served.vertx, door, routes, live, null, "0");
    HttpServer server =
        Waiting.await(served.vertx.createHttpServer().requestHandler(mounted).listen(0));
    int port = server.actualPort();

    CompletableFuture<HttpResponse<String>> underWay = ask(port);
    fresh.set(false);
    slow.complete(Response.json(new JsonObject().put("stale", true)));
    assertThat(underWay.get(5, TimeUnit.SECONDS).statusCode()).isEqualTo(503);
    asked.set(true);
    HttpResponse<String> refused = ask(port).get(5, TimeUnit.SECONDS);
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.body()).contains("unavailable");
    assertThat(refused.headers().firstValue("retry-after")).hasValue("1");
    HttpResponse<String> keys =
        served.client.send(
            HttpRequest.newBuilder(
                    URI.create("http://127.0.0.1:" + port + "/.well-known/jwks.json"))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(keys.statusCode()).isEqualTo(200);

    fresh.set(true);
    assertThat(ask(port).get(5, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
  }
}
