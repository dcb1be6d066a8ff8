package chat.plenary.lab.fault;

import java.io.IOException;
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
import org.jspecify.annotations.Nullable;

/** One node as a process of its own, which can be stopped in any manner and started again. */
public final class NodeProcess {
  private static final Pattern SET_UP = Pattern.compile("/setup#(\\S+)");
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(1))
          .build();

  private final String name;
  private final List<String> command;
  private final Map<String, String> environment;
  private final String url;
  private final Path output;
  private final @Nullable Shim shim;
  private volatile @Nullable Process process;
  private boolean paused;
  private boolean over;

  /**
   * A node that is not started.
   *
   * @param command all of it, with what puts it into a network namespace
   * @param url where it answers
   * @param output what it prints is added to this file
   */
  public NodeProcess(
      String name,
      List<String> command,
      Map<String, String> environment,
      String url,
      Path output,
      @Nullable Shim shim) {
    this.name = name;
    this.command = List.copyOf(command);
    this.environment = Map.copyOf(environment);
    this.url = url;
    this.output = output;
    this.shim = shim;
  }

  /**
   * Starts nodes and waits until all are ready: the first one alone, so that one makes the set-up
   * link; then the others.
   *
   * @param patience for each
   */
  public static void startAll(List<NodeProcess> nodes, Duration patience)
      throws IOException, InterruptedException {
    nodes.get(0).begin();
    nodes.get(0).awaitReady(patience);
    for (NodeProcess node : nodes) {
      node.begin();
    }
    for (NodeProcess node : nodes) {
      node.awaitReady(patience);
    }
  }

  public String name() {
    return name;
  }

  public String url() {
    return url;
  }

  /** What it believes about clock and disk; null where the lab cannot change that. */
  public @Nullable Shim shim() {
    return shim;
  }

  /** Starts it without waiting. */
  public synchronized void begin() throws IOException {
    if (over) {
      throw new IOException(name + " is ended for good.");
    }
    if (isAlive()) {
      return;
    }
    ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(command));
    builder.environment().putAll(environment);
    if (shim != null) {
      shim.put(builder.environment());
    }
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
    Process begun = builder.start();
    process = begun;
    begun.getOutputStream().close();
    paused = false;
  }

  /** Waits until it serves. */
  public void awaitReady(Duration patience) throws IOException, InterruptedException {
    long until = System.nanoTime() + patience.toNanos();
    while (!ready()) {
      if (!isAlive()) {
        throw new IOException(name + " ended instead of starting; see " + output);
      }
      if (System.nanoTime() > until) {
        throw new IOException(name + " was not ready in " + patience + "; see " + output);
      }
      Thread.sleep(100);
    }
  }

  /** Whether it says that it can serve. */
  public boolean ready() throws InterruptedException {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(url + "/health/ready"))
              .timeout(Duration.ofSeconds(2))
              .build();
      return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  public boolean isAlive() {
    Process running = process;
    return running != null && running.isAlive();
  }

  /** The process's id; 0 where there is none. */
  public long pid() {
    Process running = process;
    return running == null ? 0 : running.pid();
  }

  /** The token of the set-up link that it printed; null where it did not. */
  public @Nullable String setUpToken() throws IOException {
    Matcher matcher = SET_UP.matcher(Files.exists(output) ? Files.readString(output) : "");
    String token = null;
    while (matcher.find()) {
      token = matcher.group(1);
    }
    return token;
  }

  /** What it printed. */
  public Path output() {
    return output;
  }

  /** kill -9, and waits for its end. */
  public void kill() throws InterruptedException {
    Process running = process;
    if (running != null) {
      running.destroyForcibly();
      running.waitFor(20, TimeUnit.SECONDS);
    }
  }

  /** Kills it, and it is not started again. */
  void end() throws InterruptedException {
    synchronized (this) {
      over = true;
    }
    kill();
  }

  /** Ends it as an administrator would. Returns whether it ended within that time. */
  public boolean stop(Duration patience) throws InterruptedException {
    Process running = process;
    if (running == null) {
      return true;
    }
    if (paused) {
      resume();
    }
    running.destroy();
    if (running.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      return true;
    }
    kill();
    return false;
  }

  /** SIGSTOP. */
  public void pause() {
    signal("STOP");
    paused = true;
  }

  /** SIGCONT. */
  public void resume() {
    signal("CONT");
    paused = false;
  }

  private void signal(String signal) {
    if (isAlive()) {
      Shell.attempt("kill", "-" + signal, Long.toString(pid()));
    }
  }
}
