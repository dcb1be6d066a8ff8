package chat.plenary.messaging.search;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;

/**
 * A text as it is compared: NFKC, without case and adorning marks, digits as 0 to 9, white space as
 * single spaces. It is folded cluster by cluster, so that each of its characters knows where in the
 * text it came from, and what is equal alone is equal in every surrounding.
 */
final class Folded {
  private static final int TATWEEL = 0x0640;
  private static final char FINAL_SIGMA = 'ς';

  private final String original;
  private final String text;
  private final int[] starts;
  private final int[] ends;

  private Folded(String original, String text, int[] starts, int[] ends) {
    this.original = original;
    this.text = text;
    this.starts = starts;
    this.ends = ends;
  }

  /** Folds a text; the time it takes grows with its length alone. */
  static Folded of(String original) {
    Builder builder = new Builder(original.length());
    int length = original.length();
    int at = 0;
    while (at < length) {
      int c = original.codePointAt(at);
      int next = at + Character.charCount(c);
      boolean alone = next == length || !Scripts.joins(original.codePointAt(next));
      if (alone && c < 0x80) {
        builder.add((char) (c >= 'A' && c <= 'Z' ? c + 32 : c), at, next);
      } else if (alone && c >= 0x4e00 && c <= 0x9fff) {
        builder.add((char) c, at, next);
      } else {
        while (next < length && Scripts.joins(original.codePointAt(next))) {
          next += Character.charCount(original.codePointAt(next));
        }
        builder.add(cluster(original.substring(at, next)), at, next);
      }
      at = next;
    }
    return builder.build(original);
  }

  private static String cluster(String cluster) {
    String compatible = Normalizer.normalize(cluster, Normalizer.Form.NFKC);
    // Up and then down: so the sharp s is ss, and the dotless i an i.
    String lower = compatible.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    StringBuilder kept = new StringBuilder();
    Normalizer.normalize(lower, Normalizer.Form.NFD)
        .codePoints()
        .forEach(
            c -> {
              if (c == FINAL_SIGMA) {
                kept.append('σ');
              } else if (Character.getType(c) == Character.DECIMAL_DIGIT_NUMBER) {
                kept.append((char) ('0' + Character.digit(c, 10)));
              } else if (c != TATWEEL
                  && Character.getType(c) != Character.FORMAT
                  && !Scripts.adorns(c)) {
                kept.appendCodePoint(c);
              }
            });
    return Normalizer.normalize(kept, Normalizer.Form.NFC);
  }

  /** The folded text. */
  String text() {
    return text;
  }

  /** The text that was folded. */
  String original() {
    return original;
  }

  /** Where in the original the character at {@code index} of the folded text begins. */
  int start(int index) {
    return index < starts.length ? starts[index] : original.length();
  }

  /** Where in the original the character at {@code index} of the folded text ends. */
  int end(int index) {
    return ends[index];
  }

  private static final class Builder {
    private final StringBuilder text;
    private int[] starts;
    private int[] ends;

    Builder(int expected) {
      text = new StringBuilder(expected);
      starts = new int[Math.max(8, expected)];
      ends = new int[starts.length];
    }

    void add(String folded, int start, int end) {
      for (int i = 0; i < folded.length(); i++) {
        add(folded.charAt(i), start, end);
      }
    }

    void add(char c, int start, int end) {
      int index = text.length();
      char kept = c;
      if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
        if (index > 0 && text.charAt(index - 1) == ' ') {
          ends[index - 1] = end;
          return;
        }
        kept = ' ';
      }
      if (index == starts.length) {
        starts = Arrays.copyOf(starts, index * 2);
        ends = Arrays.copyOf(ends, index * 2);
      }
      starts[index] = start;
      ends[index] = end;
      text.append(kept);
    }

    Folded build(String original) {
      int length = text.length();
      return new Folded(
          original, text.toString(), Arrays.copyOf(starts, length), Arrays.copyOf(ends, length));
    }
  }
}
