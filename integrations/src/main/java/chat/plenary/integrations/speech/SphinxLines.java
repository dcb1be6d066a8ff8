package chat.plenary.integrations.speech;

import chat.plenary.messaging.interpretation.Speech;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What pocketsphinx prints with {@code -time yes}: a sentence, then each of its words with the
 * seconds at which it begins and ends, silence and noise among them.
 */
final class SphinxLines {
  private static final Pattern WORD =
      Pattern.compile("(\\S+) (\\d+\\.\\d{3}) (\\d+\\.\\d{3}) \\d+\\.\\d+");

  private final Consumer<Speech> heard;
  private String text = "";
  private int words;
  private long from;
  private long to;
  private int count;

  SphinxLines(Consumer<Speech> heard) {
    this.heard = heard;
  }

  void take(String line) {
    Matcher word = WORD.matcher(line.strip());
    if (!word.matches()) {
      end();
      text = line.strip();
      words = text.isEmpty() ? 0 : text.split("\\s+").length;
      from = -1;
    } else if (!text.isEmpty() && !isFiller(word.group(1))) {
      from = from < 0 ? millis(word.group(2)) : from;
      to = millis(word.group(3));
      if (--words == 0) {
        end();
      }
    }
  }

  /** What was printed of a sentence is all of it. */
  void end() {
    if (!text.isEmpty()) {
      String sentence = text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1) + ".";
      long begins = Math.max(0, from);
      heard.accept(
          new Speech.Sentence(
              Integer.toString(++count), sentence, Map.of(), begins, Math.max(begins, to), true));
      text = "";
    }
  }

  private static boolean isFiller(String word) {
    return word.startsWith("<") || word.startsWith("[") || word.startsWith("++");
  }

  private static long millis(String seconds) {
    return Math.round(Double.parseDouble(seconds) * 1_000);
  }
}
