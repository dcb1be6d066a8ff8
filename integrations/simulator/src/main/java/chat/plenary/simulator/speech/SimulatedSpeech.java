package chat.plenary.simulator.speech;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/** One speech at the simulated realtime speech translation. Used on its event loop only. */
final class SimulatedSpeech {
  private static final int MILLI = 32;
  private static final long SILENCE_MILLIS = 15_000;
  private static final long AHEAD_MILLIS = 3_000;

  private final Vertx vertx;
  private final ServerWebSocket socket;
  private final SpeechScript script;
  private final String voice;
  private final String source;
  private final String target;
  private final int cutAfter;
  private final IntSupplier failure;
  private long bytes;
  private int next;
  private long silence = -1;
  private long second = System.nanoTime();
  private long inSecond;

  SimulatedSpeech(
      Vertx vertx,
      ServerWebSocket socket,
      SpeechScript script,
      Map<String, String> query,
      int cutAfter,
      IntSupplier failure) {
    this.vertx = vertx;
    this.socket = socket;
    this.script = script;
    this.voice = query.getOrDefault("voice_id", "");
    this.source = query.getOrDefault("source", "");
    this.target = query.getOrDefault("target", "");
    this.cutAfter = cutAfter;
    this.failure = failure;
  }

  void start(Runnable gone) {
    socket.binaryMessageHandler(this::audio);
    socket.textMessageHandler(this::text);
    socket.closeHandler(
        v -> {
          vertx.cancelTimer(silence);
          gone.run();
        });
    say(frame(0, "success"));
    silent();
  }

  private void silent() {
    vertx.cancelTimer(silence);
    silence = vertx.setTimer(SILENCE_MILLIS, id -> fail(4008));
  }

  private void audio(Buffer audio) {
    silent();
    int code = failure.getAsInt();
    if (code != 0) {
      fail(code);
      return;
    }
    if (audio.length() % 2 != 0) {
      fail(4007);
      return;
    }
    long now = System.nanoTime();
    if (now - second > TimeUnit.SECONDS.toNanos(1)) {
      second = now;
      inSecond = 0;
    }
    inSecond += audio.length() / MILLI;
    if (inSecond > AHEAD_MILLIS) {
      fail(4000);
      return;
    }
    bytes += audio.length();
    if (cutAfter > 0 && bytes >= cutAfter) {
      // No frame says that it is over.
      socket.close((short) 1011);
      return;
    }
    tell(bytes / MILLI);
  }

  private void tell(long ms) {
    for (SpeechScript.Said said : script.within(ms, next)) {
      say(
          frame(0, "success")
              .put("sentence_id", said.number())
              .put(
                  "result",
                  new JsonObject()
                      .put("source", source)
                      .put("target", target)
                      .put("source_text", said.source())
                      .put("target_text", said.target())
                      .put("start_time", said.fromMs())
                      .put("end_time", said.toMs())
                      .put("sentence_end", said.complete()))
              .put("final", 0));
      if (said.complete()) {
        next = said.number() + 1;
      }
    }
  }

  private void text(String text) {
    try {
      if ("end".equals(new JsonObject(text).getString("type"))) {
        // What was begun is finished: a pause follows.
        tell(bytes / MILLI + 450);
        say(frame(0, "success").put("final", 1));
        socket.close();
        return;
      }
    } catch (DecodeException | ClassCastException e) {
      // Told below.
    }
    fail(4010);
  }

  private void fail(int code) {
    say(frame(code, "failed"));
    socket.close();
  }

  private JsonObject frame(int code, String message) {
    return new JsonObject().put("code", code).put("message", message).put("voice_id", voice);
  }

  private void say(JsonObject frame) {
    if (!socket.isClosed()) {
      socket.writeTextMessage(frame.encode());
    }
  }
}
