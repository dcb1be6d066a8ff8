package chat.plenary.lab.load;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;

/** What a connection costs that does nothing. */
final class Idling implements Scenario {
  private static final int TEN = 10;

  @Override
  public String name() {
    return "idle";
  }

  @Override
  public String what() {
    return "resident memory of the server, after a full collection, with and without connections that do nothing";
  }

  @Override
  public boolean isForAll() {
    return true;
  }

  @Override
  public void run(Target target, Settings settings, Consumer<Row> rows) throws Exception {
    int[] groups = new int[settings.connections()];
    Arrays.setAll(groups, i -> i / TEN);
    target.prepare(groups);
    long before = resident(target);
    try (Crowd crowd = new Crowd(target, groups, new int[] {0})) {
      long began = System.nanoTime();
      crowd.connect();
      double seconds = (System.nanoTime() - began) / 1e9;
      Thread.sleep(2_000);
      long after = resident(target);
      crowd.check();
      rows.accept(
          Row.timed(
              name(),
              target.name(),
              true,
              "idle",
              0,
              groups.length / seconds,
              new Histogram(1),
              "%.1f KB resident for each of %,d connections (%,.0f to %,.0f MB)"
                  .formatted(
                      (after - before) / 1e3 / groups.length,
                      groups.length,
                      before / 1e6,
                      after / 1e6)));
    }
  }

  private static long resident(Target target) throws Exception {
    for (int i = 0; i < 2; i++) {
      Process collection =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                  Long.toString(target.pid()),
                  "GC.run")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      collection.waitFor(30, TimeUnit.SECONDS);
    }
    Thread.sleep(500);
    return Usage.of(target.pid()).residentBytes();
  }
}
