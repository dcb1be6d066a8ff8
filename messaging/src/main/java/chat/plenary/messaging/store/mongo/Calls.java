package chat.plenary.messaging.store.mongo;

import chat.plenary.messaging.store.Answer;
import chat.plenary.messaging.store.StoreException;
import com.mongodb.ClientSessionOptions;
import com.mongodb.reactivestreams.client.ClientSession;
import com.mongodb.reactivestreams.client.MongoClient;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Runs operations: bounded in number and time, each in a session of its own where the server has
 * sessions, answered on the caller's context.
 */
final class Calls {
  private final Vertx vertx;
  private final MongoClient client;
  private final MongoOptions options;
  private final boolean sessions;
  private final Causality causality = new Causality();
  private final ClientSessionOptions causal =
      ClientSessionOptions.builder().causallyConsistent(true).build();

  /** Under way at the driver: counted until it is through, not until its caller was answered. */
  private final AtomicInteger underWay = new AtomicInteger();

  private volatile boolean closed;

  Calls(Vertx vertx, MongoClient client, MongoOptions options, boolean sessions) {
    this.vertx = vertx;
    this.client = client;
    this.options = options;
    this.sessions = sessions;
  }

  /** What is done in a session; without sessions it gets null. */
  interface Operation<T> {
    Future<T> in(@Nullable ClientSession session);
  }

  /**
   * Runs an operation.
   *
   * @param collection for messages
   * @return never fails but with {@link StoreException}
   */
  <T> Future<T> run(String collection, Operation<T> operation) {
    var answer = Answer.<T>toCaller();
    if (closed) {
      answer.fail(Failures.unknown("the store is closed", null));
    } else if (underWay.incrementAndGet() > options.waiting()) {
      underWay.decrementAndGet();
      answer.fail(Failures.unknown("too many operations wait for the server", null));
    } else {
      start(collection, operation, answer);
    }
    return answer.future();
  }

  private <T> void start(String collection, Operation<T> operation, Answer<T> answer) {
    var timer =
        vertx.setTimer(
            options.timeout().toMillis(),
            expired ->
                answer.fail(
                    Failures.unknown(
                        "the server took longer than %s on %s"
                            .formatted(options.timeout(), collection),
                        null)));
    attempt(operation)
        .onComplete(
            done -> {
              underWay.decrementAndGet();
              vertx.cancelTimer(timer);
              if (done.succeeded()) {
                answer.succeed(done.result());
              } else {
                answer.fail(Failures.of(collection, done.cause()));
              }
            });
  }

  private <T> Future<T> attempt(Operation<T> operation) {
    try {
      return sessions
          ? Collected.one(client.startSession(causal))
              .compose(session -> inSession(session, operation))
          : operation.in(null);
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
  }

  private <T> Future<T> inSession(ClientSession session, Operation<T> operation) {
    causality.carryTo(session);
    return guarded(session, operation)
        .onComplete(
            done -> {
              // A duplicate too: the answer waited for the majority, and whoever lost a race now
              // wants to read who won it.
              if (done.succeeded() || StoreException.isDuplicate(done.cause())) {
                causality.learnFrom(session);
              }
              session.close();
            });
  }

  /** A session is closed whatever the operation throws. */
  private static <T> Future<T> guarded(ClientSession session, Operation<T> operation) {
    try {
      return operation.in(session);
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
  }

  /** Lets nothing more begin. */
  void close() {
    closed = true;
  }
}
