package chat.plenary.lab.checker;

import java.util.List;

/**
 * A rule that was broken.
 *
 * @param words what happened, for people
 * @param ops the operations concerned, by number
 */
public record Violation(Rule rule, String words, List<Long> ops) {}
