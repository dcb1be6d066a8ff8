package chat.plenary.messaging.sim;

import java.util.stream.LongStream;

/**
 * The worlds that a test runs, a seed each: {@code -Dseed=} repeats one, {@code -Dseeds=} says how
 * many are run of each kind, {@code -Dfirst=} from which on.
 */
public record Seeds(long first, long count) {
  /** Those that were asked for; so many from the first on where none were. */
  public static Seeds asked(long usually) {
    String seed = System.getProperty("seed");
    return seed == null
        ? new Seeds(Long.getLong("first", 1), Long.getLong("seeds", usually))
        : new Seeds(Long.parseLong(seed), 1);
  }

  public long[] all() {
    return LongStream.range(first, first + count).toArray();
  }
}
