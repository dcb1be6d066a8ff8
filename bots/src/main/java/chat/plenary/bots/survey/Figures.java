package chat.plenary.bots.survey;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * What of a tally is shown, and how.
 *
 * @param tally what was published, rounded already; null where there are too few answers
 * @param exact whether these are the exact figures after the close
 */
record Figures(
    Definition survey,
    boolean open,
    @Nullable Tally tally,
    boolean exact,
    int step,
    int threshold,
    boolean demo,
    Phrases phrases) {

  JsonObject toJson() {
    JsonObject json =
        new JsonObject()
            .put("survey", survey.id())
            .put("title", survey.title().toJson())
            .put("wording", survey.wording().toJson())
            .put("state", open ? "open" : "closed")
            .put("n", tally == null ? null : tally.all())
            .put("exact", exact)
            .put("step", exact ? 1 : step)
            .put("threshold", threshold)
            .put("demo", demo)
            .put("note", survey.note().toJson());
    if (demo) {
      json.put("demoNote", phrases.get("demo").toJson());
    }
    JsonArray questions = new JsonArray();
    if (tally == null) {
      json.put("withheld", withheld());
    } else {
      for (Question question : survey.questions()) {
        if (question.type() != Question.Type.TEXT) {
          questions.add(json(question, tally));
        }
      }
    }
    return json.put("questions", questions);
  }

  /** Why nothing is shown; of one answer no number is said. */
  private JsonObject withheld() {
    return threshold == 1
        ? phrases.get("none-yet").toJson()
        : phrases.get("withheld").with(threshold).toJson();
  }

  private JsonObject json(Question question, Tally all) {
    boolean shown = all.of(question) >= threshold;
    Tally figures = of(question, all);
    JsonArray options = new JsonArray();
    for (Question.Option option : question.options()) {
      options.add(
          new JsonObject()
              .put("id", option.id())
              .put("label", option.label().toJson())
              .put("count", shown ? figures.of(question, option) : null)
              .put("rank", shown ? rank(question, option, figures) : null));
    }
    JsonObject json =
        new JsonObject()
            .put("id", question.id())
            .put("title", question.title().toJson())
            .put("type", question.type().name().toLowerCase(Locale.ROOT))
            .put("most", question.most())
            .put("demographic", question.demographic())
            .put("n", shown ? figures.of(question) : null);
    if (!shown) {
      json.put("withheld", withheld());
    }
    return json.put("options", options);
  }

  /** Questions about the respondents are told in steps even at the close. */
  private Tally of(Question question, Tally all) {
    return question.demographic() ? all.rounded(step) : all;
  }

  /** 1 and how many are chosen more often: equals share a rank. */
  private static long rank(Question question, Question.Option option, Tally figures) {
    long count = figures.of(question, option);
    return 1
        + question.options().stream().filter(other -> figures.of(question, other) > count).count();
  }

  /** The same as a table, by RFC 4180. */
  String toCsv(String language) {
    StringBuilder csv = new StringBuilder(4_096);
    line(
        csv,
        List.of(
            "survey",
            "state",
            "exact",
            "question",
            "question_title",
            "n",
            "option",
            "option_label",
            "count",
            "rank"));
    if (tally == null) {
      return csv.toString();
    }
    for (Question question : survey.questions()) {
      if (question.type() == Question.Type.TEXT) {
        continue;
      }
      boolean shown = tally.of(question) >= threshold;
      Tally figures = of(question, tally);
      for (Question.Option option : question.options()) {
        line(
            csv,
            List.of(
                survey.id(),
                open ? "open" : "closed",
                String.valueOf(exact && !question.demographic()),
                question.id(),
                question.title().in(language),
                shown ? String.valueOf(figures.of(question)) : "",
                option.id(),
                option.label().in(language),
                shown ? String.valueOf(figures.of(question, option)) : "",
                shown ? String.valueOf(rank(question, option, figures)) : ""));
      }
    }
    return csv.toString();
  }

  private static void line(StringBuilder csv, List<String> cells) {
    StringJoiner line = new StringJoiner(",", "", "\r\n");
    cells.forEach(cell -> line.add(cell(cell)));
    csv.append(line);
  }

  /** Quoted, and what a spreadsheet would take for a formula made plain text. */
  static String cell(String text) {
    boolean formula = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0;
    return '"' + (formula ? "'" : "") + text.replace("\"", "\"\"") + '"';
  }
}
