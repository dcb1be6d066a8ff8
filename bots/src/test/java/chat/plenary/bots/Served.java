package chat.plenary.bots;

import static chat.plenary.bots.House.await;

import chat.plenary.messaging.gateway.Gateway;
import chat.plenary.messaging.http.Pages;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A house with its door open: the whole protocol over HTTP. */
public final class Served implements AutoCloseable {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  public final House house;
  public final int port;
  private final Gateway gateway;
  public final String alice;

  public Served(Path directory) throws Exception {
    house = new House(directory, true, List.of("bob"));
    gateway =
        await(
            Gateway.open(
                house.vertx,
                house.chat,
                house.bots.routes(),
                Pages.none(),
                new Gateway.Options(
                    "127.0.0.1",
                    0,
                    null,
                    Set.of(),
                    List.of(),
                    64 * 1024,
                    new Gateway.ServerInfo("0.1.0", true))));
    port = gateway.port();
    alice = signIn("alice", "correct horse battery");
  }

  /** An answer of the server. */
  public record Answer(int status, String text) {
    public JsonObject json() {
      if (status / 100 != 2) {
        throw new AssertionError(status + ": " + text);
      }
      return new JsonObject(text);
    }

    /** Status, type and field of a problem, such as {@code 400 invalid cursor}. */
    public String problem() {
      JsonObject problem = new JsonObject(text);
      String type = problem.getString("type").substring("urn:plenary:problem:".length());
      return status + " " + type + " " + problem.getString("field");
    }
  }

  /** The access token of a member with a password. */
  public String signIn(String userid, String password) throws Exception {
    JsonObject signIn = new JsonObject().put("userid", userid).put("password", password);
    return post(null, "/api/v1/sign-in", signIn).json().getString("accessToken");
  }

  /** Deletes something; the status of the answer. */
  public int delete(String token, String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("authorization", "Bearer " + token)
            .timeout(Duration.ofSeconds(60))
            .DELETE()
            .build();
    return CLIENT.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
  }

  /** Posts a text as it is, of any content type; the answer as it is. */
  public Answer raw(String path, String text, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(60))
            .POST(HttpRequest.BodyPublishers.ofString(text));
    if (headers.length > 0) {
      request.headers(headers);
    }
    HttpResponse<String> answer =
        CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    return new Answer(answer.statusCode(), answer.body());
  }

  public Answer get(@Nullable String token, String path, String... headers) throws Exception {
    return await(io.vertx.core.Future.fromCompletionStage(begin(token, path, null, headers)));
  }

  public Answer post(@Nullable String token, String path, JsonObject body, String... headers)
      throws Exception {
    return await(io.vertx.core.Future.fromCompletionStage(begin(token, path, body, headers)));
  }

  /** Asks, and does not wait for the answer. */
  public CompletableFuture<Answer> begin(
      @Nullable String token, String path, @Nullable JsonObject body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(60));
    if (body != null) {
      request.header("content-type", "application/json");
      request.POST(HttpRequest.BodyPublishers.ofString(body.encode()));
    }
    if (token != null) {
      request.header("authorization", "Bearer " + token);
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT
        .sendAsync(request.build(), HttpResponse.BodyHandlers.ofString())
        .thenApply(answer -> new Answer(answer.statusCode(), answer.body()));
  }

  @Override
  public void close() throws Exception {
    await(gateway.close());
    house.close();
  }
}
