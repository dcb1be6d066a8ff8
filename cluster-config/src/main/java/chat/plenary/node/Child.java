package chat.plenary.node;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A process that this one started, of this same program or of another, and its log: a file that is
 * begun anew when it has grown large, so that a process that runs for long does not fill the disk.
 */
final class Child {
  private static final long LARGEST_LOG = 10L << 20;
  private static final int LAST_WORDS = 2_000;

  private final String name;
  private final Process process;
  private final Path log;
  private boolean told;

  private Child(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  /** Starts a process of this same program. */
  static Child start(
      String name,
      List<String> arguments,
      List<String> properties,
      Map<String, String> variables,
      Path log) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // What this Java machine was told (PLENARY_JAVA_OPTIONS), and what the jar tells by itself.
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(properties);
    String path = System.getProperty("java.class.path");
    command.addAll(
        path.endsWith(".jar") && !path.contains(java.io.File.pathSeparator)
            ? List.of("-jar", path)
            : List.of("-cp", path, Main.class.getName()));
    command.addAll(arguments);
    return run(name, command, variables, log);
  }

  /** Starts any process. */
  static Child run(String name, List<String> command, Map<String, String> variables, Path log) {
    try {
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().keySet().removeIf(variable -> variable.equals("MONGODB_URI"));
      builder.environment().putAll(variables);
      Files.deleteIfExists(log);
      Process process = builder.redirectErrorStream(true).start();
      process.getOutputStream().close();
      Child child = new Child(name, process, log);
      Thread copying = new Thread(child::copy, "plenary-log-" + name);
      copying.setDaemon(true);
      copying.start();
      return child;
    } catch (IOException e) {
      throw Failure.of(name + " cannot be started: " + e.getMessage() + ".");
    }
  }

  String name() {
    return name;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Whether it was not said yet that this process has ended. */
  boolean toldOnce() {
    boolean first = !told;
    told = true;
    return first;
  }

  /** Asks it to stop. */
  void stop() {
    // Not Process.destroy(), which would also stop reading what it says at its end.
    process.toHandle().destroy();
  }

  /** Waits for its end, and brings it about when it does not come. */
  void end(long seconds) {
    try {
      if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /** The screen that a node shows when it has started, out of its log; empty before. */
  String screen() {
    try {
      String all = Files.readString(log);
      int from = all.indexOf("  Plenary has started");
      int to = all.indexOf(Screen.END, Math.max(0, from));
      return from < 0 || to < 0 ? "" : all.substring(from, to).stripTrailing() + "\n";
    } catch (IOException e) {
      return "";
    }
  }

  /** The end of its log. */
  String lastWords() {
    try {
      String all = Files.readString(log);
      return all.substring(Math.max(0, all.length() - LAST_WORDS));
    } catch (IOException e) {
      return "(it cannot be read: " + e.getMessage() + ")";
    }
  }

  /** Whether something listens on a port of this machine. */
  static boolean listens(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private void copy() {
    byte[] buffer = new byte[8_192];
    try (InputStream in = process.getInputStream()) {
      OutputStream out = Files.newOutputStream(log);
      long size = 0;
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        if (size > LARGEST_LOG) {
          out.close();
          out = Files.newOutputStream(log);
          size = 0;
        }
        out.write(buffer, 0, read);
        size += read;
      }
      out.close();
    } catch (IOException e) {
      System.err.println("plenary: the log of " + name + " cannot be written: " + e.getMessage());
    }
  }
}
