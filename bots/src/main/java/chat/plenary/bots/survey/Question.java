package chat.plenary.bots.survey;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * One question.
 *
 * @param id unique in its survey
 * @param type how it is answered
 * @param most of a choice, the largest number of options that may be chosen; else 1
 * @param max of a text, code points at the most; else 0
 * @param shuffle whether each person sees the options in an order of their own
 * @param demographic whether it is about the respondent, not about the subject
 * @param options in the file's order; empty for a text
 */
record Question(
    String id,
    Type type,
    Wording title,
    int most,
    int max,
    boolean shuffle,
    boolean demographic,
    List<Option> options) {

  /** How a question is answered. */
  enum Type {
    /** Options without an order of their own. */
    CHOICE,
    /** One of several options that are an ordered scale. */
    SCALE,
    /** Words. */
    TEXT
  }

  /**
   * One option.
   *
   * @param last whether it stays at the end when others are shuffled
   * @param text whether choosing it lets one add words
   */
  record Option(String id, Wording label, boolean last, boolean text) {}

  Question {
    options = List.copyOf(options);
  }

  @Nullable Option option(String wanted) {
    return options.stream().filter(one -> one.id().equals(wanted)).findFirst().orElse(null);
  }

  /** The option that lets one add words, or null. */
  @Nullable Option other() {
    return options.stream().filter(Option::text).findFirst().orElse(null);
  }

  /** The key under which the words of {@link #other} travel. */
  String otherKey() {
    return id + ".other";
  }

  /** The options in the order of one person. */
  List<Option> shown(long seed) {
    List<Option> order = new ArrayList<>(options.stream().filter(one -> !one.last()).toList());
    if (shuffle) {
      Collections.shuffle(order, new Random(seed ^ id.hashCode()));
    }
    order.addAll(options.stream().filter(Option::last).toList());
    return order;
  }
}
