package chat.plenary.messaging.gateway;

import static chat.plenary.messaging.Waiting.await;
import static chat.plenary.messaging.Waiting.until;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Somebody who listens on a real socket. */
public final class VoiceClient {
  /** The frames that came, in order. */
  public final LinkedBlockingQueue<JsonObject> frames = new LinkedBlockingQueue<>();

  public final List<Buffer> audio = new CopyOnWriteArrayList<>();

  /** With which piece of audio each sentence begins. */
  public final List<Integer> begins = new CopyOnWriteArrayList<>();

  public final AtomicInteger bytes = new AtomicInteger();
  public WebSocket socket;

  /** Handlers are set before, so that nothing is missed of a socket that is closed at once. */
  void open(ClientWebSocket opening, WebSocketConnectOptions to) throws Exception {
    opening.textMessageHandler(
        text -> {
          JsonObject frame = new JsonObject(text);
          if (frame.getString("type").equals("sentence")) {
            begins.add(audio.size());
          }
          frames.add(frame);
        });
    opening.binaryMessageHandler(
        piece -> {
          audio.add(piece);
          bytes.addAndGet(piece.length());
        });
    opening.closeHandler(v -> frames.add(new JsonObject().put("type", "closed")));
    socket = await(opening.connect(to));
  }

  void send(JsonObject frame) throws Exception {
    await(socket.writeTextMessage(frame.encode()));
  }

  /** The next frame of a type. */
  public JsonObject next(String type) throws Exception {
    while (true) {
      JsonObject frame = frames.poll(60, TimeUnit.SECONDS);
      if (frame == null) {
        throw new AssertionError("no " + type + " came");
      }
      if (frame.getString("type").equals(type)) {
        return frame;
      }
      if (frame.getString("type").equals("closed")) {
        throw new AssertionError("closed before " + type);
      }
    }
  }

  /** Waits until so many bytes of audio have come. */
  public void heard(int wanted) throws Exception {
    until(wanted + " bytes of audio", () -> bytes.get() >= wanted);
  }
}
