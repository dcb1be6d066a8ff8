package chat.plenary.simulator.meeting;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** A server that behaves as Tencent Meeting does, as far as its documents say. */
public final class TencentMeetingSimulator {
  private static final int MAX_BODY = 1 << 20;
  private static final int SLOW_MILLIS = 30_000;
  private static final int ATTEMPTS = 60;

  private final Vertx vertx;
  private final SimulatorOptions options;
  private final Gate gate;
  private final Sender sender;
  private final Platform platform;
  private final Pages pages;
  private final HttpServer server;
  private volatile Weather weather = Weather.FAIR;
  private volatile String url = "";
  private volatile boolean closed;
  private int errors;

  private TencentMeetingSimulator(Vertx vertx, SimulatorOptions options) {
    this.vertx = vertx;
    this.options = options;
    this.gate = new Gate(options);
    this.sender = new Sender(vertx, options);
    this.platform = new Platform(vertx, options, sender);
    this.pages = new Pages(vertx, platform);
    this.server = vertx.createHttpServer();
  }

  /** Starts it in this process. */
  public static Future<TencentMeetingSimulator> start(Vertx vertx, SimulatorOptions options) {
    TencentMeetingSimulator simulator = new TencentMeetingSimulator(vertx, options);
    return simulator
        .server
        .requestHandler(simulator::take)
        .listen(options.port(), options.host())
        .map(
            listening -> {
              simulator.url =
                  options.publicUrl().isEmpty()
                      ? "http://" + options.host() + ":" + listening.actualPort()
                      : options.publicUrl();
              simulator.platform.base(simulator.url);
              return simulator;
            });
  }

  /** Where it is, for its API and for browsers. */
  public String url() {
    return url;
  }

  /** How it is set up. */
  public SimulatorOptions options() {
    return options;
  }

  /** Tries an address for webhooks once, and sends to it when it answers as it must. */
  public Future<Void> register(String address) {
    return sender.register(address);
  }

  /** The same once a second until it answers, for a minute: for an address that is yet to come. */
  public Future<Void> registerWhenThere(String address) {
    return attempt(address, 1);
  }

  private Future<Void> attempt(String address, int attempt) {
    return register(address)
        .recover(
            failure -> {
              if (attempt >= ATTEMPTS || closed) {
                return Future.failedFuture(failure);
              }
              Promise<Void> later = Promise.promise();
              vertx.setTimer(1_000, id -> later.complete());
              return later.future().compose(v -> attempt(address, attempt + 1));
            });
  }

  /** What goes wrong from now on. */
  public void weather(Weather now) {
    weather = now;
  }

  /** How many webhooks were taken, repetitions too. */
  public int taken() {
    return sender.taken();
  }

  /** How many meetings there are, whatever their state. */
  public int meetings() {
    return platform.all().size();
  }

  /** The ids of all meetings, oldest first. */
  public List<String> ids() {
    return platform.all().stream().map(meeting -> meeting.id).toList();
  }

  /** The state of a meeting as the API names it. */
  public String state(String meeting) {
    return "MEETING_STATE_" + platform.get(meeting).state;
  }

  /** Stops it. */
  public Future<Void> close() {
    closed = true;
    return server.close().compose(v -> sender.close());
  }

  private void take(HttpServerRequest request) {
    if (!request.path().startsWith("/v1/")) {
      pages.serve(request);
      return;
    }
    Weather now = weather;
    if (now == Weather.DOWN) {
      request.response().setStatusCode(503).end("no upstream");
      return;
    }
    request
        .body()
        .onSuccess(
            body -> {
              if (now == Weather.SLOW) {
                vertx.setTimer(SLOW_MILLIS, id -> answer(request, body, now));
              } else {
                answer(request, body, now);
              }
            });
  }

  private void answer(HttpServerRequest request, Buffer body, Weather now) {
    HttpServerResponse response = request.response();
    if (response.closed()) {
      return;
    }
    try {
      if (body.length() > MAX_BODY) {
        throw new Refusal(400, 10001, "too large");
      }
      gate.pass(request, body, now);
      JsonObject answer = new Api(options, platform, url).answer(request, body);
      // What is asked only is answered: it is answers to changes that must not be lost.
      boolean change = !request.method().equals(HttpMethod.GET);
      switch (change || now == Weather.SHAPE ? now : Weather.FAIR) {
        case LOST -> request.connection().close();
        case INTERNAL -> throw new Refusal(500, 550000, "internal error");
        case SHAPE ->
            response.putHeader("content-type", "text/html").end("<html>Maintenance</html>");
        default -> response.putHeader("content-type", "application/json").end(answer.encode());
      }
    } catch (Refusal refusal) {
      response
          .setStatusCode(refusal.status())
          .putHeader("content-type", "application/json")
          .end(error(refusal).encode());
    } catch (NumberFormatException e) {
      response.setStatusCode(400).end();
    }
  }

  /** The newer code is there every other time only, as in published examples. */
  private synchronized JsonObject error(Refusal refusal) {
    JsonObject error =
        new JsonObject().put("error_code", refusal.code()).put("message", refusal.getMessage());
    if (errors++ % 2 == 0) {
      error.put("new_error_code", refusal.code());
    }
    return new JsonObject().put("error_info", error);
  }
}
