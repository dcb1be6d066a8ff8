package chat.plenary.lab.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * One synced write to the embedded store and nothing else, measured by a program of its own: the
 * lab itself knows of Plenary what its protocol tells.
 */
final class StoreWrites {
  private static final String PROGRAM = "chat.plenary.micro.SyncedWrites";
  private static final double PATIENCE_SECONDS = 60;

  private StoreWrites() {}

  /**
   * Measures it on the disk that the servers use.
   *
   * @param classpath of the program
   * @param rate writes a second
   * @return from the time a write was due to its answer, µs
   */
  static Histogram measure(String classpath, double rate, Settings settings)
      throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory(settings.out().toAbsolutePath(), "store");
    Path output = folder.resolve("micros.txt");
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    Target.javaOptions(),
                    "-Xmx" + settings.heap(),
                    "-cp",
                    classpath,
                    PROGRAM,
                    folder.toString(),
                    String.valueOf(settings.warm()),
                    String.valueOf(settings.seconds()),
                    String.valueOf(rate)))
            .redirectError(folder.resolve("error.log").toFile())
            .redirectOutput(output.toFile())
            .start();
    try {
      double most = settings.warm() + settings.seconds() + PATIENCE_SECONDS;
      if (!process.waitFor((long) most, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException("The store's writes were not measured; see " + folder);
      }
    } finally {
      process.destroyForcibly();
    }
    Histogram micros = new Histogram(1, 600_000_000L, 3);
    for (String line : Files.readAllLines(output)) {
      micros.recordValue(Long.parseLong(line));
    }
    if (micros.getTotalCount() == 0) {
      throw new IOException(
          String.format(Locale.ROOT, "%s printed nothing; see %s", PROGRAM, folder));
    }
    return micros;
  }
}
