package chat.plenary.simulator.speech;

import java.util.ArrayList;
import java.util.List;

/**
 * What a simulator says that it hears, over and over, as audio comes: each word takes 300 ms, after
 * each sentence comes a pause of 900 ms.
 */
public final class SpeechScript {
  private static final int WORD = 300;
  private static final int PAUSE = 900;

  private final List<Line> lines;

  /** A sentence and its translation. */
  public record Line(String source, String target) {}

  /**
   * A sentence as far as it was heard.
   *
   * @param number from 0, over all rounds
   * @param source the words so far
   * @param target as much of the translation
   * @param fromMs where it begins
   * @param toMs where it ends, as far as was heard
   * @param complete whether it is over
   */
  record Said(int number, String source, String target, long fromMs, long toMs, boolean complete) {}

  public SpeechScript(List<Line> lines) {
    this.lines = List.copyOf(lines);
    if (lines.isEmpty()) {
      throw new IllegalArgumentException("a script has a line");
    }
  }

  /** A dialogue in English, translated into Chinese. */
  public static SpeechScript english() {
    return new SpeechScript(
        List.of(
            new Line("We open the meeting.", "\u6211\u4eec\u5ba3\u5e03\u5f00\u4f1a\u3002"),
            new Line("The report is ready.", "\u62a5\u544a\u5df2\u51c6\u5907\u597d\u3002"),
            new Line(
                "The committee adopted the resolution by consensus.",
                "\u59d4\u5458\u4f1a\u4ee5\u534f\u5546\u4e00\u81f4\u65b9\u5f0f\u901a\u8fc7\u4e86\u51b3\u8bae\u3002"),
            new Line(
                "Thank you for your work.", "\u611f\u8c22\u5927\u5bb6\u7684\u5de5\u4f5c\u3002")));
  }

  /** What was said within some milliseconds of audio, from a sentence on. */
  List<Said> within(long ms, int firstNumber) {
    List<Said> said = new ArrayList<>();
    long from = 0;
    for (int number = 0; from < ms; number++) {
      Line line = lines.get(number % lines.size());
      String[] words = line.source().split(" ");
      long whole = (long) words.length * WORD;
      if (number >= firstNumber) {
        int heard = (int) Math.min(words.length, (ms - from) / WORD);
        boolean complete = heard == words.length && ms >= from + whole + PAUSE / 2;
        if (heard > 0) {
          String source = String.join(" ", List.of(words).subList(0, heard));
          int end = line.target().length() * heard / words.length;
          end = line.target().offsetByCodePoints(0, line.target().codePointCount(0, end));
          said.add(
              new Said(
                  number,
                  source,
                  line.target().substring(0, end),
                  from,
                  from + (long) heard * WORD,
                  complete));
        }
      }
      from += whole + PAUSE;
    }
    return said;
  }
}
