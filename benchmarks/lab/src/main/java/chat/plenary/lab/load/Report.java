package chat.plenary.lab.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was measured, as a text and as a page. */
final class Report {
  private final Settings settings;
  private final Map<String, String> scenarios = new LinkedHashMap<>();
  private final Map<String, String> servers = new LinkedHashMap<>();
  private final List<Row> rows = new ArrayList<>();
  private final Instant began = Instant.now().truncatedTo(ChronoUnit.SECONDS);

  Report(Settings settings) {
    this.settings = settings;
  }

  void scenario(Scenario scenario) {
    scenarios.put(scenario.name(), scenario.what());
  }

  void server(Target target) {
    servers.put(target.name(), target.about());
  }

  void add(Row row) {
    rows.add(row);
    System.out.println(row.scenario() + " | " + row.server() + " | " + line(row));
  }

  private static String line(Row row) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < Row.HEADS.size(); i++) {
      String cell = row.cells().get(i);
      if (!cell.isEmpty() && i != 0) {
        line.append(", ")
            .append(i == Row.HEADS.size() - 1 ? "" : Row.HEADS.get(i) + " ")
            .append(cell);
      } else {
        line.append(cell);
      }
    }
    return line.toString();
  }

  boolean isGood() {
    return !rows.isEmpty() && rows.stream().allMatch(Row::right);
  }

  private String machine() throws IOException {
    String model =
        Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
            .filter(line -> line.startsWith("model name"))
            .map(line -> line.substring(line.indexOf(':') + 2))
            .findFirst()
            .orElse("unknown processor");
    String memory = Files.readAllLines(Path.of("/proc/meminfo")).get(0).replaceAll("\\D", "");
    return "%s, %d processors (%s), %,d MB, %s %s, Java %s; generator, servers and disk on the one machine, loopback, no TLS; load average %s; %.0f s to warm up, %.0f s measured; heap of Java servers %s; at most %d messages of a sender on the way%s"
        .formatted(
            began,
            Runtime.getRuntime().availableProcessors(),
            model,
            Long.parseLong(memory) / 1024,
            System.getProperty("os.name"),
            System.getProperty("os.version"),
            System.getProperty("java.version"),
            Files.readString(Path.of("/proc/loadavg")).trim(),
            settings.warm(),
            settings.seconds(),
            settings.heap(),
            settings.window(),
            settings.offered() > 0 ? "; offered %.0f sends/s".formatted(settings.offered()) : "");
  }

  /** Writes {@code report.txt} and {@code report.html}; the page. */
  Path write() throws IOException {
    StringBuilder text = new StringBuilder(machine()).append("\n\n");
    servers.forEach((name, about) -> text.append(name).append(": ").append(about).append('\n'));
    StringBuilder page = new StringBuilder(HEAD);
    page.append("<p>").append(escape(machine())).append("</p><ul>");
    servers.forEach(
        (name, about) ->
            page.append("<li><b>").append(escape(name)).append("</b>: ").append(escape(about)));
    page.append("</ul>");
    scenarios.forEach(
        (name, what) -> {
          text.append('\n').append(name).append(": ").append(what).append('\n');
          page.append("<h2>").append(escape(name)).append("</h2><p>").append(escape(what));
          table(name, text, page);
          draw(name, page);
        });
    page.append("<p>").append(escape(NOTES)).append("</p></html>\n");
    text.append('\n').append(NOTES).append('\n');
    Files.writeString(settings.out().resolve("report.txt"), text);
    Path file = settings.out().resolve("report.html");
    Files.writeString(file, page);
    return file;
  }

  private void table(String scenario, StringBuilder text, StringBuilder page) {
    List<Row> of = rows.stream().filter(row -> row.scenario().equals(scenario)).toList();
    List<Integer> shown = new ArrayList<>();
    for (int i = 0; i < Row.HEADS.size(); i++) {
      int column = i;
      if (of.stream().anyMatch(row -> !row.cells().get(column).isEmpty())) {
        shown.add(i);
      }
    }
    text.append("%-20s".formatted("server"));
    page.append("</p><div class=wide><table><tr><th>server");
    for (int i : shown) {
      text.append(cell(i, Row.HEADS.get(i), of));
      page.append("<th>").append(Row.HEADS.get(i));
    }
    text.append('\n');
    for (Row row : of) {
      text.append("%-20s".formatted(row.server()));
      page.append(row.right() ? "<tr>" : "<tr class=bad>")
          .append("<td>")
          .append(escape(row.server()));
      for (int i : shown) {
        text.append(cell(i, row.cells().get(i), of));
        page.append(i == 0 || i == Row.HEADS.size() - 1 ? "<td>" : "<td class=n>")
            .append(escape(row.cells().get(i)));
      }
      text.append('\n');
    }
    page.append("</table></div>");
  }

  /** Where rows are points of a curve, a picture of it, also as a file of its own. */
  private void draw(String scenario, StringBuilder page) {
    Picture picture = new Picture(scenario + ", " + began);
    boolean any = false;
    for (Row row : rows) {
      Picture.Point point = row.point();
      if (point != null && row.scenario().equals(scenario)) {
        picture.add(row.server(), point);
        any = true;
      }
    }
    if (any) {
      page.append("<figure style=\"max-width:40rem\">").append(picture.svg()).append("</figure>");
      try {
        Files.writeString(settings.out().resolve(scenario + ".svg"), picture.svg());
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }

  private static String cell(int column, String value, List<Row> rows) {
    int width = Row.HEADS.get(column).length();
    for (Row row : rows) {
      width = Math.max(width, row.cells().get(column).length());
    }
    boolean left = column == 0 || column == Row.HEADS.size() - 1;
    return ("  %" + (left ? "-" : "") + width + "s").formatted(value);
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static final String NOTES =
      "Latencies run from the time at which a message was due by the schedule to the time at which it was shown, over all who were shown it;"
          + " where a server is saturated they say only how long the queue was. lag: how late the generator handed over what was due (the run fails where p99 is above its bound)."
          + " busy: of the generator's one socket thread; near 100 it, and not the server, may be the limit. unsent: came due while its sender had as many messages on the way as it may, and was given up at the end of the phase.";

  private static final String HEAD =
      """
      <!doctype html><html lang="en"><meta charset="utf-8"><title>Plenary: load</title>
      <meta name="viewport" content="width=device-width">
      <style>
      body{font:16px/1.5 system-ui,sans-serif;max-width:90rem;margin:2rem auto;padding:0 1rem;color:#1c2430;background:#fff}
      .wide{overflow-x:auto}table{border-collapse:collapse}td,th{padding:.3rem .5rem;border-bottom:1px solid #d6dbe2;text-align:left;vertical-align:top;white-space:nowrap}
      td:last-child{white-space:normal}td.n{text-align:right;font-variant-numeric:tabular-nums}.bad td{color:#b3261e}
      @media (prefers-color-scheme:dark){body{color:#e6e9ee;background:#14181d}td,th{border-color:#333b45}.bad td{color:#ff8a80}}
      </style>
      <h1>Load</h1>
      """;
}
