package chat.plenary.messaging.gateway;

import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.http.Pages;
import chat.plenary.messaging.http.Problem;
import chat.plenary.messaging.http.Response;
import chat.plenary.messaging.http.Route;
import chat.plenary.messaging.interpretation.Language;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds who answers a request: an endpoint, the live connection, a page, or nobody. */
final class Mounted implements Handler<HttpServerRequest> {
  private static final String CONNECT = "/api/v1/connect";
  private static final Pattern SPEECH =
      Pattern.compile("/api/v1/meetings/(m[A-Za-z0-9_-]{22})/(speech|voice)");

  private final Router router;
  private final Door door;
  private final LiveConnections live;
  private final @Nullable SpeechConnections speeches;

  /**
   * Mounts endpoints, and the document that describes them.
   *
   * @throws IllegalArgumentException naming an endpoint that does not describe itself
   */
  Mounted(
      Vertx vertx,
      Door door,
      List<Route> routes,
      LiveConnections live,
      @Nullable SpeechConnections speeches,
      String version) {
    this.live = live;
    this.speeches = speeches;
    this.router = Router.router(vertx);
    this.door = door;
    Response document = Response.json(new OpenApi(version).of(routes));
    // A brace sorts behind all letters, so fixed paths go before those with parameters.
    Map<String, Map<HttpMethod, Route>> byPath = new TreeMap<>();
    for (Route route : routes) {
      byPath
          .computeIfAbsent(route.path(), path -> new LinkedHashMap<>())
          .put(route.method(), route);
    }
    byPath.forEach(
        (path, methods) ->
            router
                .route(path.replaceAll("\\{([A-Za-z]+)}", ":$1"))
                .handler(web -> dispatch(methods, web)));
    router.get("/openapi.json").handler(web -> door.answers().write(web.request(), document));
    router.route().failureHandler(this::failed);
    router.errorHandler(400, this::failed);
    router.errorHandler(500, this::failed);
  }

  /**
   * Answers a request. The live connection passes the router by, which would wrap its socket: it
   * writes to the connection's channel itself.
   */
  @Override
  public void handle(HttpServerRequest request) {
    String path = request.path();
    SpeechConnections open = speeches;
    Matcher speech = path == null || open == null ? null : SPEECH.matcher(path);
    if (CONNECT.equals(path)) {
      String address = door.proxies().remoteAddress(request);
      connect(request, socket -> live.accept(socket, address));
    } else if (open != null && speech != null && speech.matches()) {
      String meeting = speech.group(1);
      if (speech.group(2).equals("speech")) {
        connect(request, socket -> open.speak(socket, meeting));
      } else {
        listen(open, request, meeting);
      }
    } else {
      router.handle(request);
    }
  }

  private void listen(SpeechConnections open, HttpServerRequest request, String meeting) {
    String language = request.getParam("language");
    if (language == null || !Language.isTag(language)) {
      refuse(
          request,
          Problem.of(Fault.invalid("language", "This must be the tag of a language, such as es.")));
      return;
    }
    String tag = Language.tag(language);
    connect(request, socket -> open.listen(socket, meeting, tag));
  }

  private void dispatch(Map<HttpMethod, Route> methods, RoutingContext web) {
    HttpMethod method = web.request().method();
    Route route = methods.get(method.equals(HttpMethod.HEAD) ? HttpMethod.GET : method);
    if (route == null) {
      web.response()
          .putHeader(
              "allow",
              String.join(", ", methods.keySet().stream().map(HttpMethod::name).sorted().toList()));
      refuse(
          web.request(),
          Problem.of(
              405,
              "method-not-allowed",
              "Method not allowed",
              "This address does not take " + method + "."));
      return;
    }
    Exchange.handle(door, route, web);
  }

  private void connect(HttpServerRequest request, Consumer<ServerWebSocket> accept) {
    String upgrade = request.getHeader("upgrade");
    if (!request.method().equals(HttpMethod.GET) || !"websocket".equalsIgnoreCase(upgrade)) {
      request.response().putHeader("upgrade", "websocket");
      refuse(
          request,
          Problem.of(426, "upgrade-required", "Upgrade required", "Open a WebSocket here."));
      return;
    }
    try {
      door.origins().checkSocket(request);
      if (door.isClosing()) {
        throw Fault.of(Fault.Code.UNAVAILABLE, "This node is stopping: try another.");
      }
    } catch (Fault fault) {
      refuse(request, Problem.of(fault));
      return;
    }
    request
        .toWebSocket()
        .onSuccess(accept::accept)
        .onFailure(
            failure ->
                refuse(
                    request,
                    Problem.of(
                        400, "invalid", "Invalid value", "This is no WebSocket handshake.")));
  }

  /** Mounts the pages, behind all else. */
  void pages(Pages pages) {
    router
        .route()
        .last()
        .handler(
            web -> {
              HttpServerRequest request = web.request();
              boolean reads =
                  request.method().equals(HttpMethod.GET)
                      || request.method().equals(HttpMethod.HEAD);
              Optional<Pages.Page> page =
                  reads ? pages.find(web.normalizedPath()) : Optional.empty();
              if (page.isPresent()) {
                door.answers().write(request, page.get());
              } else {
                refuse(request, Problem.of(Fault.notFound("address")));
              }
            });
  }

  private void failed(RoutingContext web) {
    Throwable failure = web.failure();
    int status = web.statusCode();
    Problem problem =
        status >= 500 && failure != null
            ? door.failures().defect("routing", failure)
            : Problem.of(Fault.invalid("path", "The address is not well-formed."));
    refuse(web.request(), problem);
  }

  private Future<Void> refuse(HttpServerRequest request, Problem problem) {
    return door.answers().write(request, problem);
  }
}
