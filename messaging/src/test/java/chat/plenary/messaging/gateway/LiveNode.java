package chat.plenary.messaging.gateway;

import static chat.plenary.messaging.Waiting.await;

import chat.plenary.messaging.Assembly;
import chat.plenary.messaging.Features;
import chat.plenary.messaging.Waiting;
import chat.plenary.messaging.account.Role;
import chat.plenary.messaging.account.SignedIn;
import chat.plenary.messaging.organisation.Joining;
import chat.plenary.messaging.store.Store;
import io.vertx.core.Context;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** A node with nothing but the live connection, and clients of it. */
final class LiveNode implements AutoCloseable {
  static final String PASSWORD = "correct horse battery";

  final Assembly assembly;
  final LiveConnections live;
  final WebSocketClient clients;
  private final HttpServer server;
  private volatile Context loop;

  LiveNode(Path directory, LiveConnections.Options options, UnaryOperator<Store> around)
      throws Exception {
    this(directory, options, around, Features.none());
  }

  /** The same with what a node brings along. */
  LiveNode(
      Path directory,
      LiveConnections.Options options,
      UnaryOperator<Store> around,
      Features features)
      throws Exception {
    assembly = Assembly.open(directory, around, Clock.systemUTC(), features).start();
    live = LiveConnections.open(assembly.vertx, assembly.chat, options);
    server =
        await(
            assembly
                .vertx
                .createHttpServer(
                    new HttpServerOptions()
                        .setMaxWebSocketFrameSize(65_536)
                        .setMaxWebSocketMessageSize(65_536)
                        .setPerMessageWebSocketCompressionSupported(false)
                        .setPerFrameWebSocketCompressionSupported(false))
                .webSocketHandler(
                    socket -> {
                      loop = assembly.vertx.getOrCreateContext();
                      live.accept(socket, "test");
                    })
                .listen(0, "127.0.0.1"));
    clients =
        assembly.vertx.createWebSocketClient(
            new WebSocketClientOptions()
                .setMaxConnections(1_000)
                .setMaxFrameSize(4 << 20)
                .setMaxMessageSize(4 << 20));
  }

  SignedIn signIn(String userid) throws Exception {
    return await(
        assembly.chat.accounts().signIn(assembly.alice.organisation(), userid, PASSWORD, "test"));
  }

  /** Adds a member of the organisation and signs in. */
  SignedIn join(String userid) throws Exception {
    await(
        assembly
            .chat
            .organisations()
            .add(
                assembly.alice,
                List.of(new Joining.Candidate(userid, userid, PASSWORD, Role.MEMBER, List.of()))));
    return signIn(userid);
  }

  Client connect() throws Exception {
    return connect(clients);
  }

  private Client connect(WebSocketClient by) throws Exception {
    WebSocketConnectOptions to =
        new WebSocketConnectOptions().setHost("127.0.0.1").setPort(server.actualPort());
    // Handlers first: a node that stops says so and closes before this thread could set them.
    Client client = new Client();
    ClientWebSocket socket = by.webSocket();
    client.open(socket);
    await(socket.connect(to.setURI("/")));
    return client;
  }

  /** The event loop of the newest connection is busy, as while garbage is collected, until told. */
  CountDownLatch stall() {
    CountDownLatch over = new CountDownLatch(1);
    loop.runOnContext(
        v -> {
          try {
            over.await(Waiting.SECONDS, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    return over;
  }

  /** Connects and says hello; the frames up to live are in {@link Client#resumed}. */
  Client connect(SignedIn who, String cursor) throws Exception {
    return hello(connect(), who, cursor);
  }

  /** The same with a socket that takes little when it is not read. */
  Client connectNarrow(SignedIn who) throws Exception {
    WebSocketClient narrow =
        assembly.vertx.createWebSocketClient(
            new WebSocketClientOptions().setMaxFrameSize(1 << 20).setReceiveBufferSize(16_384));
    return hello(connect(narrow), who, null);
  }

  private static Client hello(Client client, SignedIn who, String cursor) throws Exception {
    client.send(
        new JsonObject()
            .put("type", "hello")
            .put("token", who.accessToken().text())
            .put("cursor", cursor));
    JsonObject frame;
    do {
      frame = client.next();
      client.resumed.add(frame);
    } while (!frame.getString("type").equals("live"));
    return client;
  }

  @Override
  public void close() throws Exception {
    await(live.drain());
    await(server.close());
    assembly.close();
  }

  /** A client that keeps what it was sent, in order. */
  static final class Client {
    final LinkedBlockingQueue<JsonObject> frames = new LinkedBlockingQueue<>();
    final List<JsonObject> resumed = new ArrayList<>();
    WebSocket socket;

    void open(WebSocket opened) {
      socket = opened;
      socket.textMessageHandler(text -> frames.add(new JsonObject(text)));
      socket.closeHandler(v -> frames.add(new JsonObject().put("type", "closed")));
    }

    void send(JsonObject frame) throws Exception {
      await(socket.writeTextMessage(frame.encode()));
    }

    JsonObject next() throws Exception {
      JsonObject frame = frames.poll(60, TimeUnit.SECONDS);
      if (frame == null) {
        throw new AssertionError("nothing came");
      }
      return frame;
    }

    JsonObject next(String type) throws Exception {
      return next(frame -> frame.getString("type").equals(type));
    }

    JsonObject next(Predicate<JsonObject> wanted) throws Exception {
      while (true) {
        JsonObject frame = next();
        if (wanted.test(frame)) {
          return frame;
        }
        if (frame.getString("type").equals("closed")) {
          throw new AssertionError("closed before what was waited for");
        }
      }
    }

    /** The next frame that is an entry. */
    JsonObject entry() throws Exception {
      return next("entry").getJsonObject("entry");
    }
  }
}
