package chat.plenary.lab.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;

/**
 * From a request to its acceptance while nothing else goes on, beside the two things of which it
 * consists at least: a synced write, to the same disk and to the same store, and an echo by a bare
 * server. Each is warmed up before.
 */
final class Accepting implements Scenario {
  private static final double WARM_RATE = 500;
  private static final double RATE = 20;
  private static final int BYTES = 512;
  private static final double MEDIAN = 50;

  @Override
  public String name() {
    return "accepted";
  }

  @Override
  public String what() {
    return "from a request to accepted, %.0f sends/s of one of two members, beside an append of %d bytes and fdatasync to the same disk, a document of as many written to the embedded store by itself, and an echo of the floor, all as often"
        .formatted(RATE, BYTES);
  }

  @Override
  public boolean isForAll() {
    return false;
  }

  @Override
  public void run(Target target, Settings settings, Consumer<Row> rows) throws Exception {
    Histogram synced = sync(settings);
    rows.accept(row("disk", "append and fdatasync", synced, ""));
    Histogram written = null;
    if (settings.storeClasspath() != null) {
      written = StoreWrites.measure(settings.storeClasspath(), RATE, settings);
      rows.accept(row("embedded store", "one document", written, ""));
    }
    Histogram echoed;
    Path folder = Files.createTempDirectory(settings.out().toAbsolutePath(), "floor");
    try (Target floor = FloorTarget.start(false, folder, settings.heap())) {
      echoed = once(floor, new int[1], settings).latency();
      rows.accept(row(floor.name(), "echo", echoed, ""));
    }
    Phase accepted = once(target, new int[2], settings);
    rows.accept(
        row(
            target.name(),
            "accepted",
            accepted.accepting(),
            "p50 "
                + times(accepted, synced, echoed)
                + " times disk and echo"
                + (written == null
                    ? ""
                    : ", " + times(accepted, written, echoed) + " times store and echo")));
  }

  private static String times(Phase accepted, Histogram written, Histogram echoed) {
    return String.format(
        Locale.ROOT, "%.2f", median(accepted.accepting()) / (median(written) + median(echoed)));
  }

  private static double median(Histogram micros) {
    return micros.getValueAtPercentile(MEDIAN);
  }

  private static Phase once(Target target, int[] groups, Settings settings) throws Exception {
    target.prepare(groups);
    try (Crowd crowd = new Crowd(target, groups, new int[] {0}, settings.window())) {
      crowd.connect();
      crowd.send("warm", WARM_RATE, 0, settings.warm());
      return crowd.send("measured", RATE, 1, settings.seconds());
    }
  }

  private static Histogram sync(Settings settings) throws IOException {
    Histogram micros = new Histogram(1, 600_000_000L, 3);
    Path file = Files.createTempFile(settings.out().toAbsolutePath(), "disk", ".bin");
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      long began = System.nanoTime();
      long due = began;
      while (due < began + (long) ((1 + settings.seconds()) * 1e9)) {
        for (long now = System.nanoTime(); now < due; now = System.nanoTime()) {
          LockSupport.parkNanos(due - now);
        }
        ByteBuffer bytes = ByteBuffer.allocate(BYTES);
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(false);
        if (due > began + 1_000_000_000L) {
          micros.recordValue(Math.max(1, (System.nanoTime() - due) / 1_000));
        }
        due += (long) (1e9 / RATE);
      }
    } finally {
      Files.delete(file);
    }
    return micros;
  }

  private Row row(String server, String phase, Histogram micros, String remark) {
    return Row.timed(name(), server, true, phase, RATE, 0, micros, remark);
  }
}
