package chat.plenary.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A Plenary server: one node or several, which are interchangeable. Signing in gives a {@link
 * Session}. One {@code Plenary} serves thousands of sessions with a few threads.
 *
 * <p>All that is asynchronous fails with a {@link ProblemException}.
 */
public final class Plenary implements AutoCloseable {
  private static final AtomicInteger FIRST = new AtomicInteger();

  private final Transport transport;
  private final ExecutorService workers;
  private final ScheduledThreadPoolExecutor timers;
  private final List<URI> bases;

  private Plenary(List<URI> bases, Duration timeout, int threads) {
    this.bases = bases;
    this.workers = Executors.newFixedThreadPool(threads, daemon("plenary-client-"));
    this.timers = new ScheduledThreadPoolExecutor(1, daemon("plenary-client-timer-"));
    this.timers.setRemoveOnCancelPolicy(true);
    this.transport = new Transport(http(workers, timeout), timers, timeout);
  }

  private static HttpClient http(Executor workers, Duration timeout) {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(
            timeout.compareTo(Duration.ofSeconds(3)) < 0 ? timeout : Duration.ofSeconds(3))
        .executor(workers)
        .build();
  }

  /** A server of one node, with requests of at most 10 s. */
  public static Plenary at(String base) {
    return at(List.of(base), Duration.ofSeconds(10), 4);
  }

  /**
   * A server.
   *
   * @param bases {@code http(s)://host[:port]} of each node, at least one
   * @param timeout for how long a request may take
   * @param threads that call listeners and complete futures, at least 1; none of them may be made
   *     to wait for another
   */
  public static Plenary at(List<String> bases, Duration timeout, int threads) {
    List<URI> uris = new ArrayList<>();
    bases.forEach(base -> uris.add(Nodes.base(base)));
    return new Plenary(uris, timeout, threads);
  }

  /** What the server says about itself to anybody. */
  public CompletableFuture<JsonNode> server() {
    return anonymous("GET", "/api/v1/server", null);
  }

  /**
   * Signs in by password.
   *
   * @param organisation its id or name; null where the server has only one
   */
  public CompletableFuture<Session> signIn(
      @Nullable String organisation, String userid, String password) {
    ObjectNode request = Json.object().put("userid", userid).put("password", password);
    if (organisation != null) {
      request.put("organisation", organisation);
    }
    return anonymous("POST", "/api/v1/sign-in", request).thenApply(this::session);
  }

  /** Signs in by a ticket that an owner made; it is good for one time. */
  public CompletableFuture<Session> signIn(String ticket) {
    return anonymous("POST", "/api/v1/sign-in/ticket", Json.object().put("ticket", ticket))
        .thenApply(this::session);
  }

  /** Makes the first organisation by the token of the one-use link, and signs its owner in. */
  public CompletableFuture<JsonNode> setUp(
      String token, String organisation, String userid, String name, String password) {
    ObjectNode request = organisation(organisation, userid, name, password).put("token", token);
    return anonymous("POST", "/api/v1/setup", request);
  }

  /**
   * Makes an organisation beside those that there are, with its owner.
   *
   * @param operatorToken the one that the server is configured with
   */
  public CompletableFuture<JsonNode> makeOrganisation(
      String operatorToken, String organisation, String userid, String name, String password) {
    ObjectNode request = organisation(organisation, userid, name, password);
    return transport.send(
        nodes().current(), "POST", "/api/v1/organisations", request, operatorToken);
  }

  private static ObjectNode organisation(
      String organisation, String userid, String name, String password) {
    ObjectNode request = Json.object();
    request.putObject("organisation").put("name", organisation);
    request.putObject("owner").put("userid", userid).put("name", name).put("password", password);
    return request;
  }

  /** A bot's session, by the token that does not expire. */
  public Session bot(String token) {
    return new Session(transport, nodes(), new Tokens(transport, token));
  }

  private Session session(JsonNode signedIn) {
    Nodes nodes = nodes();
    return new Session(transport, nodes, new Tokens(transport, nodes, signedIn));
  }

  /** Each session begins at another node, so that many spread over all. */
  private Nodes nodes() {
    return new Nodes(bases, FIRST.getAndIncrement());
  }

  private CompletableFuture<JsonNode> anonymous(
      String method, String path, @Nullable JsonNode body) {
    return transport.send(nodes().current(), method, path, body, null);
  }

  /** Ends the threads. Connections that are still open are dropped. */
  @Override
  public void close() {
    timers.shutdownNow();
    workers.shutdown();
  }

  private static ThreadFactory daemon(String name) {
    AtomicInteger number = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, name + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}
