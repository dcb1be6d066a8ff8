package chat.plenary.lab.fault;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs short commands of the system. */
final class Shell {
  private static final int SECONDS = 90;

  private Shell() {}

  /** Runs a command and gives what it printed. Fails with all of it where the command failed. */
  static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException(List.of(command) + " did not end.");
    }
    if (process.exitValue() != 0) {
      throw new IOException(List.of(command) + " failed: " + output.trim());
    }
    return output.trim();
  }

  /** Runs a command and does not mind whether it fails. */
  static void attempt(String... command) {
    try {
      run(command);
    } catch (IOException e) {
      // It is a command that undoes; there may be nothing to undo.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
