package chat.plenary.messaging.gateway;

import chat.plenary.messaging.Chat;
import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.account.Grant;
import chat.plenary.messaging.content.MessageBody;
import chat.plenary.messaging.delivery.LiveSession;
import chat.plenary.messaging.delivery.Outbox;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.log.Cursor;
import chat.plenary.messaging.protocol.ClientFrame;
import chat.plenary.messaging.protocol.ServerFrame;
import chat.plenary.messaging.protocol.ServerFrame.Bye.Reason;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.internal.http.WebSocketInternal;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One WebSocket from its first frame to its last: who it is, how long it may live, and frames that
 * are not understood. Used on its event loop only.
 */
final class LiveConnection {
  private static final Logger LOGGER = LoggerFactory.getLogger(LiveConnection.class);
  private static final int MISTAKES = 3;
  private static final short NORMAL = 1000;

  private final Vertx vertx;
  private final Chat chat;
  private final LiveConnections all;
  private final LiveConnections.Options options;
  private final ServerWebSocket socket;
  private final String remoteAddress;
  private final Context context;
  private final Outbox outbox;
  private final Promise<Void> closed = Promise.promise();
  private boolean stranger = true;
  private boolean greeted;
  private boolean counted;
  private @Nullable LiveSession session;
  private @Nullable LiveFrames frames;
  private int mistakes;
  private long helloTimer = -1;
  private long idleTimer = -1;
  private long expiryTimer = -1;
  private boolean heard;
  private int silent;

  LiveConnection(
      Vertx vertx,
      Chat chat,
      LiveConnections all,
      LiveConnections.Options options,
      ServerWebSocket socket,
      String remoteAddress) {
    this.vertx = vertx;
    this.chat = chat;
    this.all = all;
    this.options = options;
    this.socket = socket;
    this.remoteAddress = remoteAddress;
    this.context = vertx.getOrCreateContext();
    this.outbox =
        chat.delivery()
            .outbox(
                ((WebSocketInternal) socket).channelHandlerContext(), () -> socket.close(NORMAL));
  }

  void start() {
    socket.textMessageHandler(this::text);
    socket.binaryMessageHandler(bytes -> mistake(Fault.of(Fault.Code.INVALID, "Frames are text.")));
    socket.exceptionHandler(
        failure -> LOGGER.debug("a socket of {} failed: {}", remoteAddress, failure.toString()));
    socket.closeHandler(v -> closedNow());
    helloTimer =
        vertx.setTimer(
            options.hello().toMillis(), id -> end(Reason.PROTOCOL, "No hello came in time."));
    idleTimer = vertx.setPeriodic(options.heartbeat().toMillis(), id -> lookForLife());
  }

  Future<Void> closed() {
    return closed.future();
  }

  void end(Reason reason, String detail) {
    outbox.end(new ServerFrame.Bye(reason, detail));
  }

  void endFromAnywhere(Reason reason, String detail) {
    context.runOnContext(v -> end(reason, detail));
  }

  private void closedNow() {
    vertx.cancelTimer(helloTimer);
    vertx.cancelTimer(idleTimer);
    vertx.cancelTimer(expiryTimer);
    outbox.cut();
    noStranger();
    LiveSession known = session;
    if (known != null) {
      chat.delivery().close(known);
    }
    if (counted && known != null) {
      all.left(known.caller().account());
    }
    all.gone(this);
    closed.tryComplete();
  }

  private void noStranger() {
    if (stranger) {
      stranger = false;
      all.noStranger();
    }
  }

  private void lookForLife() {
    silent = heard ? 0 : silent + 1;
    heard = false;
    if (silent >= 2) {
      end(Reason.IDLE, "Nothing came for twice the heartbeat.");
    }
  }

  private void text(String text) {
    if (outbox.isEnded()) {
      return;
    }
    heard = true;
    JsonObject json;
    try {
      json = ClientFrame.parse(text);
    } catch (Fault fault) {
      mistake(fault);
      return;
    }
    try {
      took(ClientFrame.read(json));
    } catch (Fault fault) {
      LiveFrames open = frames;
      if (open == null || !open.refuse(json, fault)) {
        mistake(fault);
      }
    } catch (RuntimeException e) {
      LOGGER.error("a frame could not be handled", e);
      outbox.send(
          new ServerFrame.Refusal(
              Fault.of(Fault.Code.UNAVAILABLE, "The frame could not be handled.")));
    }
  }

