package chat.plenary.messaging.gateway;

import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.account.Role;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.http.Problem;
import chat.plenary.messaging.http.Response;
import chat.plenary.messaging.http.Route;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One request to an endpoint, from its arrival to its answer. It is answered once: by what the
 * endpoint says, by what refuses it before, or by the time-out.
 *
 * <p>While this node's lease of freshness has run out, whatever needs a token is withheld, also
 * what the endpoint had answered meanwhile: it may be stale, or about somebody who has been removed
 * since.
 */
final class Exchange {
  // A caller is looked at again where the answer took longer, as that of a feed that waits does.
  private static final long RECHECK_NANOS = 1_000_000_000L;
  private static final long LINGER_MILLIS = 2_000;

  private final Door door;
  private final Route route;
  private final RoutingContext web;
  private final HttpServerRequest request;
  private final Context context;
  private final long began = System.nanoTime();
  private long timer = -1;
  private boolean answered;
  private boolean handling;
  private @Nullable String token;

  private Exchange(Door door, Route route, RoutingContext web) {
    this.door = door;
    this.route = route;
    this.web = web;
    this.request = web.request();
    this.context = web.vertx().getOrCreateContext();
  }

  /** Handles a request. */
  static void handle(Door door, Route route, RoutingContext web) {
    Exchange exchange = new Exchange(door, route, web);
    exchange.request.pause();
    exchange.timer =
        web.vertx().setTimer(exchange.patience(), fired -> exchange.answer(exchange.late()));
    exchange.request.response().closeHandler(gone -> exchange.end());
    Future.succeededFuture()
        .compose(v -> exchange.admit())
        .compose(exchange::read)
        .compose(exchange::ask)
        .compose(exchange::stillAllowed)
        .onComplete(exchange::finish);
  }

  /** Milliseconds; an endpoint that is asked to wait is given that time on top. */
  private long patience() {
    String wait = web.queryParams().get("wait");
    long seconds =
        wait != null && wait.matches("[0-9]{1,2}") ? Math.min(50, Long.parseLong(wait)) : 0;
    return door.timeout().toMillis() + seconds * 1_000;
  }

  private Future<@Nullable Caller> admit() {
    if (door.isClosing()) {
      throw Fault.of(Fault.Code.UNAVAILABLE, "This node is stopping: try another.");
    }
    door.origins().checkCookie(request);
    if (route.access() == Route.Access.PUBLIC) {
      return Future.succeededFuture(null);
    }
    checkFresh();
    token = WebRequest.bearer(request.getHeader("authorization"));
    if (token == null) {
      throw Fault.of(Fault.Code.UNAUTHENTICATED, "A token is required: Authorization: Bearer ….");
    }
    return door.callers().caller(token).map(this::checkRole);
  }

  private Caller checkRole(Caller caller) {
    boolean allowed =
        switch (route.access()) {
          case PUBLIC, MEMBER -> true;
          case ADMIN -> caller.role().administers();
          case OWNER -> caller.role() == Role.OWNER;
        };
    if (!allowed) {
      String who = route.access() == Route.Access.OWNER ? "owners" : "owners and administrators";
      throw Fault.of(Fault.Code.FORBIDDEN, "Only " + who + " of the organisation may do this.");
    }
    if (changes()) {
      door.rates().take(caller.account());
    }
    return caller;
  }

  private void checkFresh() {
    if (!door.isFresh()) {
      throw Fault.of(
          Fault.Code.UNAVAILABLE, "This node has not caught up with the others: try again.");
    }
  }

  private Future<WebRequest> read(@Nullable Caller caller) {
    boolean empty =
        request.getHeader("content-length") == null
            && request.getHeader("transfer-encoding") == null;
    if (!empty && route.requestSchema() != null && route.manners() == null) {
      checkType();
    }
    return Body.read(request, door.maxBody())
        .map(
            bytes ->
                new WebRequest(web, route, caller, bytes, door.proxies().remoteAddress(request)));
  }

