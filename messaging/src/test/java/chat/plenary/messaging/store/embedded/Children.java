package chat.plenary.messaging.store.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Processes that write. */
final class Children {
  private Children() {}

  /** Rounds of a test of durability: few in the suite, as many as {@code PLENARY_ROUNDS} says. */
  static int rounds(int otherwise) {
    var asked = System.getenv("PLENARY_ROUNDS");
    return asked == null ? otherwise : Integer.parseInt(asked);
  }

  /** The same numbers each time, or others where the environment asks for them. */
  static Random random(long seed) {
    var asked = System.getenv("PLENARY_SEED");
    return new Random(asked == null ? seed : seed + 1_000 * Long.parseLong(asked));
  }

  static Process start(Path store, Path notes, int runs, Path log, Map<String, String> environment)
      throws IOException {
    var arguments = List.of(store.toString(), notes.toString(), String.valueOf(runs));
    var builder = java(Writing.class, arguments, environment);
    return builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
  }

  /** Another JVM with this one's class path. */
  static ProcessBuilder java(Class<?> main, List<String> arguments, Map<String, String> more) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(arguments);
    var builder = new ProcessBuilder(command);
    builder.environment().putAll(more);
    return builder;
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
