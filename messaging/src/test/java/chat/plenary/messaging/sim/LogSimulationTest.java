package chat.plenary.messaging.sim;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/**
 * The log's own code in simulated worlds, a seed each. {@code -Dseed=} repeats one, {@code
 * -Dseeds=} says how many are run, {@code -Dfirst=} from which on.
 */
class LogSimulationTest {
  private static final int TOLD = 250;

  @Test
  void whateverHappensTheInvariantsHold() throws IOException {
    run(null);
  }

  @Test
  void whoWakesAfterItsLeaseShowsNothingThatWaitedForIt() throws IOException {
    run(Plight.ASLEEP);
  }

  @Test
  void whoIsBehindRefusesNothingThatIsInTheLog() throws IOException {
    run(Plight.FORGETFUL);
  }

  private static void run(@Nullable Plight plight) throws IOException {
    String seed = System.getProperty("seed");
    long first = seed == null ? Long.getLong("first", 1) : Long.parseLong(seed);
    long count = seed == null ? Long.getLong("seeds", 40) : 1;
    for (long next = first; next < first + count; next++) {
      run(next, plight);
    }
    System.out.println("simulated worlds without a violation: " + count + " from seed " + first);
  }

  private static void run(long seed, @Nullable Plight plight) throws IOException {
    World world = new World(seed, plight);
    String found = world.run();
    if (found == null) {
      return;
    }
    List<String> words = world.words();
    Path file =
        Path.of("target", "simulation", (plight == null ? "seed-" : plight + "-") + seed + ".txt");
    Files.createDirectories(file.getParent());
    Files.write(file, words);
    Assertions.fail(
        "seed "
            + seed
            + ": "
            + found
            + "\n(all of it in "
            + file
            + ")\n"
            + String.join("\n", words.subList(Math.max(0, words.size() - TOLD), words.size())));
  }
}
