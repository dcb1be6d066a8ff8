package chat.plenary.lab.captions;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.atomic.AtomicLong;

/** A server that answers as LibreTranslate does. Of a hundred texts it fails at one. */
public final class Translator {
  private static final int FAILS_EVERY = 100;

  private final HttpServer server;
  private final AtomicLong asked = new AtomicLong();

  private Translator(Vertx vertx) {
    this.server = vertx.createHttpServer();
  }

  /** Starts it on a port that is free, at every address of this machine. */
  public static Future<Translator> start(Vertx vertx) {
    Translator translator = new Translator(vertx);
    return translator
        .server
        .requestHandler(translator::take)
        .listen(0, "0.0.0.0")
        .map(listening -> translator);
  }

  public int port() {
    return server.actualPort();
  }

  /** How many texts it was given. */
  public long asked() {
    return asked.get();
  }

  private void take(HttpServerRequest request) {
    request
        .body()
        .onSuccess(
            body -> {
              JsonObject question = body.toJsonObject();
              if (asked.incrementAndGet() % FAILS_EVERY == 0) {
                request.response().setStatusCode(500).end("{\"error\":\"out of memory\"}");
                return;
              }
              String text =
                  Speech.translated(question.getString("q"), question.getString("target"));
              request
                  .response()
                  .putHeader("content-type", "application/json")
                  .end(new JsonObject().put("translatedText", text).encode());
            });
  }
}
