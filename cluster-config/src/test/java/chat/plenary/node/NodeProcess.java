package chat.plenary.node;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A node in a process of its own, as {@code plenary start} runs it. */
final class NodeProcess implements AutoCloseable {
  /** Machines that build are busy: what is waited for this long is not coming. */
  static final Duration PATIENCE = Duration.ofSeconds(120);

  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  private final Process process;
  private final Path output;
  private final int port;

  private NodeProcess(Process process, Path output, int port) {
    this.process = process;
    this.output = output;
    this.port = port;
  }

  /** Starts a node on a folder and waits until it serves. */
  static NodeProcess start(Path data, String... arguments) {
    return start(data, Map.of(), List.of(), arguments);
  }

  static NodeProcess start(
      Path data, Map<String, String> variables, List<String> properties, String... arguments) {
    NodeProcess node =
        launch(data, Address.freePort("127.0.0.1"), variables, properties, arguments);
    return node.awaitReady();
  }

  /** Starts a node again where another one was: on its folder and its port. */
  NodeProcess again(Path data, String... arguments) {
    return launch(data, port, Map.of(), List.of(), arguments).awaitReady();
  }

  /** Starts a node and does not wait. */
  static NodeProcess launch(
      Path data,
      int port,
      Map<String, String> variables,
      List<String> properties,
      String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // Tests start many: what compiles best is not worth its time here.
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("--add-opens", "java.base/java.lang=ALL-UNNAMED"));
    command.addAll(properties);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of("start", "--port", String.valueOf(port), "--data", data.toString()));
    command.addAll(List.of("--store-memory", "32 MiB"));
    command.addAll(List.of(arguments));
    try {
      Path output = Files.createTempFile("plenary-node-", ".log");
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
      builder.environment().keySet().removeIf(name -> name.equals("MONGODB_URI"));
      builder.environment().putAll(variables);
      return new NodeProcess(builder.start(), output, port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  int port() {
    return port;
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Everything that it has printed. */
  String output() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a pattern's first group finds in what it has printed. */
  String printed(String pattern) {
    Matcher found = Pattern.compile(pattern).matcher(output());
    if (!found.find()) {
      throw new AssertionError("not printed: " + pattern + "\n" + output());
    }
    return found.group(1);
  }

  /** Waits until it serves. */
  NodeProcess awaitReady() {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      if (!process.isAlive()) {
        throw new AssertionError("the node ended:\n" + output());
      }
      if (isReady() && output().contains("Ctrl-C stops it.")) {
        return this;
      }
      pause(100);
    }
    throw new AssertionError("the node did not become ready:\n" + output());
  }

  boolean isReady() {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(url() + "/health/ready"))
              .timeout(Duration.ofSeconds(5))
              .build();
      return CLIENT.send(request, HttpResponse.BodyHandlers.ofString()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Ends it at once, by SIGKILL. */
  void kill() {
    process.destroyForcibly();
    ended();
  }

  /** Sends a signal, such as {@code STOP}. */
  void signal(String name) {
    try {
      new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Asks it to stop (SIGTERM) and waits; what it ended with. */
  int stop() {
    process.destroy();
    return ended();
  }

  /** Waits for its end; what it ended with. */
  int ended() {
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("the node does not end:\n" + output());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    ended();
  }

  /** What {@code demo.json} says. */
  static JsonObject demo(Path data) throws IOException {
    return new JsonObject(Files.readString(data.resolve("demo.json")));
  }

  static void pause(long milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
