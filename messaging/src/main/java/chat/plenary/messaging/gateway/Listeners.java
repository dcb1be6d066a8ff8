package chat.plenary.messaging.gateway;

import chat.plenary.messaging.http.Problem;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.net.PemKeyCertOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The servers of one port: one an event loop, so that all cores serve. */
final class Listeners {
  private static final int MAX_LISTENERS = 8;

  /** Longer than a live connection may be silent, and than a feed waits. */
  private static final int IDLE_SECONDS = 75;

  private static final int MAX_HEADERS = 16 * 1024;
  private static final int MAX_LINE = 8 * 1024;
  private static final int MAX_STREAMS = 100;

  private final Vertx vertx;
  private final Handler<HttpServerRequest> handler;
  private final Gateway.Options options;
  private final Door door;
  private final List<HttpServer> servers = new CopyOnWriteArrayList<>();
  private final List<String> deployments = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final int wanted;
  private volatile int port;

  private Listeners(
      Vertx vertx, Handler<HttpServerRequest> handler, Gateway.Options options, Door door) {
    this.vertx = vertx;
    this.handler = handler;
    this.options = options;
    this.door = door;
    // To Vert.x -1 is any port that is free, the same for all of a deployment; 0 would be one each.
    this.wanted = options.port() == 0 ? -1 : options.port();
  }

  static Future<Listeners> open(
      Vertx vertx, Handler<HttpServerRequest> handler, Gateway.Options options, Door door) {
    Listeners listeners = new Listeners(vertx, handler, options, door);
    int cores = Math.min(MAX_LISTENERS, Runtime.getRuntime().availableProcessors());
    return listeners.deploy(cores).map(listeners);
  }

  private Future<Void> deploy(int instances) {
    return vertx
        .deployVerticle(Listener::new, new DeploymentOptions().setInstances(instances))
        .map(
            id -> {
              deployments.add(id);
              return null;
            });
  }

  private final class Listener extends VerticleBase {
    @Override
    public Future<?> start() {
      return vertx
          .createHttpServer(serverOptions())
          .connectionHandler(Listeners.this::count)
          .invalidRequestHandler(this::refuse)
          .requestHandler(handler)
          .listen()
          .onSuccess(
              server -> {
                port = server.actualPort();
                servers.add(server);
              });
    }

    /** What is no HTTP, or too long before the body. */
    private void refuse(HttpServerRequest request) {
      var result = request.decoderResult();
      String cause =
          result == null || result.cause() == null ? "" : result.cause().getClass().getSimpleName();
      Problem problem =
          switch (cause) {
            case "TooLongHttpLineException" ->
                Problem.of(414, "too-large", "Too large", "The address is too long.");
            case "TooLongHttpHeaderException", "TooLongFrameException" ->
                Problem.of(431, "too-large", "Too large", "The headers are too large.");
            default -> Problem.of(400, "invalid", "Invalid value", "This is not well-formed HTTP.");
          };
      door.answers().write(request, problem).onComplete(written -> request.connection().close());
    }
  }

  private void count(HttpConnection connection) {
    if (connections.incrementAndGet() > options.limits().connections()) {
      connection.close();
    }
    // Once a connection is a WebSocket its closeHandler is not called any more: ask its channel.
    ((HttpServerConnection) connection)
        .channelHandlerContext()
        .channel()
        .closeFuture()
        .addListener(closed -> connections.decrementAndGet());
  }

  private HttpServerOptions serverOptions() {
    HttpServerOptions server =
        new HttpServerOptions()
            .setHost(options.host())
            .setPort(wanted)
            .setIdleTimeout(IDLE_SECONDS)
            .setIdleTimeoutUnit(TimeUnit.SECONDS)
            .setMaxHeaderSize(MAX_HEADERS)
            .setMaxInitialLineLength(MAX_LINE)
            .setMaxWebSocketFrameSize(options.maxBody())
            .setMaxWebSocketMessageSize(options.maxBody())
            // This line of Vert.x inflates messages without bound (CVE-2026-102467).
            .setPerMessageWebSocketCompressionSupported(false)
            .setPerFrameWebSocketCompressionSupported(false)
            .setCompressionSupported(false)
            .setDecompressionSupported(false)
            .setHandle100ContinueAutomatically(true)
            .setHttp2ClearTextEnabled(false);
    server.getInitialSettings().setMaxConcurrentStreams(MAX_STREAMS);
    Gateway.Tls tls = options.tls();
    if (tls != null) {
      server
          .setSsl(true)
          .setUseAlpn(true)
          .setKeyCertOptions(
              new PemKeyCertOptions().setCertPath(tls.certificate()).setKeyPath(tls.key()));
    }
    return server;
  }

  int port() {
    return port;
  }

  /** Connections that are open now. */
  int connections() {
    return connections.get();
  }

  /** Takes nothing new, and waits for what is under way, for a bounded time. */
  Future<Void> close(Duration grace) {
    List<Future<Void>> stopped =
        servers.stream()
            .map(server -> server.shutdown(grace.toMillis(), TimeUnit.MILLISECONDS))
            .toList();
    return Future.join(stopped)
        .transform(
            done -> Future.join(deployments.stream().map(vertx::undeploy).toList()).mapEmpty());
  }
}
