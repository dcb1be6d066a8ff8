package chat.plenary.lab.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * What a process has used, as Linux tells it.
 *
 * @param cpuNanos user and system time, of all its threads
 * @param residentBytes memory that it has now
 */
record Usage(long cpuNanos, long residentBytes) {
  private static final long TICK_NANOS = 10_000_000L;
  private static final int USER = 11;

  Usage plus(Usage other) {
    return new Usage(cpuNanos + other.cpuNanos, residentBytes + other.residentBytes);
  }

  static Usage of(long pid) throws IOException {
    Path folder = Path.of("/proc", Long.toString(pid));
    String stat = Files.readString(folder.resolve("stat"));
    // The second field is the name, which may hold anything; fields are counted behind it.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    long ticks = Long.parseLong(fields[USER]) + Long.parseLong(fields[USER + 1]);
    long resident = 0;
    for (String line : Files.readAllLines(folder.resolve("status"))) {
      if (line.startsWith("VmRSS:")) {
        resident = Long.parseLong(line.replaceAll("\\D", "")) * 1024;
      }
    }
    return new Usage(ticks * TICK_NANOS, resident);
  }

  /**
   * Lets a Java process collect all its garbage, twice: the first frees what the second can give
   * back.
   */
  static void collect(long pid) throws IOException, InterruptedException {
    for (int i = 0; i < 2; i++) {
      Process collection =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                  Long.toString(pid),
                  "GC.run")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      collection.waitFor(30, TimeUnit.SECONDS);
    }
  }
}
