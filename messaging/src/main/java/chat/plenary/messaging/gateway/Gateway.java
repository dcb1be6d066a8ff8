package chat.plenary.messaging.gateway;

import chat.plenary.messaging.Chat;
import chat.plenary.messaging.http.Pages;
import chat.plenary.messaging.http.Route;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The HTTP server of a node: endpoints, the live connection, and the pages of the client. */
public final class Gateway {
  private static final Duration DRAIN = Duration.ofSeconds(5);

  private final Listeners listeners;
  private final LiveConnections live;
  private final @Nullable SpeechConnections speeches;
  private final AtomicBoolean closing;
  private final Promise<Void> closed = Promise.promise();

  private Gateway(
      Listeners listeners,
      LiveConnections live,
      @Nullable SpeechConnections speeches,
      AtomicBoolean closing) {
    this.listeners = listeners;
    this.live = live;
    this.speeches = speeches;
    this.closing = closing;
  }

  /**
   * A certificate of this node.
   *
   * @param certificate path of a PEM file: the certificate, followed by its chain
   * @param key path of a PEM file: its private key (PKCS#8)
   */
  public record Tls(String certificate, String key) {}

  /**
   * What the server says of itself.
   *
   * @param version the version of Plenary
   * @param demo whether it shows a demonstration
   */
  public record ServerInfo(String version, boolean demo) {}

  /**
   * What the server is limited to.
   *
   * @param connections open at once, at the most; more are closed at once
   * @param timeout after what time a request is answered that its endpoint does not answer
   * @param burst changes that one account makes in a row
   * @param perSecond changes that one account makes a second in the long run
   */
  public record Limits(int connections, Duration timeout, int burst, int perSecond) {
    /** 20,000 connections, 30 s, 1,000 changes in a row, 200 a second. */
    public static Limits defaults() {
      return new Limits(20_000, Duration.ofSeconds(30), 1_000, 200);
    }

    public Limits {
      if (connections < 1 || timeout.isNegative() || burst < 1 || perSecond < 1) {
        throw new IllegalArgumentException("limits are not below 1");
      }
    }
  }

  /**
   * How the server serves.
   *
   * @param host the address that it listens on
   * @param port the port; 0 takes a free one
   * @param tls its certificate; null where it speaks plain HTTP
   * @param origins the origins of its own pages, exactly, such as {@code https://chat.example.org}
   * @param trustedProxies addresses or networks (CIDR) whose forwarding headers are believed
   * @param maxBody bytes of a body and of a frame
   * @param server what it says of itself
   * @param limits what it is limited to
   */
  public record Options(
      String host,
      int port,
      @Nullable Tls tls,
      Set<String> origins,
      List<String> trustedProxies,
      int maxBody,
      ServerInfo server,
      Limits limits) {
    public Options {
      origins = Set.copyOf(origins);
      trustedProxies = List.copyOf(trustedProxies);
    }

    /** With the limits that hold unless configured otherwise. */
    public Options(
        String host,
        int port,
        @Nullable Tls tls,
        Set<String> origins,
        List<String> trustedProxies,
        int maxBody,
        ServerInfo server) {
      this(host, port, tls, origins, trustedProxies, maxBody, server, Limits.defaults());
    }
  }

  /**
   * Opens the server. The chat must have been started.
   *
   * @param more endpoints of other modules
   * @param pages what browsers are given
   * @return fails when the port is taken, or an endpoint does not describe itself
   */
  public static Future<Gateway> open(
      Vertx vertx, Chat chat, List<Route> more, Pages pages, Options options) {
    return open(vertx, chat, more, pages, null, options);
  }

  /**
   * The same with a door for what members say in meetings.
   *
   * @param speeches takes in its sockets; null for none
   */
  public static Future<Gateway> open(
      Vertx vertx,
      Chat chat,
      List<Route> more,
      Pages pages,
      @Nullable SpeechConnections speeches,
      Options options) {
    AtomicBoolean closing = new AtomicBoolean();
    LiveConnections live = LiveConnections.open(vertx, chat, LiveConnections.Options.defaults());
    Origins origins = new Origins(options.origins());
    Proxies proxies = new Proxies(options.trustedProxies());
    Limits limits = options.limits();
    Door door =
        new Door(
            chat.accounts().callers(),
            chat.log()::isFresh,
            closing::get,
            origins,
            proxies,
            new Rates(limits.burst(), limits.perSecond(), System::nanoTime),
            new Answers(proxies),
            new Failures(),
            options.maxBody(),
            limits.timeout());
    boolean secure = options.tls() != null || origins.areSecure();
    List<Route> routes = new ArrayList<>(Endpoints.of(chat, options.server(), secure));
    routes.addAll(more);
    Mounted mounted = new Mounted(vertx, door, routes, live, speeches, options.server().version());
    mounted.pages(pages);
    return Listeners.open(vertx, mounted, options, door)
        .map(listeners -> new Gateway(listeners, live, speeches, closing));
  }

  /** The port that it listens on. */
  public int port() {
    return listeners.port();
  }

  /** Live connections that are open now. */
  public int liveConnections() {
    return live.count();
  }

  /** Connections that are open now, live ones among them. */
  public int connections() {
    return listeners.connections();
  }

  /**
   * Stops: nothing new is taken, live connections are told to connect elsewhere, and what is under
   * way is answered, for at most ten seconds.
   */
  public Future<Void> close() {
    if (closing.getAndSet(true)) {
      return closed.future();
    }
    Future<Void> spoken = speeches == null ? Future.succeededFuture() : speeches.drain();
    Future.join(live.drain(), spoken)
        .timeout(DRAIN.toMillis(), TimeUnit.MILLISECONDS)
        .transform(drained -> listeners.close(DRAIN))
        .onComplete(closed);
    return closed.future();
  }
}
