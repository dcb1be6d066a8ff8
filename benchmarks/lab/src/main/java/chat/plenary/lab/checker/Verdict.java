package chat.plenary.lab.checker;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What a checker found. Of each rule the first cases are kept in words, all are counted. */
public final class Verdict {
  private static final int KEPT = 10;

  private final Map<Rule, Long> counts = new EnumMap<>(Rule.class);
  private final List<Violation> violations = new ArrayList<>();
  private final Map<String, Long> figures = new java.util.LinkedHashMap<>();

  void broken(Rule rule, String words, long... ops) {
    long count = counts.merge(rule, 1L, Long::sum);
    if (count <= KEPT) {
      List<Long> concerned = new ArrayList<>();
      for (long op : ops) {
        if (op >= 0) {
          concerned.add(op);
        }
      }
      violations.add(new Violation(rule, words, concerned));
    }
  }

  /** Whether many cases of a rule are known already, so that words can be saved. */
  boolean enough(Rule rule) {
    return counts.getOrDefault(rule, 0L) >= KEPT;
  }

  /** Says how much of something was judged. */
  public void figure(String name, long value) {
    figures.put(name, value);
  }

  /** Whether every rule was kept. */
  public boolean good() {
    return counts.isEmpty();
  }

  /** How often each rule was broken; rules that were kept are left out. */
  public Map<Rule, Long> counts() {
    return counts;
  }

  /** Up to ten cases of each rule. */
  public List<Violation> violations() {
    return violations;
  }

  /** How much was judged, by name. */
  public Map<String, Long> figures() {
    return figures;
  }
}