  private void checkType() {
    String type = request.getHeader("content-type");
    String encoding = request.getHeader("content-encoding");
    String length = request.getHeader("content-length");
    if ("0".equals(length)) {
      return;
    }
    String bare = type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    if (!bare.equals("application/json") && !bare.endsWith("+json")) {
      throw new Refusal(
          Problem.of(
              415,
              "unsupported-media-type",
              "Unsupported media type",
              "The body must be JSON: Content-Type: application/json."));
    }
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      throw new Refusal(
          Problem.of(
              415,
              "unsupported-media-type",
              "Unsupported media type",
              "The body must not be compressed."));
    }
  }

  private Future<Response> ask(WebRequest asked) {
    handling = true;
    return route.handler().apply(asked);
  }

  /** What is written must still be the caller's to read. */
  private Future<Response> stillAllowed(Response response) {
    if (route.access() == Route.Access.PUBLIC) {
      return Future.succeededFuture(response);
    }
    String held = token;
    boolean recheck = held != null && System.nanoTime() - began > RECHECK_NANOS;
    return recheck
        ? door.callers().caller(held).map(again -> response)
        : Future.succeededFuture(response);
  }

  private void finish(AsyncResult<Response> done) {
    if (Vertx.currentContext() == context) {
      answer(done);
    } else {
      context.runOnContext(v -> answer(done));
    }
  }

  private void answer(AsyncResult<Response> done) {
    if (route.access() != Route.Access.PUBLIC && handling && !door.isFresh()) {
      answer(late());
    } else if (done.succeeded()) {
      if (begin()) {
        door.answers().write(request, done.result());
      }
    } else {
      answer(door.failures().problem(route, done.cause()));
    }
  }

  /** What a caller is told who cannot be told what the endpoint says. */
  private Problem late() {
    if (!handling) {
      return request.isEnded()
          ? Problem.of(Fault.of(Fault.Code.UNAVAILABLE, "This node cannot serve now: try again."))
          : Problem.of(
              408, "request-timeout", "Request time-out", "The request took too long to arrive.");
    }
    return door.failures().noAnswer(route);
  }

  private void answer(Problem problem) {
    if (begin()) {
      Route.Manners manners = route.manners();
      Future<Void> written =
          manners == null
              ? door.answers().write(request, problem)
              : door.answers().write(request, manners.told(problem));
      written.onComplete(done -> linger());
    }
  }

  /** Whether this is the first answer. */
  private boolean begin() {
    boolean first = !answered;
    end();
    return first;
  }

  private void end() {
    answered = true;
    web.vertx().cancelTimer(timer);
  }

  /** A client that is refused while it still sends may read the answer, but not send for ever. */
  private void linger() {
    if (!request.isEnded()) {
      request.handler(ignored -> {});
      request.resume();
      web.vertx()
          .setTimer(
              LINGER_MILLIS,
              fired -> {
                if (!request.isEnded()) {
                  request.connection().close();
                }
              });
    }
  }

  private boolean changes() {
    return !route.method().equals(HttpMethod.GET);
  }

  /** Reads a body, up to a size. */
  private static final class Body {
    private Body() {}

    static Future<Buffer> read(HttpServerRequest request, int max) {
      String length = request.getHeader("content-length");
      if (length != null && (!length.matches("[0-9]{1,18}") || Long.parseLong(length) > max)) {
        throw tooLarge(max);
      }
      if (request.isEnded()) {
        return Future.succeededFuture(Buffer.buffer());
      }
      Promise<Buffer> whole = Promise.promise();
      Buffer bytes = Buffer.buffer();
      request.handler(
          chunk -> {
            if (bytes.length() + chunk.length() > max) {
              request.pause();
              whole.tryFail(tooLarge(max));
            } else {
              bytes.appendBuffer(chunk);
            }
          });
      request.exceptionHandler(whole::tryFail);
      request.endHandler(end -> whole.tryComplete(bytes));
      request.resume();
      return whole.future();
    }

    private static Fault tooLarge(int max) {
      return Fault.of(Fault.Code.TOO_LARGE, "body", "A body has at most " + max / 1024 + " KiB.");
    }
  }
}
