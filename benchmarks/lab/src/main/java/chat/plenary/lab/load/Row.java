package chat.plenary.lab.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * A line of the report.
 *
 * @param right whether it counts: nothing lost, doubled or out of order, nothing refused, and the
 *     generator kept its schedule
 * @param point of a curve; null where it is none
 */
record Row(
    String scenario,
    String server,
    boolean right,
    List<String> cells,
    Picture.@Nullable Point point) {
  Row(String scenario, String server, boolean right, List<String> cells) {
    this(scenario, server, right, cells, null);
  }

  /** The same, which is a point of a curve too. */
  Row with(Picture.Point where) {
    return new Row(scenario, server, right, cells, where);
  }

  static final List<String> HEADS =
      List.of(
          "phase",
          "offered/s",
          "done/s",
          "deliveries/s",
          "p50 ms",
          "p99 ms",
          "p99.9 ms",
          "max ms",
          "CPU us/delivery",
          "cores",
          "RSS MB",
          "lag p99 ms",
          "busy %",
          "unsent",
          "refused",
          "lost",
          "twice",
          "order",
          "remark");
  private static final double LAG_PERCENTILE = 99;

  static Row of(String scenario, String server, Phase phase, double maxLagMillis) {
    double lag = phase.lag().getValueAtPercentile(LAG_PERCENTILE) / 1e3;
    List<String> remarks = new ArrayList<>();
    if (lag > maxLagMillis) {
      remarks.add("FAILED: the generator fell behind its schedule");
    }
    if (phase.incompletes() > 0) {
      remarks.add(
          "FAILED: the server was not sure to be up to date, and left "
              + phase.incompletes()
              + " times entries to history, which the generator does not read: lost counts them");
    } else if (!phase.isRight()) {
      remarks.add("FAILED: not shown once to everybody in order");
    }
    if (phase.refused() > 0) {
      remarks.add("FAILED: refused, such as " + phase.whyRefused());
    }
    boolean right = remarks.isEmpty();
    if (phase.unknowns() > 0) {
      remarks.add(phase.unknowns() + " unknown, sent again");
    }
    if (phase.unsent() > 0) {
      remarks.add("saturated");
    }
    if (phase.busy() > 0.95) {
      remarks.add("the generator has no time left");
    }
    Histogram latency = phase.latency();
    return new Row(
        scenario,
        server,
        right,
        List.of(
            phase.name(),
            number(phase.offered()),
            number(phase.sends()),
            number(phase.deliveries()),
            millis(latency, 50),
            millis(latency, 99),
            millis(latency, 99.9),
            millis(latency, 100),
            String.format(Locale.ROOT, "%.2f", phase.cpuNanos() / 1e3),
            String.format(Locale.ROOT, "%.2f", phase.serverCores()),
            number(phase.residentBytes() / 1e6),
            String.format(Locale.ROOT, "%.1f", lag),
            number(phase.busy() * 100),
            number(phase.unsent()),
            count(phase.refused()),
            count(phase.missing()),
            count(phase.duplicates()),
            count(phase.disordered()),
            String.join("; ", remarks)));
  }

  /** Of something that is no delivery: only its time and a remark. */
  static Row timed(
      String scenario,
      String server,
      boolean right,
      String phase,
      double offered,
      double done,
      Histogram micros,
      String remark) {
    List<String> cells = new ArrayList<>(java.util.Collections.nCopies(HEADS.size(), ""));
    cells.set(0, phase);
    cells.set(1, offered == 0 ? "" : number(offered));
    cells.set(2, done == 0 ? "" : number(done));
    if (micros.getTotalCount() > 0) {
      cells.set(4, millis(micros, 50));
      cells.set(5, millis(micros, 99));
      cells.set(6, millis(micros, 99.9));
      cells.set(7, millis(micros, 100));
    }
    cells.set(HEADS.size() - 1, remark);
    return new Row(scenario, server, right, List.copyOf(cells));
  }

  static Row failed(String scenario, String server, String why) {
    return timed(scenario, server, false, "", 0, 0, new Histogram(1), "FAILED: " + why);
  }

  /** What could not be measured here, which is nobody's fault. */
  static Row leftOut(String scenario, String server, String why) {
    return timed(scenario, server, true, "", 0, 0, new Histogram(1), "left out: " + why);
  }

  static String millis(Histogram micros, double percentile) {
    return micros.getTotalCount() == 0
        ? "-"
        : String.format(Locale.ROOT, "%.2f", micros.getValueAtPercentile(percentile) / 1e3);
  }

  static String number(double value) {
    return String.format(
        Locale.ROOT,
        value < 10 && value > 0 && value != Math.rint(value) ? "%.1f" : "%,.0f",
        value);
  }

  private static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }
}
