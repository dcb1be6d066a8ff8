package chat.plenary.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** The socket of somebody who speaks in a meeting, or listens to it. */
final class MeetingSocket {
  private static final Buffer PIECE = Buffer.buffer(new byte[6_400]);
  private static final int PIECE_MILLIS = 200;

  final List<JsonObject> told = new CopyOnWriteArrayList<>();
  private final Buffer heard = Buffer.buffer();
  private final WebSocket socket;

  private MeetingSocket(Vertx vertx, NodeProcess node, String path, JsonObject hello) {
    socket =
        vertx
            .createWebSocketClient()
            .connect(
                new WebSocketConnectOptions()
                    .setHost("127.0.0.1")
                    .setPort(node.port())
                    .setURI(path)
                    .setAllowOriginHeader(false))
            .await();
    socket.textMessageHandler(one -> told.add(new JsonObject(one)));
    socket.binaryMessageHandler(this::hear);
    socket.writeTextMessage(hello.put("type", "hello").encode()).await();
    Live.until("an answer to hello", () -> !told.isEmpty());
    assertThat(told.get(0).getString("type")).as(told.get(0).encode()).isEqualTo("ready");
  }

  /** Somebody who speaks a language. */
  static MeetingSocket speaker(
      Vertx vertx, NodeProcess node, Rest who, String meeting, String language) {
    return new MeetingSocket(
        vertx,
        node,
        "/api/v1/meetings/" + meeting + "/speech",
        new JsonObject().put("token", who.token()).put("language", language));
  }

  /** Somebody who listens to a language. */
  static MeetingSocket listener(
      Vertx vertx, NodeProcess node, Rest who, String meeting, String language) {
    return new MeetingSocket(
        vertx,
        node,
        "/api/v1/meetings/" + meeting + "/voice?language=" + language,
        new JsonObject().put("token", who.token()));
  }

  private synchronized void hear(Buffer piece) {
    heard.appendBuffer(piece);
  }

  /** All audio that came. */
  synchronized Buffer heard() {
    return heard.copy();
  }

  boolean has(Predicate<JsonObject> wanted) {
    return told.stream().anyMatch(wanted);
  }

  /** Sound at its own pace, so many pieces of a fifth of a second. */
  void say(int pieces) {
    for (int i = 0; i < pieces; i++) {
      socket.writeBinaryMessage(PIECE).await();
      NodeProcess.pause(PIECE_MILLIS);
    }
  }

  /** Says that nothing more comes, and waits for the goodbye. */
  void end() {
    socket.writeTextMessage(new JsonObject().put("type", "end").encode()).await();
    Live.until("bye", () -> has(one -> one.getString("type").equals("bye")));
  }
}
