package chat.plenary.integrations.speech;

import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.interpretation.Speech;
import chat.plenary.messaging.interpretation.SpeechInterpreter;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One speech at Tencent's realtime speech translation. Its texts are the whole sentence so far.
 * What is told is told on the socket's event loop.
 */
final class SpeechTranslateSession implements SpeechInterpreter.Session {
  private static final int PATIENCE_SECONDS = 10;

  private final Vertx vertx;
  private final ClientWebSocket socket;
  private final String title;
  private final @Nullable String into;
  private final Consumer<Speech> heard;
  private final Pieces pieces;
  private final Promise<Void> greeting = Promise.promise();
  private boolean over;

  SpeechTranslateSession(
      Vertx vertx,
      ClientWebSocket socket,
      String title,
      @Nullable String into,
      Consumer<Speech> heard) {
    this.vertx = vertx;
    this.socket = socket;
    this.title = title;
    this.into = into;
    this.heard = heard;
    this.pieces = new Pieces(vertx, this::send);
    socket.textMessageHandler(this::text);
    socket.exceptionHandler(failure -> cut());
    socket.closeHandler(v -> cut());
  }

  /**
   * Connects; gives this, once the service has taken the connection. Who listens is set before: a
   * service that refuses says why in its first text and closes at once, which may be over before
   * the caller hears of the connection. That is why it connects on an event loop, too: begun on
   * another thread, the connection may be there, and gone again, before Vert.x has handed it those
   * who listen.
   */
  Future<SpeechInterpreter.Session> open(WebSocketConnectOptions to) {
    Promise<WebSocket> connection = Promise.promise();
    vertx.getOrCreateContext().runOnContext(v -> socket.connect(to).onComplete(connection));
    return connection
        .future()
        .recover(failure -> Future.failedFuture(refused(title, failure)))
        .compose(connected -> greeted());
  }

  private Future<SpeechInterpreter.Session> greeted() {
    return greeting
        .future()
        .timeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .recover(
            failure -> {
              over = true;
              socket.close();
              return Future.failedFuture(
                  failure instanceof Fault
                      ? failure
                      : Fault.of(Fault.Code.UNAVAILABLE, title + " does not answer: try again."));
            })
        .map(v -> this);
  }

  /** What it means that a connection did not come about; nothing of its address is told. */
  private static Fault refused(String title, Throwable failure) {
    return failure instanceof UpgradeRejectedException rejected
        ? Fault.of(
            Fault.Code.UNAVAILABLE,
            title + " does not take the connection (HTTP " + rejected.getStatus() + ").")
        : Fault.of(Fault.Code.UNAVAILABLE, title + " cannot be reached: try again.");
  }

  private void text(String text) {
    JsonObject json;
    int code;
    try {
      json = new JsonObject(text);
      code = json.getInteger("code", 0);
    } catch (DecodeException | ClassCastException e) {
      ended(title + " answered what is not understood.", true);
      return;
    }
    if (code != 0) {
      SpeechTranslateCode known = SpeechTranslateCode.of(code);
      Fault fault = known.fault(title, code);
      if (!greeting.tryFail(fault)) {
        ended(String.valueOf(fault.getMessage()), known.again());
      }
      return;
    }
    greeting.tryComplete();
    try {
      if (json.getValue("result") instanceof JsonObject result) {
        sentence(json, result);
      }
      if (isTrue(json.getValue("final"))) {
        ended(null, false);
      }
    } catch (ClassCastException e) {
      ended(title + " answered what is not understood.", true);
    }
  }

  private void sentence(JsonObject json, JsonObject result) {
    Object id = json.getValue("sentence_id");
    String key = String.valueOf(id);
    if (over || id == null || key.length() > 64) {
      return;
    }
    String said = result.getString("source_text", "");
    String translated = result.getString("target_text", "");
    String to = into;
    heard.accept(
        new Speech.Sentence(
            key,
            said,
            to == null || translated.isEmpty() ? Map.of() : Map.of(to, translated),
            result.getLong("start_time", 0L),
            result.getLong("end_time", 0L),
            isTrue(result.getValue("sentence_end"))));
  }

  /** 1, or true. */
  private static boolean isTrue(@Nullable Object value) {
    return Boolean.TRUE.equals(value) || (value instanceof Number number && number.intValue() == 1);
  }

  private void cut() {
    greeting.tryFail(Fault.of(Fault.Code.UNAVAILABLE, title + " broke off: try again."));
    ended(title + " broke off.", true);
  }

  private void ended(@Nullable String problem, boolean again) {
    if (!over) {
      over = true;
      heard.accept(new Speech.Ended(problem, again));
      socket.close();
    }
  }

  @Override
  public Future<Void> audio(Buffer audio) {
    return pieces.add(audio);
  }

  private Future<Void> send(Buffer piece) {
    return socket.writeBinaryMessage(piece);
  }

  @Override
  public void end() {
    if (!socket.isClosed()) {
      pieces.end().onComplete(done -> socket.writeTextMessage("{\"type\":\"end\"}"));
    }
  }
}
