package chat.plenary.messaging.store.mongo;

import com.mongodb.reactivestreams.client.MongoClients;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;

/** A server to test on, however it came about. */
sealed interface TestServer {
  TestMongo.Kind kind();

  String uri();

  /** Stops what was started here. */
  void stop();

  /** Started by scripts, in a directory of its own. */
  final class Durable implements TestServer {
    private final Path folder;
    private final Path directory = temporary();
    private final String uri;

    Durable(Path folder) {
      this.folder = folder;
      this.uri = start();
    }

    private String start() {
      return run(directory.resolve("log"), folder.resolve("start"), directory.resolve("server"));
    }

    void startAgain() {
      if (!start().equals(uri)) {
        throw new AssertionError("the server came back under another URI");
      }
    }

    void kill(String part) {
      var log = directory.resolve("log");
      var stop = folder.resolve("stop");
      if (part.isEmpty()) {
        run(log, stop, directory.resolve("server"), "--kill");
      } else {
        run(log, stop, directory.resolve("server"), "--kill", part);
      }
    }

    @Override
    public TestMongo.Kind kind() {
      return TestMongo.Kind.DURABLE;
    }

    @Override
    public String uri() {
      return uri;
    }

    @Override
    public void stop() {
      run(directory.resolve("log"), folder.resolve("stop"), directory.resolve("server"));
      remove(directory);
    }
  }

  /** Given from outside; only databases are made on it, and dropped. */
  record Given(String uri) implements TestServer {
    @Override
    public TestMongo.Kind kind() {
      try (var client = MongoClients.create(uri)) {
        var hello = TestMongo.await(Connecting.greet(client.getDatabase("admin"), "hello"));
        return hello.containsKey("setName")
            ? TestMongo.Kind.REPLICA_SET
            : TestMongo.Kind.STANDALONE;
      }
    }

    void drop(String database) {
      try (var client = MongoClients.create(uri)) {
        TestMongo.await(Collected.of(client.getDatabase(database).drop()));
      }
    }

    @Override
    public void stop() {}

    @Override
    public String toString() {
      return "given by MONGODB_URI";
    }
  }

  /** A mongod of our own. */
  final class Mongod implements TestServer {
    private final Path directory = temporary();
    private final Process process;
    private final String uri;

    Mongod(Path mongod) {
      try {
        var port = freePort();
        Files.createDirectories(directory.resolve("data"));
        process =
            new ProcessBuilder(
                    List.of(
                        mongod.toString(),
                        "--replSet",
                        "rs0",
                        "--bind_ip",
                        "127.0.0.1",
                        "--port",
                        String.valueOf(port),
                        "--dbpath",
                        directory.resolve("data").toString()))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        uri = "mongodb://127.0.0.1:" + port + "/?replicaSet=rs0";
        initiate("127.0.0.1:" + port);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static void initiate(String host) {
      var member = new BsonDocument("_id", new BsonInt32(0)).append("host", new BsonString(host));
      var set =
          new BsonDocument("_id", new BsonString("rs0"))
              .append("members", new BsonArray(List.of(member)));
      try (var client = MongoClients.create("mongodb://" + host + "/?directConnection=true")) {
        TestMongo.await(
            Collected.of(
                client.getDatabase("admin").runCommand(new BsonDocument("replSetInitiate", set))));
      }
    }

    @Override
    public TestMongo.Kind kind() {
      return TestMongo.Kind.MONGOD;
    }

    @Override
    public String uri() {
      return uri;
    }

    @Override
    public void stop() {
      process.destroy();
      try {
        process.waitFor(60, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      remove(directory);
    }
  }

  /** In this JVM, over the wire. */
  final class InMemory implements TestServer {
    private final MongoServer server = new MongoServer(new MemoryBackend());
    private final String uri = server.bindAndGetConnectionString();

    @Override
    public TestMongo.Kind kind() {
      return TestMongo.Kind.IN_MEMORY;
    }

    @Override
    public String uri() {
      return uri;
    }

    @Override
    public void stop() {
      server.shutdownNow();
    }
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("plenary-mongodb");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static void remove(Path directory) {
    run(directory.resolveSibling(directory.getFileName() + ".log"), "rm", "-rf", directory);
    try {
      Files.deleteIfExists(directory.resolveSibling(directory.getFileName() + ".log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs a command to its end; its first line. Its children keep none of our pipes waiting. */
  private static String run(Path errors, Object... command) {
    try {
      var words = new ArrayList<String>();
      for (var word : command) {
        words.add(word.toString());
      }
      var process = new ProcessBuilder(words).redirectError(errors.toFile()).start();
      process.getOutputStream().close();
      var line = process.inputReader().readLine();
      if (!process.waitFor(120, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new AssertionError(words + " failed: " + Files.readString(errors));
      }
      return line == null ? "" : line;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}
