package chat.plenary.lab.prove;

import chat.plenary.lab.checker.Verdict;
import chat.plenary.lab.checker.Violation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What was done and what was survived, as a text and as a page. */
final class Report {
  private Report() {}

  static String text(Options options, List<Result> results) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%-18s %8s %8s %8s %9s %8s %7s  %s%n",
            "scenario",
            "seed",
            "asked",
            "accepted",
            "shown",
            "pause s",
            "settle",
            "outcome"));
    for (Result result : results) {
      Verdict verdict = result.verdict();
      Map<String, Long> figures = verdict == null ? Map.of() : verdict.figures();
      text.append(
          String.format(
              Locale.ROOT,
              "%-18s %8d %8d %8d %9d %8.1f %7.1f  %s%n",
              result.scenario().name(),
              result.seed(),
              figures.getOrDefault("operations", 0L),
              figures.getOrDefault("ok", 0L),
              figures.getOrDefault("shown", 0L),
              result.pauseSeconds(),
              result.settleSeconds(),
              outcome(result)));
    }
    text.append(summary(results)).append(System.lineSeparator());
    text.append("Again: prove --seed ").append(options.seed()).append(System.lineSeparator());
    return text.toString();
  }

  private static String summary(List<Result> results) {
    long run = results.stream().filter(result -> result.leftOut() == null).count();
    long good = results.stream().filter(r -> r.leftOut() == null && r.good()).count();
    return good
        + " of "
        + run
        + " scenarios kept every rule; "
        + (results.size() - run)
        + " left out.";
  }

  private static String outcome(Result result) {
    if (result.leftOut() != null) {
      return "left out: " + result.leftOut();
    }
    if (result.good()) {
      return "every rule kept";
    }
    Verdict verdict = result.verdict();
    String rules = verdict == null || verdict.good() ? "" : verdict.counts() + " ";
    return "BROKEN " + rules + String.join("; ", result.problems());
  }

  /** Writes {@code report.html} and {@code report.txt}; the page. */
  static Path write(Options options, List<Result> results) throws IOException {
    Files.writeString(options.out().resolve("report.txt"), text(options, results));
    StringBuilder page = new StringBuilder();
    page.append(
        """
        <!doctype html><html lang="en"><meta charset="utf-8"><title>Plenary: proof of delivery</title>
        <meta name="viewport" content="width=device-width">
        <style>
        body{font:16px/1.5 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem;color:#1c2430;background:#fff}
        table{border-collapse:collapse;width:100%}td,th{padding:.4rem .6rem;border-bottom:1px solid #d6dbe2;text-align:left;vertical-align:top}
        td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}.good{color:#0a6b3d}.bad{color:#b3261e;font-weight:600}
        @media (prefers-color-scheme:dark){body{color:#e6e9ee;background:#14181d}td,th{border-color:#333b45}.good{color:#6fd39b}.bad{color:#ff8a80}}
        </style>
        <h1>Proof of delivery</h1>
        """);
    page.append("<p>").append(escape(summary(results))).append(" Seed ").append(options.seed());
    page.append(", ").append(options.rate()).append(" actions a second, on Java ");
    page.append(escape(System.getProperty("java.version"))).append(", ");
    page.append(Runtime.getRuntime().availableProcessors()).append(" processors.</p><table>");
    page.append(
        "<tr><th>What broke<th class=n>seed<th class=n>asked<th class=n>accepted<th class=n>unknown<th"
            + " class=n>shown<th class=n>longest pause<th class=n>settled in<th>outcome</tr>\n");
    results.forEach(result -> row(page, result));
    page.append("</table>");
    results.stream().filter(result -> !result.good()).forEach(result -> broken(page, result));
    Path file = options.out().resolve("report.html");
    Files.writeString(file, page);
    return file;
  }

  private static void row(StringBuilder page, Result result) {
    Verdict verdict = result.verdict();
    Map<String, Long> figures = verdict == null ? Map.of() : verdict.figures();
    page.append("<tr><td><b>").append(escape(result.scenario().name())).append("</b><br>");
    page.append(escape(result.scenario().what())).append("<td class=n>").append(result.seed());
    for (String figure : List.of("operations", "ok", "unknown", "shown")) {
      page.append("<td class=n>").append(figures.getOrDefault(figure, 0L));
    }
    page.append(String.format(Locale.ROOT, "<td class=n>%.1f s", result.pauseSeconds()));
    page.append(String.format(Locale.ROOT, "<td class=n>%.1f s", result.settleSeconds()));
    page.append(result.good() ? "<td class=good>" : "<td class=bad>");
    page.append(escape(outcome(result))).append("</tr>\n");
  }

  private static void broken(StringBuilder page, Result result) {
    page.append("<h2>").append(escape(result.scenario().name())).append("</h2><ul>");
    result.problems().forEach(problem -> page.append("<li>").append(escape(problem)));
    Verdict verdict = result.verdict();
    if (verdict != null) {
      for (Violation violation : verdict.violations()) {
        page.append("<li><b>").append(escape(violation.rule().sentence())).append("</b> ");
        page.append(escape(violation.words()));
      }
    }
    page.append("</ul><p>History: ")
        .append(escape(String.valueOf(result.history())))
        .append("</p>");
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