  private void took(ClientFrame frame) {
    LiveFrames open = frames;
    if (!greeted) {
      if (frame instanceof ClientFrame.Hello hello) {
        hello(hello);
      } else {
        end(Reason.PROTOCOL, "The first frame must be hello.");
      }
    } else if (frame instanceof ClientFrame.Hello) {
      mistake(Fault.invalid("type", "Hello was said already."));
    } else if (frame instanceof ClientFrame.Token token) {
      renew(token.token());
    } else if (open != null) {
      open.take(frame);
    }
  }

  private void mistake(Fault fault) {
    if (outbox.isEnded()) {
      return;
    }
    heard = true;
    if (!greeted) {
      end(Reason.PROTOCOL, sentence(fault));
    } else if (++mistakes >= MISTAKES) {
      end(Reason.PROTOCOL, sentence(fault));
    } else {
      outbox.send(new ServerFrame.Refusal(fault));
    }
  }

  private static String sentence(Fault fault) {
    return (fault.field() == null ? "" : fault.field() + ": ") + fault.getMessage();
  }

  // ---- who it is

  /** What comes until the account is known waits in the socket. */
  private void hello(ClientFrame.Hello hello) {
    String text = hello.cursor();
    Cursor since = text == null ? null : Cursor.decode("cursor", text);
    greeted = true;
    vertx.cancelTimer(helloTimer);
    socket.pause();
    grant(hello.token())
        .compose(this::register)
        .onComplete(
            done -> {
              if (done.succeeded()) {
                welcome(done.result(), since);
              } else {
                failed(done.cause());
              }
              socket.resume();
            });
  }

  /**
   * Registers, and looks again: a revocation that was told before the session was registered is
   * seen by the second look, one after it finds the session.
   */
  private Future<Grant> register(Grant grant) {
    noStranger();
    if (outbox.isEnded()) {
      return Future.failedFuture(Fault.of(Fault.Code.UNAVAILABLE, "The socket is closed."));
    }
    if (!all.entered(grant.caller().account())) {
      return Future.failedFuture(
          Fault.tooMany("This account has too many connections at this node.", 1));
    }
    session = chat.delivery().open(grant.caller(), outbox);
    counted = true;
    return here(chat.accounts().callers().again(grant));
  }

  private Future<Grant> grant(String token) {
    return here(chat.accounts().callers().grant(token));
  }

  /** What a token grants, told on this connection's event loop. */
  private Future<Grant> here(Future<Grant> anywhere) {
    Promise<Grant> here = Promise.promise();
    anywhere.onComplete(done -> context.runOnContext(v -> here.handle(done)));
    return here.future();
  }

  private void welcome(Grant grant, @Nullable Cursor since) {
    LiveSession open = session;
    if (open == null || outbox.isEnded()) {
      return;
    }
    Caller caller = grant.caller();
    frames = new LiveFrames(chat, open, options.inFlight());
    expireAt(grant.expires());
    outbox.send(
        new ServerFrame.Welcome(
            caller.account(),
            caller.session(),
            (int) options.heartbeat().toSeconds(),
            MessageBody.MAX_BYTES,
            options.inFlight()));
    chat.delivery().begin(open, since);
  }

  private void failed(Throwable why) {
    if (why instanceof Fault fault) {
      Reason reason =
          switch (fault.code()) {
            case UNAUTHENTICATED -> Reason.UNAUTHENTICATED;
            case TOO_MANY -> Reason.TOO_MANY;
            default -> Reason.UNAVAILABLE;
          };
      end(reason, String.valueOf(fault.getMessage()));
    } else {
      LOGGER.error("a connection could not be opened", why);
      end(Reason.UNAVAILABLE, "This node cannot serve now: connect again.");
    }
  }

  private void renew(String token) {
    grant(token)
        .onComplete(
            done -> {
              LiveSession open = session;
              if (open == null || outbox.isEnded()) {
                return;
              }
              if (done.failed()) {
                failed(done.cause());
              } else if (!same(done.result().caller(), open.caller())) {
                mistake(Fault.invalid("token", "This token is of another session."));
              } else {
                expireAt(done.result().expires());
              }
            });
  }

  private static boolean same(Caller one, Caller other) {
    return one.account().equals(other.account()) && Objects.equals(one.session(), other.session());
  }

  private void expireAt(@Nullable Instant expires) {
    vertx.cancelTimer(expiryTimer);
    if (expires != null) {
      long left = Duration.between(chat.clock().instant(), expires).toMillis();
      expiryTimer =
          vertx.setTimer(
              Math.max(1, left), id -> end(Reason.EXPIRED, "The access token has expired."));
    }
  }
}
