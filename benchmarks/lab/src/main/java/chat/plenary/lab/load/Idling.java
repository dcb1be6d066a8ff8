package chat.plenary.lab.load;

import java.util.Arrays;
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
    return "resident memory of the server, after a full collection where the server is one of Java, with and without connections that do nothing";
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
    try (Crowd crowd = new Crowd(target, groups, new int[] {0}, settings.window())) {
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

  /** Bytes after a collection. */
  static long resident(Target target) throws Exception {
    target.collect();
    Thread.sleep(500);
    return target.usage().residentBytes();
  }
}
