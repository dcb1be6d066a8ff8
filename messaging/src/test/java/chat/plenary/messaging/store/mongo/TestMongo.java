package chat.plenary.messaging.store.mongo;

import com.mongodb.ConnectionString;
import io.vertx.core.Future;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Assumptions;

/**
 * The server that tests of MongoDB run on: the durable one started by the folder that the
 * environment variable {@code PLENARY_TEST_MONGODB_SERVER} names (it has {@code start} and {@code
 * stop}; needs root), else {@code MONGODB_URI}, else a {@code mongod} on the path, else
 * mongo-java-server in memory. With {@code CI=true} or {@code PLENARY_REQUIRE_ALL} the durable one
 * is required.
 */
public final class TestMongo implements AutoCloseable {
  /** What a server can be. */
  public enum Kind {
    /** Keeps what it acknowledged over a kill of its processes; one server. */
    DURABLE("durable stand-in server (PostgreSQL with DocumentDB behind FerretDB)"),
    /** The replica set, or what claims to be one, of MONGODB_URI. */
    REPLICA_SET("replica set of MONGODB_URI"),
    /** The server of MONGODB_URI, when it is no replica set. */
    STANDALONE("single server of MONGODB_URI"),
    /** A mongod of this test alone, a replica set of one. */
    MONGOD("mongod on the path, a replica set of one member"),
    /** mongo-java-server: no sessions, unique indexes only. */
    IN_MEMORY("mongo-java-server in memory; nothing durable was tested");

    private final String description;

    Kind(String description) {
      this.description = description;
    }
  }

  /** Started when a test first asks, stopped when the JVM ends. */
  private static final class Shared {
    private static final TestMongo SERVER = start();
  }

  private final TestServer server;
  private final Queue<String> databases = new ConcurrentLinkedQueue<>();
  private final Thread atExit = new Thread(this::stop);

  private TestMongo(TestServer server) {
    this.server = server;
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /** The one server of this JVM, shared by its tests; they take databases of their own. */
  public static TestMongo shared() {
    return Shared.SERVER;
  }

  /**
   * A durable server of the test's own, which it may kill and must close; the test is skipped by
   * name where there is none, unless it is required.
   */
  public static TestMongo durable() {
    var folder = System.getenv("PLENARY_TEST_MONGODB_SERVER");
    if (folder == null) {
      requireNothing();
      Assumptions.abort("PLENARY_TEST_MONGODB_SERVER is not set: no durable server to kill");
    }
    return new TestMongo(new TestServer.Durable(Path.of(folder)));
  }

  private static TestMongo start() {
    if (System.getenv("PLENARY_TEST_MONGODB_SERVER") != null) {
      return durable();
    }
    requireNothing();
    var uri = System.getenv("MONGODB_URI");
    if (uri != null) {
      return new TestMongo(new TestServer.Given(uri));
    }
    for (var directory : System.getenv().getOrDefault("PATH", "").split(":")) {
      var mongod = Path.of(directory).resolve("mongod");
      if (Files.isExecutable(mongod)) {
        return new TestMongo(new TestServer.Mongod(mongod));
      }
    }
    return new TestMongo(new TestServer.InMemory());
  }

  private static void requireNothing() {
    if ("true".equals(System.getenv("CI")) || System.getenv("PLENARY_REQUIRE_ALL") != null) {
      throw new AssertionError(
          "PLENARY_TEST_MONGODB_SERVER is not set, but CI or PLENARY_REQUIRE_ALL requires it");
    }
  }

  /** Which kind of server it is. */
  public Kind kind() {
    return server.kind();
  }

  /** Options that fit the server. */
  public MongoOptions options() {
    var options = MongoOptions.defaults();
    return kind() == Kind.IN_MEMORY ? options.acceptingNoSessions() : options;
  }

  /** A URI whose database nobody has used yet. A secret where MONGODB_URI is one. */
  public String freshUri() {
    var database = "plenary_test_" + UUID.randomUUID().toString().replace("-", "").substring(0, 12);
    databases.add(database);
    return withDatabase(server.uri(), database);
  }

  static String withDatabase(String uri, String database) {
    var parsed = new ConnectionString(uri);
    var query = uri.indexOf('?') < 0 ? "" : uri.substring(uri.indexOf('?') + 1);
    if (parsed.getCredential() != null && !query.contains("authSource=")) {
      var source = parsed.getCredential().getSource();
      query = (query.isEmpty() ? "" : query + "&") + "authSource=" + source;
    }
    var hosts = uri.replaceFirst("^(mongodb(?:\\+srv)?://[^/?]+).*$", "$1");
    return hosts + "/" + database + (query.isEmpty() ? "" : "?" + query);
  }

  /** Kills with -9 the {@code gateway}, the {@code database}, or both ({@code ""}). */
  public void kill(String part) {
    ((TestServer.Durable) server).kill(part);
  }

  /** Starts again what was killed; the URIs stay. */
  public void startAgain() {
    ((TestServer.Durable) server).startAgain();
  }

  /** What is said of a run on this server. */
  public String summary() {
    var replicaSet =
        kind() == Kind.REPLICA_SET
            ? "MongoDB replica set: run"
            : "MongoDB replica set: not run (no MONGODB_URI of one was used)";
    return "MongoDB tests ran on: " + kind().description + ". " + replicaSet;
  }

  /** Stops the server where it was started here, and throws its data away. */
  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(atExit);
    stop();
  }

  private void stop() {
    if (server instanceof TestServer.Given given) {
      databases.forEach(given::drop);
    }
    server.stop();
  }

  /** Waits on the test's thread. */
  static <T> T await(Future<T> future) {
    return chat.plenary.messaging.store.StoreUnderTest.await(future);
  }
}
