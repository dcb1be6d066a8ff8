package chat.plenary.messaging.search;

import java.util.ArrayList;
import java.util.List;

/**
 * What is shown of a text in which something was found.
 *
 * @param parts the beginning of the first place where it was found, and what stands around it
 */
public record Excerpt(List<Part> parts) {
  private static final int BEFORE = 40;
  private static final int LENGTH = 200;
  private static final int WORD = 16;

  public Excerpt {
    parts = List.copyOf(parts);
  }

  /**
   * A part of it.
   *
   * @param hit whether it is what was searched for
   */
  public record Part(String text, boolean hit) {}

  /** The excerpt of a text that matches. */
  static Excerpt of(Folded text, Wanted wanted) {
    List<Wanted.Range> ranges = wanted.ranges(text);
    String original = text.original();
    int first = ranges.isEmpty() ? 0 : text.start(ranges.get(0).from());
    final int begin = begin(original, first);
    int end = whole(original, Math.min(original.length(), begin + LENGTH));
    List<Part> parts = new ArrayList<>();
    StringBuilder plain = new StringBuilder(begin > 0 ? "…" : "");
    int at = begin;
    for (Wanted.Range range : ranges) {
      int from = Math.max(at, text.start(range.from()));
      int to = Math.min(end, text.end(range.to() - 1));
      if (from < to) {
        plain.append(original, at, from);
        add(parts, plain.toString(), false);
        plain.setLength(0);
        add(parts, original.substring(from, to), true);
        at = to;
      }
    }
    plain.append(original, at, end).append(end < original.length() ? "…" : "");
    add(parts, plain.toString(), false);
    return new Excerpt(parts);
  }

  /** Some characters before the first place, and from there at most a word further back. */
  private static int begin(String text, int first) {
    if (first <= BEFORE) {
      return 0;
    }
    int begin = first - BEFORE;
    for (int back = begin; back > Math.max(0, begin - WORD); back--) {
      if (Character.isWhitespace(text.charAt(back - 1))) {
        return back;
      }
    }
    return whole(text, begin);
  }

  private static int whole(String text, int at) {
    int kept = at;
    while (kept > 0
        && kept < text.length()
        && (Character.isLowSurrogate(text.charAt(kept)) || Scripts.joins(text.codePointAt(kept)))) {
      kept--;
    }
    return kept;
  }

  private static void add(List<Part> parts, String text, boolean hit) {
    if (!text.isEmpty()) {
      parts.add(new Part(text, hit));
    }
  }
}
