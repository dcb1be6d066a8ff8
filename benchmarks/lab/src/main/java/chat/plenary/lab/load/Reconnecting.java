package chat.plenary.lab.load;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;

/**
 * All but a few lose their connections, miss something, and come back at once with their cursors.
 */
final class Reconnecting implements Scenario {
  private static final int TEN = 10;
  private static final int AT_ONCE = 500;
  private static final double RATE = 200;

  @Override
  public String name() {
    return "storm";
  }

  @Override
  public String what() {
    return "nine of ten connections are lost, 200 messages are sent, and all come back with their cursors,"
        + " at most 500 at once; what was seen must not come again";
  }

  @Override
  public boolean isForAll() {
    return false;
  }

  @Override
  public void run(Target target, Settings settings, Consumer<Row> rows) throws Exception {
    int[] groups = new int[settings.connections()];
    Arrays.setAll(groups, i -> i / TEN);
    int[] stayers = new int[groups.length / TEN];
    Arrays.setAll(stayers, i -> i * TEN);
    target.prepare(groups);
    try (Crowd crowd = new Crowd(target, groups, stayers, settings.window())) {
      long began = System.nanoTime();
      crowd.connect();
      rows.accept(
          Row.timed(
              name(),
              target.name(),
              true,
              "connecting",
              0,
              groups.length / ((System.nanoTime() - began) / 1e9),
              new Histogram(1),
              "200 at once, without cursors"));
      rows.accept(
          Row.of(name(), target.name(), crowd.send("before", RATE, 0, 4), settings.maxLagMillis()));
      // A cursor comes at most once a second; everybody has the last one then.
      Thread.sleep(2_500);
      List<Member> leavers = crowd.members.stream().filter(one -> one.number % TEN != 0).toList();
      crowd.ask(
          () -> {
            leavers.forEach(
                one -> {
                  one.away();
                  one.seat().wire().close();
                });
            return true;
          });
      crowd.sendAlone(RATE, 1);
      Histogram times = back(crowd, leavers);
      crowd.settle();
      crowd.check();
      boolean right =
          crowd.ask(
              () ->
                  crowd.missing() == 0
                      && crowd.tally.duplicates() == 0
                      && crowd.tally.disordered() == 0);
      String figures =
          crowd.ask(
              () ->
                  "%d lost, %d shown again, %d out of order"
                      .formatted(
                          crowd.missing(), crowd.tally.duplicates(), crowd.tally.disordered()));
      rows.accept(
          Row.timed(
              name(),
              target.name(),
              right,
              "storm",
              0,
              leavers.size() / (times.getMaxValue() / 1e6),
              times,
              (right ? "" : "FAILED: ")
                  + figures
                  + "; all current after "
                  + Row.millis(times, 100)
                  + " ms"));
    }
  }

  /** From the beginning of the storm until each is current. */
  private static Histogram back(Crowd crowd, List<Member> leavers) throws Exception {
    Histogram times = new Histogram(1, 600_000_000L, 3);
    boolean[] counted = new boolean[leavers.size()];
    int[] begun = new int[1];
    long began = System.nanoTime();
    long until = began + 60_000_000_000L;
    int current = 0;
    while (current < leavers.size() && System.nanoTime() < until) {
      current =
          crowd.ask(
              () -> {
                int back = 0;
                for (int i = 0; i < begun[0]; i++) {
                  if (leavers.get(i).isReady()) {
                    back++;
                    if (!counted[i]) {
                      counted[i] = true;
                      times.recordValue(Math.max(1, (System.nanoTime() - began) / 1_000));
                    }
                  }
                }
                while (begun[0] < leavers.size() && begun[0] - back < AT_ONCE) {
                  crowd.loop.connect(crowd.target.address(), leavers.get(begun[0]++).seat().wire());
                }
                return back;
              });
      crowd.check();
      Thread.sleep(1);
    }
    if (current < leavers.size()) {
      throw new java.util.concurrent.TimeoutException("After a minute not all are back.");
    }
    return times;
  }
}
