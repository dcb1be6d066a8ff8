package chat.plenary.bots.wecom;

import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.http.Problem;
import chat.plenary.messaging.http.Request;
import chat.plenary.messaging.http.Response;
import chat.plenary.messaging.log.Lanes;
import chat.plenary.messaging.store.StoreException;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets callers of the compatible interface in, and tells them what became of it the way they know:
 * with status 200, a number and a few words.
 */
final class Entrance {
  /** Requests that are under way at once on this node; more are told to come again. */
  static final int MAX_UNDER_WAY = 256;

  private static final Logger LOGGER = LoggerFactory.getLogger(Entrance.class);

  private final Lanes log;
  private final AtomicInteger underWay = new AtomicInteger();

  Entrance(Lanes log) {
    this.log = log;
  }

  /**
   * An endpoint behind this entrance. While this node's lease of freshness has run out nobody is
   * let in: it may not know yet who was removed.
   */
  Function<Request, Future<Response>> guard(Function<Request, Future<Response>> endpoint) {
    return request -> {
      if (underWay.incrementAndGet() > MAX_UNDER_WAY || !log.isFresh()) {
        underWay.decrementAndGet();
        return Future.succeededFuture(json(Errcode.BUSY, Errcode.BUSY.words()));
      }
      return Future.<Void>succeededFuture()
          .compose(v -> endpoint.apply(request))
          .recover(Entrance::told)
          .onComplete(done -> underWay.decrementAndGet());
    };
  }

  /** Success, without more to say. */
  static Response ok() {
    return json(Errcode.OK, Errcode.OK.words());
  }

  /** Success, and what was asked for. */
  static Response ok(JsonObject more) {
    return Response.json(
        new JsonObject().put("errcode", 0).put("errmsg", Errcode.OK.words()).mergeIn(more));
  }

  /** What stopped a request outside its endpoint, as these callers know it. */
  static Response told(Problem problem) {
    boolean again = problem.status() >= 500 || problem.status() == 408 || problem.status() == 429;
    Errcode code =
        again ? Errcode.BUSY : problem.status() == 413 ? Errcode.TOO_LONG : Errcode.PARAMETER;
    return json(code, code.words() + ": " + problem.detail());
  }

  private static Future<Response> told(Throwable failure) {
    if (failure instanceof Refusal refusal) {
      return Future.succeededFuture(json(refusal.code(), String.valueOf(refusal.getMessage())));
    }
    if (failure instanceof Fault || failure instanceof StoreException) {
      // What could have been refused was, before: this node cannot say now what became of it.
      LOGGER.debug("a caller is told to come again: {}", failure.getMessage());
      return Future.succeededFuture(json(Errcode.BUSY, Errcode.BUSY.words()));
    }
    return Future.failedFuture(failure);
  }

  private static Response json(Errcode code, String words) {
    return Response.json(new JsonObject().put("errcode", code.number()).put("errmsg", words));
  }
}
