package chat.plenary.messaging.translation;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How texts are translated; all nodes of a cluster should agree.
 *
 * @param order of a pair such as {@code en>es}, of {@code *>es}, {@code en>*} or {@code *>*}, the
 *     names of engines in the order in which they are asked; where none of these is given: in the
 *     order in which they are configured
 * @param patience after which an engine's answer is not waited for any more, at most 10 s
 * @param inFlight texts that one engine translates at once of each pair of languages
 * @param insideQuota characters a day that an organisation may give to engines inside; 0 for no
 *     such limit
 * @param outsideQuota the same of engines outside
 * @param languages what a conversation is taken to speak that has no languages of its own
 */
public record Options(
    Map<String, List<String>> order,
    Duration patience,
    int inFlight,
    long insideQuota,
    long outsideQuota,
    List<String> languages) {
  public Options {
    order = Map.copyOf(order);
    languages = List.copyOf(languages);
    if (patience.isNegative() || patience.compareTo(Duration.ofSeconds(10)) > 0) {
      throw new IllegalArgumentException("patience with engines is at most 10 s: " + patience);
    }
    if (inFlight < 1 || insideQuota < 0 || outsideQuota < 0) {
      throw new IllegalArgumentException("limits of engines are not negative");
    }
  }

  /**
   * Engines as configured, 5 s, 64 texts at once, no limit inside, 1,000,000 characters a day
   * outside, the six official languages of the UN.
   */
  public static Options defaults() {
    return new Options(
        Map.of(),
        Duration.ofSeconds(5),
        64,
        0,
        1_000_000,
        List.of("ar", "en", "es", "fr", "ru", "zh"));
  }
}
