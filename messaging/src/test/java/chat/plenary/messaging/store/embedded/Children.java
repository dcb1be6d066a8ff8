package chat.plenary.messaging.store.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Processes that write. */
final class Children {
  private Children() {}

  /** Rounds of a test of durability: few in the suite, as many as {@code PLENARY_ROUNDS} says. */
  static int rounds(int otherwise) {
    var asked = System.getenv("PLENARY_ROUNDS");
    return asked == null ? otherwise : Integer.parseInt(asked);
  }

  static Process start(Path store, Path notes, int runs, Path log, Map<String, String> environment)
      throws IOException {
    var builder =
        new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Writing.class.getName(),
                store.toString(),
                notes.toString(),
                String.valueOf(runs)));
    builder.environment().putAll(environment);
    return builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
  }

  /** Waits until something was acknowledged. */
  static void awaitNotes(Process child, Path notes, long beyond, Path log)
      throws IOException, InterruptedException {
    for (int i = 0; i < 3_000; i++) {
      if (Files.exists(notes) && Files.size(notes) > beyond) {
        return;
      }
      if (!child.isAlive()) {
        break;
      }
      Thread.sleep(20);
    }
    child.destroyForcibly();
    throw new AssertionError("nothing was written: " + Files.readString(log));
  }

  static void awaitEnd(Process child, Path log) throws IOException, InterruptedException {
    if (!child.waitFor(100, TimeUnit.SECONDS) || child.exitValue() != 0) {
      child.destroyForcibly();
      throw new AssertionError("the child failed: " + Files.readString(log));
    }
  }
}
