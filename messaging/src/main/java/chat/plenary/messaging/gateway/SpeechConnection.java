package chat.plenary.messaging.gateway;

import chat.plenary.messaging.Chat;
import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.account.Grant;
import chat.plenary.messaging.account.Revoked;
import chat.plenary.messaging.caption.SpeechFeed;
import chat.plenary.messaging.caption.Speeches;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.fault.Input;
import chat.plenary.messaging.http.Problem;
import chat.plenary.messaging.interpretation.Language;
import chat.plenary.messaging.protocol.ClientFrame;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
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
 * One WebSocket by which a member speaks, from hello to bye. Used on its event loop only, save
 * where it says otherwise. While the engine is slow the socket is not read.
 */
final class SpeechConnection {
  private static final Logger LOGGER = LoggerFactory.getLogger(SpeechConnection.class);
  private static final short NORMAL = 1000;

  private final Vertx vertx;
  private final Chat chat;
  private final Speeches speeches;
  private final SpeechConnections.Options options;
  private final ServerWebSocket socket;
  private final String meeting;
  private final Consumer<SpeechConnection> gone;
  private final Context context;
  private final Promise<Void> closed = Promise.promise();
  private boolean greeted;
  private boolean ended;
  private boolean heard;
  private @Nullable Hello hello;
  private volatile @Nullable Caller caller;
  private @Nullable SpeechFeed feed;
  private long helloTimer = -1;
  private long idleTimer = -1;
  private long lookTimer = -1;
  private long expiryTimer = -1;

  /** The first frame. */
  private record Hello(String token, String language, boolean channel) {
    static Hello read(Input in) {
      String token = in.text("token", 1, ClientFrame.MAX_TOKEN);
      String language = in.parsed("language", Language.MAX_TAG, Language::tag);
      String channel = in.optionalParsed("channel", Language.MAX_TAG, Language::tag);
      in.end();
      if (channel != null && !Language.same(channel, language)) {
        throw Fault.invalid("channel", "An interpreter speaks the language of the channel.");
      }
      return new Hello(token, language, channel != null);
    }

    @Override
    public String toString() {
      return "Hello[]";
    }
  }

  SpeechConnection(
      Vertx vertx,
      Chat chat,
      Speeches speeches,
      SpeechConnections.Options options,
      ServerWebSocket socket,
      String meeting,
      Consumer<SpeechConnection> gone) {
    this.vertx = vertx;
    this.chat = chat;
    this.speeches = speeches;
    this.options = options;
    this.socket = socket;
    this.meeting = meeting;
    this.gone = gone;
    this.context = vertx.getOrCreateContext();
  }

  void start() {
    socket.textMessageHandler(this::text);
    socket.binaryMessageHandler(this::audio);
    socket.exceptionHandler(failure -> LOGGER.debug("a socket failed: {}", failure.toString()));
    socket.closeHandler(v -> closedNow());
    helloTimer =
        vertx.setTimer(options.hello().toMillis(), id -> end("protocol", "No hello came in time."));
  }

  Future<Void> closed() {
    return closed.future();
  }

  private void closedNow() {
    ended = true;
    vertx.cancelTimer(helloTimer);
    vertx.cancelTimer(idleTimer);
    vertx.cancelTimer(lookTimer);
    vertx.cancelTimer(expiryTimer);
    SpeechFeed open = feed;
    if (open != null) {
      open.end();
    }
    gone.accept(this);
    closed.tryComplete();
  }

