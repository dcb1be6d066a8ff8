package chat.plenary.messaging.gateway;

import chat.plenary.messaging.Chat;
import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.account.Grant;
import chat.plenary.messaging.account.Revoked;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.http.Problem;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A WebSocket of a meeting by which a member speaks or listens: who it is, for how long, and how it
 * ends. Used on its event loop only, save where it says otherwise.
 */
final class MemberSocket {
  private static final Logger LOGGER = LoggerFactory.getLogger(MemberSocket.class);
  private static final short NORMAL = 1000;

  final Vertx vertx;
  final Chat chat;
  final ServerWebSocket socket;
  private final Context context;
  private final Promise<Void> closed = Promise.promise();
  private volatile @Nullable Caller caller;
  private boolean ended;
  private long helloTimer = -1;
  private long lookTimer = -1;
  private long expiryTimer = -1;

  MemberSocket(Vertx vertx, Chat chat, ServerWebSocket socket) {
    this.vertx = vertx;
    this.chat = chat;
    this.socket = socket;
    this.context = vertx.getOrCreateContext();
  }

  /**
   * Begins to wait for the first frame.
   *
   * @param hello within what time it must come
   * @param gone is called when the socket is closed
   */
  void start(Duration hello, Runnable gone) {
    socket.exceptionHandler(failure -> LOGGER.debug("a socket failed: {}", failure.toString()));
    socket.closeHandler(
        v -> {
          ended = true;
          vertx.cancelTimer(helloTimer);
          vertx.cancelTimer(lookTimer);
          vertx.cancelTimer(expiryTimer);
          gone.run();
          closed.tryComplete();
        });
    helloTimer = vertx.setTimer(hello.toMillis(), id -> end("protocol", "No hello came in time."));
  }

  Future<Void> closed() {
    return closed.future();
  }

  boolean isEnded() {
    return ended;
  }

  /** Who it is; null before hello was understood. */
  @Nullable Caller caller() {
    return caller;
  }

  /** Runs something on the socket's event loop. May be called on any thread. */
  void run(Runnable task) {
    context.runOnContext(v -> task.run());
  }

  // ---- what the server says

  void write(JsonObject frame) {
    if (!socket.isClosed()) {
      socket.writeTextMessage(frame.encode());
    }
  }

  void problem(Fault fault) {
    if (!ended) {
      write(new JsonObject().put("type", "problem").put("problem", Problem.of(fault).toJson()));
    }
  }

  void end(String reason, String detail) {
    if (ended) {
      return;
    }
    ended = true;
    if (chat.log().isFresh()) {
      write(new JsonObject().put("type", "bye").put("reason", reason).put("detail", detail));
    }
    socket.resume();
    socket.close(NORMAL);
  }

  /** May be called on any thread. */
  void endFromAnywhere(String reason, String detail) {
    run(() -> end(reason, detail));
  }

  /** Ends for a failure: a problem that tells what is wrong, then bye. */
  void fail(Throwable why) {
    if (why instanceof Fault fault) {
      problem(fault);
      end(Problem.of(fault).type(), String.valueOf(fault.getMessage()));
    } else {
      LOGGER.error("a socket of a meeting could not be served", why);
      end("unavailable", "This node cannot serve now: connect again.");
    }
  }

  // ---- who it is

  /**
   * Lets a member in by the token of hello, if all is well.
   *
   * @param open what is opened for them; its failure is told, and ends the socket
   * @param unopen undoes it, where they were shut out meanwhile
   * @param begin goes on with it, on the event loop
   */
  <T> void admit(
      String token,
      Opening<T> open,
      Consumer<T> unopen,
      Duration look,
      Runnable looking,
      Consumer<T> begin) {
    vertx.cancelTimer(helloTimer);
    socket.pause();
    grant(token)
        .compose(
            grant -> {
              caller = grant.caller();
              return open.to(grant.caller())
                  .compose(
                      opened ->
                          // A revocation that was told before the caller was known is seen now.
                          grant(token)
                              .onFailure(failure -> unopen.accept(opened))
                              .map(again -> new Begun<>(again, opened)));
            })
        .onComplete(
            done ->
                run(
                    () -> {
                      if (done.failed()) {
                        fail(done.cause());
                      } else if (ended) {
                        unopen.accept(done.result().opened());
                      } else {
                        expireAt(done.result().grant().expires());
                        lookTimer = vertx.setPeriodic(look.toMillis(), id -> looking.run());
                        begin.accept(done.result().opened());
                      }
                      socket.resume();
                    }));
  }

  /** What is opened for a member. */
  interface Opening<T> {
    Future<T> to(Caller caller);
  }

  private record Begun<T>(Grant grant, T opened) {}

  /** Ends where a member may go on no more; a node that cannot tell now lets them go on. */
  void judge(Future<Void> still) {
    still.onFailure(
        failure ->
            run(
                () -> {
                  if (failure instanceof Fault fault && fault.code() != Fault.Code.UNAVAILABLE) {
                    fail(failure);
                  }
                }));
  }

  /** What the grant of a token is, told on any thread. */
  private Future<Grant> grant(String token) {
    return chat.accounts().callers().grant(token);
  }

  void renew(String token) {
    grant(token)
        .onComplete(
            done ->
                run(
                    () -> {
                      Caller known = caller;
                      if (done.failed()) {
                        fail(done.cause());
                      } else if (known == null || !same(done.result().caller(), known)) {
                        problem(Fault.invalid("token", "This token is of another session."));
                      } else {
                        expireAt(done.result().expires());
                      }
                    }));
  }

  private static boolean same(Caller one, Caller other) {
    return one.account().equals(other.account()) && Objects.equals(one.session(), other.session());
  }

  private void expireAt(@Nullable Instant expires) {
    vertx.cancelTimer(expiryTimer);
    if (expires != null && !ended) {
      long left = Duration.between(chat.clock().instant(), expires).toMillis();
      expiryTimer =
          vertx.setTimer(Math.max(1, left), id -> end("expired", "The access token has expired."));
    }
  }

  /** May be called on any thread. */
  void revoked(Revoked revoked) {
    Caller known = caller;
    if (known != null
        && revoked.account().equals(known.account())
        && (revoked.session() == null || revoked.session().equals(known.session()))) {
      endFromAnywhere("revoked", revoked.reason().sentence());
    }
  }
}
