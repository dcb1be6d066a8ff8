package chat.plenary.messaging.gateway;

import static chat.plenary.messaging.Waiting.await;

import chat.plenary.messaging.account.SignedIn;
import chat.plenary.messaging.caption.Floors;
import chat.plenary.messaging.caption.Speeches;
import chat.plenary.messaging.http.Pages;
import chat.plenary.messaging.http.Route;
import chat.plenary.messaging.interpretation.SpeechInterpreter;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A whole server with captions, the organisation's people, and clients on real sockets. */
public final class CaptionNode implements AutoCloseable {
  static final String ORIGIN = "https://chat.example.org";

  public final Floors floors;
  final Gateway gateway;
  private final WebSocketClient clients;
  private final HttpClient http = HttpClient.newHttpClient();

  public CaptionNode(
      Path directory, List<SpeechInterpreter> engines, SpeechConnections.Options options)
      throws Exception {
    this(Floors.open(directory, assembly -> null, List.of(), engines), engines, options);
  }

  public CaptionNode(
      Floors opened, List<SpeechInterpreter> engines, SpeechConnections.Options options)
      throws Exception {
    floors = opened;
    Speeches speeches =
        new Speeches(
            floors.captions, engines, floors.voices, floors.timers, Speeches.Options.defaults());
    List<Route> routes = new ArrayList<>(new CaptionRoutes(floors.captions).routes());
    routes.addAll(new VoiceRoutes(floors.voices).routes());
    gateway =
        await(
            Gateway.open(
                floors.assembly.vertx,
                floors.assembly.chat,
                routes,
                Pages.none(),
                new SpeechConnections(
                    floors.assembly.vertx, floors.assembly.chat, speeches, floors.voices, options),
                new Gateway.Options(
                    "127.0.0.1",
                    0,
                    null,
                    Set.of(ORIGIN),
                    List.of(),
                    64 * 1024,
                    new Gateway.ServerInfo("0.1.0", false))));
    clients = floors.assembly.vertx.createWebSocketClient(new WebSocketClientOptions());
  }

  /** Where it listens; 127.0.0.1. */
  public int port() {
    return gateway.port();
  }

  public SignedIn signIn(String userid) throws Exception {
    return await(
        floors
            .assembly
            .chat
            .accounts()
            .signIn(floors.assembly.alice.organisation(), userid, "correct horse battery", "test"));
  }

  /** A member of the group, signed in. */
  public SignedIn join(String userid) throws Exception {
    floors.join(userid, true);
    return signIn(userid);
  }

  private WebSocket open(String path, String origin) throws Exception {
    return await(clients.connect(to(path, origin)));
  }

  private WebSocketConnectOptions to(String path, String origin) {
    WebSocketConnectOptions to =
        new WebSocketConnectOptions().setHost("127.0.0.1").setPort(gateway.port()).setURI(path);
    to.setAllowOriginHeader(origin != null);
    if (origin != null) {
      to.addHeader("Origin", origin);
    }
    return to;
  }

  /** One who follows the meeting, live. */
  public LiveNode.Client follow(SignedIn who, String language) throws Exception {
    LiveNode.Client client = new LiveNode.Client();
    client.open(open("/api/v1/connect", null));
    client.send(new JsonObject().put("type", "hello").put("token", who.accessToken().text()));
    client.next("live");
    client.send(
        new JsonObject()
            .put("type", "reading")
            .put("conversation", floors.group.value())
            .put("language", language)
            .put("meeting", Floors.MEETING));
    client.send(new JsonObject().put("type", "ping"));
    client.next("pong");
    return client;
  }

  LiveNode.Client speech(String origin) throws Exception {
    LiveNode.Client client = new LiveNode.Client();
    client.open(open("/api/v1/meetings/" + Floors.MEETING + "/speech", origin));
    return client;
  }

  /** Says hello; the next frame is ready, or what is wrong. */
  public LiveNode.Client speak(SignedIn who, String language, String channel) throws Exception {
    LiveNode.Client client = speech(null);
    client.send(
        new JsonObject()
            .put("type", "hello")
            .put("token", who.accessToken().text())
            .put("language", language)
            .put("channel", channel));
    return client;
  }

  /** Opens the socket of somebody who listens, and says nothing yet. */
  VoiceClient listener(String query, String origin) throws Exception {
    VoiceClient client = new VoiceClient();
    client.open(
        clients.webSocket(), to("/api/v1/meetings/" + Floors.MEETING + "/voice" + query, origin));
    return client;
  }

  /** Says hello; the next frame is ready, or what is wrong. */
  public VoiceClient listen(SignedIn who, String language) throws Exception {
    VoiceClient client = listener("?language=" + language, null);
    client.send(new JsonObject().put("type", "hello").put("token", who.accessToken().text()));
    return client;
  }

  public HttpResponse<String> call(SignedIn who, HttpMethod method, String path, JsonObject body)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create(
                    "http://127.0.0.1:"
                        + gateway.port()
                        + "/api/v1/meetings/"
                        + Floors.MEETING
                        + path))
            .timeout(Duration.ofSeconds(20))
            .header("authorization", "Bearer " + who.accessToken().text());
    if (body == null) {
      request.method(method.name(), HttpRequest.BodyPublishers.noBody());
    } else {
      request
          .header("content-type", "application/json")
          .method(method.name(), HttpRequest.BodyPublishers.ofString(body.encode()));
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  @Override
  public void close() throws Exception {
    await(gateway.close());
    floors.close();
  }
}
