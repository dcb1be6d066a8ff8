package chat.plenary.node;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The store of a cluster for developers: the one that {@code MONGODB_URI} names, else a {@code
 * mongod} on the PATH, else one in memory that forgets everything at the end.
 *
 * @param uri its URI; a secret
 * @param said what to tell people of it
 * @param throwAway whether it is the one in memory
 * @param server the process that was started for it, or null
 */
record DevStore(String uri, String said, boolean throwAway, @Nullable Child server)
    implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;

  static DevStore open(Path folder, Map<String, String> environment, Map<String, String> options)
      throws InterruptedException {
    String given =
        options.getOrDefault(
            "--mongodb-uri",
            environment.getOrDefault(
                "PLENARY_MONGODB_URI", environment.getOrDefault("MONGODB_URI", "")));
    if (!given.isEmpty()) {
      return new DevStore(given, "the one that MONGODB_URI names", false, null);
    }
    int port = Address.freePort("127.0.0.1");
    Path mongod = onPath("mongod", environment.getOrDefault("PATH", ""));
    return mongod == null ? inMemory(folder, port) : real(mongod, folder, port);
  }

  private static DevStore inMemory(Path folder, int port) throws InterruptedException {
    Child server =
        Child.start(
            "throw-away store",
            List.of(ThrowAwayStore.COMMAND, String.valueOf(port)),
            List.of(),
            Map.of(),
            folder.resolve("store.log"));
    DevStore store =
        new DevStore(
            "mongodb://127.0.0.1:" + port + "/plenary?retryWrites=false",
            "IN MEMORY. EVERYTHING IS GONE when this command ends: there is no MONGODB_URI and no mongod on the PATH.",
            true,
            server);
    await(store, server, port);
    return store;
  }

  /** A replica set of one member, which is what gives sessions and majorities. */
  private static DevStore real(Path mongod, Path folder, int port) throws InterruptedException {
    Path data = folder.resolve("mongod");
    try {
      Files.createDirectories(data);
    } catch (IOException e) {
      throw Failure.of("The folder " + data + " cannot be made: " + e.getMessage() + ".");
    }
    List<String> command =
        List.of(
            mongod.toString(),
            "--dbpath",
            data.toString(),
            "--port",
            String.valueOf(port),
            "--bind_ip",
            "127.0.0.1",
            "--replSet",
            "dev");
    Child server = Child.run("mongod", command, Map.of(), folder.resolve("store.log"));
    DevStore store =
        new DevStore(
            "mongodb://127.0.0.1:" + port + "/plenary?replicaSet=dev",
            mongod + ", in " + data,
            false,
            server);
    await(store, server, port);
    ReplicaSet.initiate(port, "dev");
    return store;
  }

  private static void await(DevStore store, Child server, int port) throws InterruptedException {
    for (long waited = 0; !Child.listens(port); waited++) {
      if (!server.isAlive() || waited > PATIENCE_SECONDS * 5) {
        store.close();
        throw Failure.of("The store did not start; its log ends:\n" + server.lastWords());
      }
      Thread.sleep(200);
    }
  }

  private static @Nullable Path onPath(String program, String path) {
    for (String folder : path.split(File.pathSeparator)) {
      Path file = folder.isEmpty() ? null : Path.of(folder, program);
      if (file != null && Files.isExecutable(file)) {
        return file;
      }
    }
    return null;
  }

  @Override
  public void close() {
    if (server != null) {
      server.stop();
      server.end(10);
    }
  }

  /** Never shows the URI. */
  @Override
  public String toString() {
    return "DevStore[" + said + "]";
  }
}