  // ---- what the server says

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
    context.runOnContext(v -> end(reason, detail));
  }

  private void problem(Fault fault) {
    if (!ended) {
      write(new JsonObject().put("type", "problem").put("problem", Problem.of(fault).toJson()));
    }
  }

  private void write(JsonObject frame) {
    if (!socket.isClosed()) {
      socket.writeTextMessage(frame.encode());
    }
  }

  /** Ends for a failure: a problem that tells what is wrong, then bye. */
  private void fail(Throwable why) {
    if (why instanceof Fault fault) {
      problem(fault);
      String reason = Problem.of(fault).type();
      end(reason, String.valueOf(fault.getMessage()));
    } else {
      LOGGER.error("a speech could not be heard", why);
      end("unavailable", "This node cannot serve now: connect again.");
    }
  }

  // ---- what the client says

  private void text(String text) {
    if (ended) {
      return;
    }
    try {
      Input in = Input.of(ClientFrame.parse(text));
      String type = in.text("type", 1, 64);
      if (!greeted) {
        if (!type.equals("hello")) {
          throw Fault.invalid("type", "The first frame must be hello.");
        }
        greet(Hello.read(in));
      } else if (type.equals("end")) {
        in.end();
        SpeechFeed open = feed;
        if (open != null) {
          open.end();
        }
      } else if (type.equals("token")) {
        String token = in.text("token", 1, ClientFrame.MAX_TOKEN);
        in.end();
        renew(token);
      } else {
        throw Fault.invalid("type", "There is no frame of type '" + type + "'.");
      }
    } catch (Fault fault) {
      problem(fault);
      end("protocol", String.valueOf(fault.getMessage()));
    }
  }

  private void audio(Buffer audio) {
    SpeechFeed open = feed;
    if (ended) {
      return;
    }
    if (open == null) {
      end("protocol", "Audio comes after ready.");
      return;
    }
    heard = true;
    Future<Void> room = open.audio(audio);
    if (room.failed()) {
      fail(room.cause());
    } else if (!room.isComplete()) {
      socket.pause();
      room.onComplete(done -> context.runOnContext(v -> socket.resume()));
    }
  }

  private void greet(Hello said) {
    greeted = true;
    hello = said;
    vertx.cancelTimer(helloTimer);
    socket.pause();
    grant(said.token())
        .compose(
            grant -> {
              caller = grant.caller();
              return speeches
                  .open(grant.caller(), meeting, said.language(), said.channel(), this::told)
                  .compose(
                      opened ->
                          // A revocation that was told before the caller was known is seen now.
                          grant(said.token())
                              .onFailure(failure -> opened.feed().end())
                              .map(again -> new Begun(again, opened)));
            })
        .onComplete(
            done ->
                context.runOnContext(
                    v -> {
                      if (done.succeeded()) {
                        begin(done.result());
                      } else {
                        fail(done.cause());
                      }
                      socket.resume();
                    }));
  }

  private record Begun(Grant grant, Speeches.Heard heard) {}

  private void begin(Begun begun) {
    feed = begun.heard().feed();
    if (ended) {
      begun.heard().feed().end();
      return;
    }
    expireAt(begun.grant().expires());
    write(
        new JsonObject()
            .put("type", "ready")
            .put("engine", begun.heard().engine())
            .put("title", begun.heard().title()));
    idleTimer = vertx.setPeriodic(options.idle().toMillis(), id -> lookForLife());
    lookTimer = vertx.setPeriodic(options.look().toMillis(), id -> look());
  }

  /** What the grant of a token is, told on any thread. */
  private Future<Grant> grant(String token) {
    return chat.accounts().callers().grant(token);
  }

  private void renew(String token) {
    grant(token)
        .onComplete(
            done ->
                context.runOnContext(
                    v -> {
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
    if (expires != null) {
      long left = Duration.between(chat.clock().instant(), expires).toMillis();
      expiryTimer =
          vertx.setTimer(Math.max(1, left), id -> end("expired", "The access token has expired."));
    }
  }

  private void lookForLife() {
    if (!heard) {
      end("idle", "No audio came for " + options.idle().toSeconds() + " s.");
    }
    heard = false;
  }

  /** Whether the member may still speak: still in the group, still on duty. */
  private void look() {
    Caller known = caller;
    Hello said = hello;
    if (known == null || said == null) {
      return;
    }
    speeches
        .still(known, meeting, said.language(), said.channel())
        .onFailure(
            failure ->
                context.runOnContext(
                    v -> {
                      if (failure instanceof Fault fault
                          && fault.code() != Fault.Code.UNAVAILABLE) {
                        fail(failure);
                      }
                    }));
  }

  /** May be called on any thread. */
  private void told(Speeches.Told told) {
    context.runOnContext(
        v -> {
          if (told instanceof Speeches.Told.Trouble trouble) {
            problem(trouble.why());
          } else {
            end("ended", "The speech is over.");
          }
        });
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
