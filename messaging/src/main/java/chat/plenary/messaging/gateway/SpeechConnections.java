package chat.plenary.messaging.gateway;

import chat.plenary.messaging.Chat;
import chat.plenary.messaging.account.Revoked;
import chat.plenary.messaging.caption.Speeches;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The WebSockets of this node by which members send what they say. */
public final class SpeechConnections {
  private static final Duration DRAIN = Duration.ofSeconds(5);

  private final Vertx vertx;
  private final Chat chat;
  private final Speeches speeches;
  private final Options options;
  private final Set<SpeechConnection> open = ConcurrentHashMap.newKeySet();
  private volatile boolean draining;

  /**
   * What connections are limited to.
   *
   * @param hello within what time the first frame must come
   * @param idle after what time without audio a speech is over
   * @param look how often it is looked whether the member may still speak
   * @param connections open at once, those that have not said hello among them
   */
  public record Options(Duration hello, Duration idle, Duration look, int connections) {
    /** 10 s, 60 s, 2 s, 200 connections. */
    public static Options defaults() {
      return new Options(
          Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(2), 200);
    }
  }

  /** Opens the door for speeches of a chat that was started. */
  public SpeechConnections(Vertx vertx, Chat chat, Speeches speeches, Options options) {
    this.vertx = vertx;
    this.chat = chat;
    this.speeches = speeches;
    this.options = options;
    chat.accounts().revocations().listen(this::revoked);
  }

  /** Takes in a socket, whose origin was checked; on its event loop. */
  void accept(ServerWebSocket socket, String meeting) {
    SpeechConnection connection =
        new SpeechConnection(vertx, chat, speeches, options, socket, meeting, open::remove);
    open.add(connection);
    connection.start();
    if (draining) {
      connection.end("stopping", "This node stops: connect again.");
    } else if (open.size() > options.connections()) {
      connection.end("too-many", "This node has too many connections: try later.");
    }
  }

  private void revoked(Revoked revoked) {
    open.forEach(one -> one.revoked(revoked));
  }

  /** Ends all; takes at most five seconds. */
  Future<Void> drain() {
    draining = true;
    List<SpeechConnection> all = List.copyOf(open);
    all.forEach(one -> one.endFromAnywhere("stopping", "This node stops: connect again."));
    Future<Void> closed =
        Future.join(all.stream().map(SpeechConnection::closed).toList()).mapEmpty();
    Promise<Void> drained = Promise.promise();
    long timer = vertx.setTimer(DRAIN.toMillis(), id -> drained.tryComplete());
    closed.onComplete(
        done -> {
          vertx.cancelTimer(timer);
          drained.tryComplete();
        });
    return drained.future();
  }
}
