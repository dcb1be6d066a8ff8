package chat.plenary.integrations.meeting;

import static chat.plenary.messaging.Waiting.await;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;

/** A server that answers by a function. */
final class FakeServer {
  final List<String> asked = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  /** What it says: status, a space, and the body. */
  FakeServer(Vertx vertx, BiFunction<HttpServerRequest, Buffer, String> answer) throws Exception {
    server =
        await(
            vertx
                .createHttpServer()
                .requestHandler(
                    request ->
                        request
                            .body()
                            .onSuccess(
                                body -> {
                                  asked.add(request.uri());
                                  String said = answer.apply(request, body);
                                  request
                                      .response()
                                      .setStatusCode(Integer.parseInt(said.substring(0, 3)))
                                      .end(said.substring(4));
                                }))
                .listen(0, "127.0.0.1"));
  }

  String url() {
    return "http://127.0.0.1:" + server.actualPort();
  }

  void close() throws Exception {
    await(server.close());
  }
}
