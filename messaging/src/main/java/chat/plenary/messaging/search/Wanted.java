package chat.plenary.messaging.search;

import chat.plenary.messaging.fault.Fault;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What is searched for: words and phrases, all of which a text must have. One matches from the
 * beginning of a word on; in scripts that are written without spaces, anywhere.
 */
final class Wanted {
  /** Characters of a query. */
  static final int MAX_LENGTH = 100;

  /** Words and phrases of a query. */
  static final int MAX_TERMS = 8;

  private static final String QUOTES = "\"\u201c\u201d\u201e\u00ab\u00bb\uff02";

  private final List<String> terms;
  private final Set<String> grams;

  private Wanted(Set<String> terms) {
    this.terms = List.copyOf(terms);
    this.grams = new HashSet<>();
    terms.forEach(term -> Grams.of(term, grams::add));
  }

  /**
   * Reads a query.
   *
   * @param query words with white space between them; what stands in quotation marks is one phrase
   * @throws Fault naming {@code q}
   */
  static Wanted read(String query) {
    int length = query.codePointCount(0, query.length());
    if (length < 1 || length > MAX_LENGTH) {
      throw Fault.invalid("q", "This has 1 to " + MAX_LENGTH + " characters.");
    }
    Set<String> terms = new LinkedHashSet<>();
    StringBuilder term = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < query.length(); i++) {
      char c = query.charAt(i);
      boolean quote = QUOTES.indexOf(c) >= 0;
      if (quote || (!quoted && (Character.isWhitespace(c) || Character.isSpaceChar(c)))) {
        add(terms, term);
        quoted = quote != quoted;
      } else {
        term.append(c);
      }
    }
    add(terms, term);
    if (terms.isEmpty()) {
      throw Fault.invalid("q", "There is nothing to search for in this.");
    }
    if (terms.size() > MAX_TERMS) {
      throw Fault.invalid("q", "At most " + MAX_TERMS + " words are searched for at once.");
    }
    return new Wanted(terms);
  }

  private static void add(Set<String> terms, StringBuilder term) {
    String folded = Folded.of(term.toString()).text().strip();
    term.setLength(0);
    if (!folded.isEmpty()) {
      terms.add(folded);
    }
  }

  /** What a signature must have all of. */
  Set<String> grams() {
    return grams;
  }

  /** Whether a text has all of it. */
  boolean matches(Folded text) {
    for (String term : terms) {
      if (find(text.text(), term, 0) < 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * A part of a folded text.
   *
   * @param from its first character
   * @param to the character after its last
   */
  record Range(int from, int to) {}

  /** Where the words stand in a text, in order; what overlaps is one. */
  List<Range> ranges(Folded text) {
    List<Range> all = new ArrayList<>();
    for (String term : terms) {
      int at = find(text.text(), term, 0);
      while (at >= 0) {
        all.add(new Range(at, at + term.length()));
        at = find(text.text(), term, at + term.length());
      }
    }
    all.sort(Comparator.comparingInt(Range::from).thenComparingInt(Range::to));
    List<Range> merged = new ArrayList<>();
    for (Range one : all) {
      Range last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
      if (last != null && one.from() < last.to()) {
        merged.set(merged.size() - 1, new Range(last.from(), Math.max(last.to(), one.to())));
      } else {
        merged.add(one);
      }
    }
    return merged;
  }

  private static int find(String text, String term, int from) {
    int at = text.indexOf(term, from);
    while (at >= 0 && !begins(text, at)) {
      at = text.indexOf(term, at + 1);
    }
    return at;
  }

  /** Whether something may begin here: anything but what stands within a word. */
  private static boolean begins(String text, int at) {
    if (at == 0 || !Scripts.isWord(text.codePointAt(at))) {
      return true;
    }
    return !Scripts.isWord(text.codePointBefore(at));
  }
}
