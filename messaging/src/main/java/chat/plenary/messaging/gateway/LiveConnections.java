package chat.plenary.messaging.gateway;

import chat.plenary.messaging.Chat;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.protocol.ServerFrame.Bye.Reason;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The WebSockets of this node: takes them in, bounds them, and says goodbye when it stops. */
public final class LiveConnections {
  private static final Duration DRAIN = Duration.ofSeconds(5);

  private final Vertx vertx;
  private final Chat chat;
  private final Options options;
  private final Set<LiveConnection> open = ConcurrentHashMap.newKeySet();
  private final Map<AccountId, Integer> accounts = new ConcurrentHashMap<>();
  private final AtomicInteger strangers = new AtomicInteger();
  private volatile boolean draining;

  /**
   * What connections are limited to.
   *
   * @param hello within what time the first frame must come
   * @param heartbeat how often a client says something; after twice that it is idle
   * @param perAccount connections of one account at this node
   * @param strangers connections that have not said hello, in total
   * @param inFlight frames of a connection that may wait for their answers
   * @param pending bytes that a client may leave unread before it is closed
   */
  public record Options(
      Duration hello,
      Duration heartbeat,
      int perAccount,
      int strangers,
      int inFlight,
      long pending) {
    /** 10 s, 30 s, 20 connections an account, 1,000 strangers, 64 frames, 2 MiB. */
    public static Options defaults() {
      return new Options(
          Duration.ofSeconds(10), Duration.ofSeconds(30), 20, 1_000, 64, 2 * 1024 * 1024);
    }
  }

  private LiveConnections(Vertx vertx, Chat chat, Options options) {
    this.vertx = vertx;
    this.chat = chat;
    this.options = options;
    chat.delivery().limitPending(options.pending());
  }

  /** Opens the door for connections of a chat that was started. */
  public static LiveConnections open(Vertx vertx, Chat chat, Options options) {
    return new LiveConnections(vertx, chat, options);
  }

  /**
   * Takes in a socket, whose origin was checked; on its event loop.
   *
   * @param remoteAddress where it comes from
   */
  public void accept(ServerWebSocket socket, String remoteAddress) {
    LiveConnection connection =
        new LiveConnection(vertx, chat, this, options, socket, remoteAddress);
    open.add(connection);
    boolean crowded = strangers.incrementAndGet() > options.strangers();
    connection.start();
    if (draining) {
      connection.end(Reason.STOPPING, "This node stops: connect again.");
    } else if (crowded) {
      connection.end(Reason.TOO_MANY, "Too many connections have not said hello: try later.");
    }
  }

  /** Connections that are open now. */
  public int count() {
    return open.size();
  }

  /** Says goodbye to all and closes; takes at most five seconds. */
  public Future<Void> drain() {
    draining = true;
    List<LiveConnection> all = List.copyOf(open);
    all.forEach(one -> one.endFromAnywhere(Reason.STOPPING, "This node stops: connect again."));
    Future<Void> closed = Future.join(all.stream().map(LiveConnection::closed).toList()).mapEmpty();
    Promise<Void> drained = Promise.promise();
    long timer = vertx.setTimer(DRAIN.toMillis(), id -> drained.tryComplete());
    closed.onComplete(
        done -> {
          vertx.cancelTimer(timer);
          drained.tryComplete();
        });
    return drained.future();
  }

  /** Whether one more connection of an account is taken; where it is, {@link #left} follows. */
  boolean entered(AccountId account) {
    boolean taken = accounts.merge(account, 1, Integer::sum) <= options.perAccount();
    if (!taken) {
      left(account);
    }
    return taken;
  }

  void left(AccountId account) {
    accounts.computeIfPresent(account, (id, count) -> count > 1 ? count - 1 : null);
  }

  void noStranger() {
    strangers.decrementAndGet();
  }

  void gone(LiveConnection connection) {
    open.remove(connection);
  }
}
