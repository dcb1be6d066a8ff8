package chat.plenary.messaging.caption;

import chat.plenary.messaging.interpretation.Language;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The record as files: WebVTT for players, and plain text for people. Times count from the
 * meeting's start, or from the first caption where that was earlier.
 */
public final class Exports {
  /** Begins and ends what has a direction of its own. */
  private static final String ISOLATE = "\u2068";

  private static final String END = "\u2069";
  private static final Duration SHORTEST = Duration.ofMillis(500);

  private Exports() {}

  /**
   * As WebVTT: one cue a caption, whose id is the caption's key and whose voice is the speaker's.
   *
   * @param language the language that was asked for; null for what was said itself
   */
  public static String webVtt(CaptionRecord.Page page, @Nullable String language) {
    Instant start = start(page);
    StringBuilder file = new StringBuilder("WEBVTT\n\n");
    for (CaptionRecord.Line line : page.lines()) {
      Sentence said = line.sentence();
      if (said == null) {
        continue;
      }
      Duration from = since(start, said.from());
      Duration to = since(start, said.to());
      file.append(cueId(line.key()))
          .append('\n')
          .append(vttTime(from))
          .append(" --> ")
          .append(vttTime(to.compareTo(from) > 0 ? to : from.plus(SHORTEST)))
          .append("\n<v ")
          .append(escaped(said.speaker().name()))
          .append('>')
          .append(cue(said, line.translation(), language))
          .append("</v>\n\n");
    }
    if (page.next() > 0) {
      file.append("NOTE This goes on: ask again with after=").append(page.next()).append("\n\n");
    }
    return file.toString();
  }

  private static String cue(
      Sentence said, @Nullable Translation translation, @Nullable String language) {
    if (translation != null && translation.text() != null) {
      return ISOLATE + escaped(translation.text()) + END;
    }
    String text = ISOLATE + escaped(said.text()) + END;
    return language == null || Language.same(said.language(), language)
        ? text
        : "<lang " + said.language() + ">" + text + "</lang>";
  }

  /** As plain text: one line a caption; what is not translated says which language it is. */
  public static String text(CaptionRecord.Page page, @Nullable String language) {
    Instant start = start(page);
    StringBuilder file = new StringBuilder();
    for (CaptionRecord.Line line : page.lines()) {
      Sentence said = line.sentence();
      if (said == null) {
        continue;
      }
      Translation translation = line.translation();
      String translated = translation == null ? null : translation.text();
      boolean other =
          translated == null && language != null && !Language.same(said.language(), language);
      file.append('[')
          .append(plainTime(since(start, said.from())))
          .append("] ")
          .append(ISOLATE)
          .append(said.speaker().name())
          .append(END)
          .append(other ? " [" + said.language() + "]: " : ": ")
          .append(ISOLATE)
          .append(translated == null ? said.text() : translated)
          .append(END)
          .append('\n');
    }
    if (page.next() > 0) {
      file.append("[This goes on: ask again with after=").append(page.next()).append("]\n");
    }
    return file.toString();
  }

  private static Instant start(CaptionRecord.Page page) {
    Instant start = page.meeting().start();
    for (CaptionRecord.Line line : page.lines()) {
      Sentence said = line.sentence();
      if (said != null && said.from().isBefore(start)) {
        start = said.from();
      }
    }
    return start;
  }

  private static Duration since(Instant start, Instant at) {
    Duration since = Duration.between(start, at);
    return since.isNegative() ? Duration.ZERO : since;
  }

  private static String vttTime(Duration at) {
    return plainTime(at) + String.format(Locale.ROOT, ".%03d", at.toMillisPart());
  }

  private static String plainTime(Duration at) {
    return String.format(
        Locale.ROOT, "%02d:%02d:%02d", at.toHours(), at.toMinutesPart(), at.toSecondsPart());
  }

  /** An id of a cue holds no arrow. */
  private static String cueId(String key) {
    return key.replace("-->", "--\u203a");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
