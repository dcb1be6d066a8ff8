package chat.plenary.integrations.translation;

import static chat.plenary.messaging.Waiting.await;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;

/** A server that answers as a test says. */
final class FakeServer {
  final List<JsonObject> bodies = new CopyOnWriteArrayList<>();
  final List<HttpServerRequest> requests = new CopyOnWriteArrayList<>();
  volatile int status = 200;
  volatile boolean silent;
  volatile String plain;
  volatile BiFunction<HttpServerRequest, JsonObject, JsonObject> answer =
      (request, body) -> new JsonObject();
  private final HttpServer server;

  FakeServer(Vertx vertx) throws Exception {
    server = await(vertx.createHttpServer().requestHandler(this::take).listen(0, "127.0.0.1"));
  }

  private void take(HttpServerRequest request) {
    requests.add(request);
    request
        .body()
        .onSuccess(
            body -> {
              bodies.add(body.toJsonObject());
              if (silent) {
                return;
              }
              request.response().setStatusCode(status);
              if (status == 429) {
                request.response().putHeader("Retry-After", "7");
              }
              request
                  .response()
                  .end(
                      plain != null
                          ? Buffer.buffer(plain)
                          : answer.apply(request, body.toJsonObject()).toBuffer());
            });
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.actualPort());
  }

  void close() throws Exception {
    await(server.close());
  }
}
