package chat.plenary.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A cluster on one machine, for developers: every node is a process of its own. It waits for its
 * processes on the thread that runs the command.
 */
final class DevCluster {
  private static final int MOST = 9;
  private static final int FIRST_PORT = 8080;
  private static final int FIRST_CLUSTER_PORT = 5701;
  private static final long STARTING_SECONDS = 180;
  private static final long STOPPING_SECONDS = 15;

  private final int count;
  private final CommandLine line;
  private final Map<String, String> environment;
  private final Path folder;
  private final int port;
  private final List<Child> nodes = new ArrayList<>();

  private DevCluster(int count, CommandLine line, Map<String, String> environment) {
    this.count = count;
    this.line = line;
    this.environment = environment;
    this.folder = Path.of(line.options().getOrDefault("--data", "data")).resolve("dev-cluster");
    this.port = number("--port", FIRST_PORT);
  }

  /** Reads {@code dev-cluster N [OPTIONS]}. */
  static DevCluster of(CommandLine line, Map<String, String> environment) {
    List<String> words = line.words();
    if (words.size() != 1 || !words.get(0).matches("[1-" + MOST + "]")) {
      throw Failure.usage("dev-cluster needs the number of nodes, 1 to " + MOST + ".");
    }
    return new DevCluster(Integer.parseInt(words.get(0)), line, environment);
  }

  private int number(String option, int otherwise) {
    String text = line.options().get(option);
    if (text == null) {
      return otherwise;
    }
    if (!text.matches("[0-9]{1,5}")
        || Integer.parseInt(text) < 1
        || Integer.parseInt(text) + count > 65_535) {
      throw Failure.usage(option + " must be a port, and so must the " + count + " from it on.");
    }
    return Integer.parseInt(text);
  }

  /** Runs the cluster until it is told to stop, or a node ends by itself. */
  int run() {
    StopSignals signals = StopSignals.listen();
    make(folder);
    try (DevStore store = DevStore.open(folder, environment, line.options())) {
      System.out.println("\n  Store: " + store.said());
      for (int i = 0; i < count; i++) {
        nodes.add(
            Child.start(
                "node " + (i + 1), arguments(i), properties(store), variables(store), log(i)));
      }
      if (!started(signals.stop())) {
        return signals.stop().getCount() == 0 ? 0 : Failure.FAILED;
      }
      show();
      return watch(signals.stop());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Failure.FAILED;
    } finally {
      nodes.forEach(Child::stop);
      nodes.forEach(node -> node.end(STOPPING_SECONDS));
      signals.finished();
    }
  }

  private List<String> arguments(int index) {
    Map<String, String> options = new LinkedHashMap<>(line.options());
    options.remove("--mongodb-uri");
    options.put("--port", String.valueOf(port + index));
    options.put("--data", folder.resolve("node-" + (index + 1)).toString());
    int first = number("--cluster-port", FIRST_CLUSTER_PORT);
    options.put("--cluster-port", String.valueOf(first + index));
    options.put(
        "--cluster-members",
        IntStream.range(0, count)
            .mapToObj(i -> "127.0.0.1:" + (first + i))
            .collect(Collectors.joining(",")));
    options.putIfAbsent("--cluster-name", "dev-" + port);
    List<String> arguments = new ArrayList<>(List.of("start"));
    options.forEach((name, value) -> arguments.add(name + "=" + value));
    Path file = line.file();
    if (file != null) {
      arguments.add("--config=" + file);
    }
    return arguments.stream().map(one -> one.equals("--demo=true") ? "--demo" : one).toList();
  }

  private static List<String> properties(DevStore store) {
    return store.throwAway() ? List.of("-D" + Storage.THROW_AWAY + "=true") : List.of();
  }

  /** The store's URI is a secret: command lines can be read by everybody on the machine. */
  private static Map<String, String> variables(DevStore store) {
    return Map.of("PLENARY_MONGODB_URI", store.uri());
  }

  private Path log(int index) {
    return folder.resolve("node-" + (index + 1) + ".log");
  }

  /** A node has started when its server listens. */
  private boolean started(CountDownLatch stop) throws InterruptedException {
    for (int i = 0; i < count; i++) {
      for (long waited = 0; !Child.listens(port + i); waited++) {
        if (!nodes.get(i).isAlive() || waited > STARTING_SECONDS * 4) {
          System.err.println(
              "plenary: Node " + (i + 1) + " did not start. Its log, " + log(i) + ", ends:");
          System.err.println(nodes.get(i).lastWords());
          return false;
        }
        if (stop.await(250, TimeUnit.MILLISECONDS)) {
          return false;
        }
      }
    }
    return true;
  }

  private void show() {
    StringBuilder screen = new StringBuilder("\n  " + count + " nodes have started:\n\n");
    for (int i = 0; i < count; i++) {
      screen
          .append("    http://127.0.0.1:")
          .append(port + i)
          .append("   ")
          .append(log(i))
          .append("\n");
    }
    screen.append("\n  What the first one says:\n").append(nodes.get(0).screen());
    screen.append("\n  Ctrl-C stops them all.\n");
    System.out.println(screen);
  }

  private int watch(CountDownLatch stop) throws InterruptedException {
    while (!stop.await(500, TimeUnit.MILLISECONDS)) {
      if (nodes.stream().noneMatch(Child::isAlive)) {
        System.err.println("plenary: No node lives any more.");
        return Failure.FAILED;
      }
      for (Child node : nodes) {
        if (!node.isAlive() && node.toldOnce()) {
          System.err.println("plenary: " + node.name() + " has ended; the others go on.");
        }
      }
    }
    return 0;
  }

  private static void make(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw Failure.of("The folder " + folder + " cannot be made: " + e.getMessage() + ".");
    }
  }
}
