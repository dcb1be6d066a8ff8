package chat.plenary.messaging.gateway;

import static chat.plenary.messaging.Waiting.await;

import chat.plenary.messaging.Chat;
import chat.plenary.messaging.Features;
import chat.plenary.messaging.TestClock;
import chat.plenary.messaging.Waiting;
import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.account.Role;
import chat.plenary.messaging.cluster.VertxBus;
import chat.plenary.messaging.http.Pages;
import chat.plenary.messaging.http.Route;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.id.OrganisationId;
import chat.plenary.messaging.log.Lanes;
import chat.plenary.messaging.log.VertxTimers;
import chat.plenary.messaging.organisation.Joining;
import chat.plenary.messaging.organisation.OrganisationState;
import chat.plenary.messaging.store.Store;
import chat.plenary.messaging.store.embedded.EmbeddedStore;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A node as strangers meet it: a gateway over a chat over the embedded store, in which Alice owns
 * the organisation Assembly and Bob is a member.
 */
final class Served implements AutoCloseable {
  static final String PASSWORD = "correct horse battery staple";
  static final String ORIGIN = "https://chat.example.org";

  final TestClock clock = new TestClock();
  final Vertx vertx = Vertx.vertx();
  final Store store;
  final Chat chat;
  final Gateway gateway;
  final OrganisationId organisation;
  final AccountId alice;
  final AccountId bob;
  final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  Served(Path directory) throws Exception {
    this(directory, List.of(), Pages.none(), options());
  }

  Served(Path directory, List<Route> more, Pages pages, Gateway.Options options) throws Exception {
    this(directory, more, pages, options, Features.none(), true);
  }

  /** A server with what its node brings along. */
  Served(Path directory, Features features) throws Exception {
    this(directory, List.of(), Pages.none(), options(), features, true);
  }

  /** A server that nobody has set up yet. */
  static Served empty(Path directory) throws Exception {
    return new Served(directory, List.of(), Pages.none(), options(), Features.none(), false);
  }

  private Served(
      Path directory,
      List<Route> more,
      Pages pages,
      Gateway.Options options,
      Features features,
      boolean people)
      throws Exception {
    store = await(EmbeddedStore.open(vertx, directory, Waiting.store()));
    chat =
        await(
            Chat.open(
                store,
                await(VertxBus.open(vertx)),
                new VertxTimers(vertx, clock),
                Lanes.contexts(vertx, 2),
                Chat.Options.defaults(),
                features));
    await(chat.start());
    organisation =
        people
            ? await(chat.organisations().create("Assembly", "alice", "Alice Adams", PASSWORD))
            : null;
    alice = people ? account(organisation, "alice") : null;
    bob = people ? join(organisation, alice, "bob") : null;
    gateway = await(Gateway.open(vertx, chat, more, pages, options));
  }

  static Gateway.Options options() {
    return options(Gateway.Limits.defaults());
  }

  static Gateway.Options options(Gateway.Limits limits) {
    return new Gateway.Options(
        "127.0.0.1",
        0,
        null,
        Set.of(ORIGIN),
        List.of("127.0.0.1"),
        64 * 1024,
        new Gateway.ServerInfo("0.1.0", false),
        limits);
  }

  AccountId account(OrganisationId home, String userid) throws Exception {
    OrganisationState state = (OrganisationState) await(chat.log().state(ConversationId.of(home)));
    return state.byUserid(userid).id();
  }

  AccountId join(OrganisationId home, AccountId owner, String userid) throws Exception {
    Caller caller = new Caller(owner, home, null, Role.OWNER, false);
    Joining.Candidate candidate =
        new Joining.Candidate(userid, userid, PASSWORD, Role.MEMBER, List.of());
    return await(chat.organisations().add(caller, List.of(candidate))).get(0).id();
  }

  /** A fresh access token of a member of Assembly. */
  String token(String userid) throws Exception {
    return signIn("Assembly", userid).getString("accessToken");
  }

  JsonObject signIn(String home, String userid) throws Exception {
    JsonObject body =
        new JsonObject().put("organisation", home).put("userid", userid).put("password", PASSWORD);
    return call(null, HttpMethod.POST, "/api/v1/sign-in", body).json();
  }

  /**
   * An answer.
   *
   * @param status the HTTP status
   * @param text the body
   * @param whole all of it
   */
  record Answer(int status, String text, HttpResponse<String> whole) {
    JsonObject json() {
      return new JsonObject(text);
    }

    String header(String name) {
      return whole.headers().firstValue(name).orElse(null);
    }

    /** The kind of problem, and the field that it names. */
    String problem() {
      JsonObject json = json();
      String type = json.getString("type").replace("urn:plenary:problem:", "");
      return status + " " + type + (json.containsKey("field") ? " " + json.getString("field") : "");
    }
  }

  Answer get(String token, String path) throws Exception {
    return call(token, HttpMethod.GET, path, null);
  }

  Answer post(String token, String path, JsonObject body) throws Exception {
    return call(token, HttpMethod.POST, path, body);
  }

  Answer call(String token, HttpMethod method, String path, JsonObject body) throws Exception {
    return raw(
        token,
        method,
        path,
        body == null ? null : body.encode(),
        body == null ? List.of() : List.of("content-type", "application/json"));
  }

  Answer raw(String token, HttpMethod method, String path, String body, List<String> headers)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(headers);
    if (token != null) {
      all.add("authorization");
      all.add("Bearer " + token);
    }
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + path))
            .timeout(Duration.ofSeconds(30))
            .method(
                method.name(),
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (!all.isEmpty()) {
      request.headers(all.toArray(String[]::new));
    }
    HttpResponse<String> answer =
        client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    return new Answer(answer.statusCode(), answer.body(), answer);
  }

  /** A group of Alice's with Bob in it. */
  String group(String token, String chosen) throws Exception {
    JsonObject body =
        new JsonObject()
            .put("ref", "create-" + chosen)
            .put("kind", "group")
            .put("id", chosen)
            .put("name", "Group " + chosen)
            .put("members", new JsonArray().add(bob.value()))
            .put("history", true);
    return post(token, "/api/v1/conversations", body).json().getString("id");
  }

  static JsonObject message(String ref, String text) {
    return new JsonObject()
        .put("ref", ref)
        .put("body", new JsonObject().put("type", "text").put("text", text));
  }

  @Override
  public void close() throws Exception {
    await(gateway.close());
    await(chat.close());
    await(store.close());
    await(vertx.close());
  }
}
