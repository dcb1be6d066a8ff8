package chat.plenary.node.backup;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Says now and then how far a copy is. */
public final class Progress {
  private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final PrintStream out;
  private final long begun = System.nanoTime();
  private long told = begun;
  private long all;
  private long done;

  /** Tells it to a terminal or whatever reads the command's output. */
  public Progress(PrintStream out) {
    this.out = out;
  }

  void say(String line) {
    out.println(line);
    out.flush();
  }

  void expect(long bytes) {
    all = bytes;
  }

  void add(long bytes) {
    done += bytes;
    long now = System.nanoTime();
    if (now - told >= EVERY_NANOS) {
      told = now;
      say("  " + size(done) + " of " + size(all));
    }
  }

  /** How long it took since this was made. */
  String time() {
    double seconds = (System.nanoTime() - begun) / 1e9;
    return "it took " + time(seconds);
  }

  private static String time(double seconds) {
    return seconds < 100
        ? String.format(Locale.ROOT, "%.1f s", seconds)
        : String.format(Locale.ROOT, "%d min %d s", (long) seconds / 60, (long) seconds % 60);
  }

  static String size(long bytes) {
    if (bytes < 10 << 10) {
      return bytes + " B";
    }
    return bytes < 10 << 20
        ? String.format(Locale.ROOT, "%d KiB", bytes >> 10)
        : String.format(Locale.ROOT, "%d MiB", bytes >> 20);
  }
}
