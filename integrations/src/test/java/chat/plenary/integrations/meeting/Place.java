package chat.plenary.integrations.meeting;

import static chat.plenary.messaging.Waiting.await;

import chat.plenary.messaging.Waiting;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.fault.Input;
import chat.plenary.messaging.http.Request;
import chat.plenary.messaging.http.Response;
import chat.plenary.messaging.http.Route;
import chat.plenary.messaging.meeting.MeetingEvent;
import chat.plenary.messaging.meeting.MeetingProvider;
import chat.plenary.messaging.store.Store;
import chat.plenary.messaging.store.embedded.EmbeddedStore;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Providers over a store, with their webhook's endpoints on a real server, and who hears them. */
final class Place implements AutoCloseable {
  final Vertx vertx;
  final Store store;
  final Clock clock;
  final List<MeetingEvent> heard = new CopyOnWriteArrayList<>();
  volatile Future<Void> taking = Future.succeededFuture();
  private final HttpServer server;
  private final HttpClient client;
  private volatile List<Route> routes = List.of();
  private MeetingProviders providers;

  Place(Path directory, Clock clock) throws Exception {
    this.clock = clock;
    vertx = Vertx.vertx();
    client = vertx.createHttpClient();
    store = await(EmbeddedStore.open(vertx, directory, Waiting.store()));
    server = await(vertx.createHttpServer().requestHandler(this::serve).listen(0, "127.0.0.1"));
  }

  /** Where a provider's webhooks are to be posted. */
  String webhook(String provider) {
    return "http://127.0.0.1:" + server.actualPort() + "/hooks/meetings/" + provider;
  }

  /** Opens the providers; the first of them. */
  MeetingProvider open(MeetingProviders.Options options) throws Exception {
    providers = await(MeetingProviders.open(vertx, store, clock, options));
    routes =
        await(
            providers.routes(
                (provider, event) -> {
                  heard.add(event);
                  return taking;
                }));
    return providers.providers().get(0);
  }

  /** What a server answered. */
  record Got(int status, String text) {}

  /** Makes a call, all of it on one context. */
  Future<Got> call(RequestOptions options, String body) {
    Promise<Got> got = Promise.promise();
    vertx.runOnContext(
        v ->
            client
                .request(options)
                .compose(request -> request.send(body))
                .compose(
                    response ->
                        response
                            .body()
                            .map(text -> new Got(response.statusCode(), text.toString())))
                .onComplete(got));
    return got.future();
  }

  private void serve(HttpServerRequest request) {
    request
        .body()
        .compose(
            body -> {
              for (Route route : routes) {
                if (route.method().equals(request.method())) {
                  return route.handler().apply(new Served(request, body));
                }
              }
              return Future.failedFuture(Fault.notFound("page"));
            })
        .onComplete(
            done -> {
              Response response = done.succeeded() ? done.result() : problem(done.cause());
              request.response().setStatusCode(response.status());
              response
                  .headers()
                  .forEach((name, value) -> request.response().putHeader(name, value));
              request.response().end(response.body());
            });
  }

  private static Response problem(Throwable failure) {
    int status = failure instanceof Fault fault ? fault.code().status() : 500;
    return new Response(status, java.util.Map.of(), Buffer.buffer(failure.getMessage()));
  }

  private record Served(HttpServerRequest request, Buffer bytes) implements Request {
    @Override
    public chat.plenary.messaging.account.Caller caller() {
      throw new IllegalStateException();
    }

    @Override
    public String parameter(String name) {
      return request.path().replaceAll(".*/", "");
    }

    @Override
    public String query(String name) {
      return request.getParam(name);
    }

    @Override
    public long query(String name, long min, long max, long otherwise) {
      throw new IllegalStateException();
    }

    @Override
    public String header(String name) {
      return request.getHeader(name);
    }

    @Override
    public String cookie(String name) {
      return null;
    }

    @Override
    public Input body() {
      return Input.of(bytes.toJsonObject());
    }

    @Override
    public String remoteAddress() {
      return "127.0.0.1";
    }
  }

  @Override
  public void close() throws Exception {
    if (providers != null) {
      await(providers.close());
    }
    await(store.close());
    await(vertx.close());
  }
}
