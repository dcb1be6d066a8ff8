package chat.plenary.messaging.sim;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** The log's own code in simulated worlds: {@link Seeds} says in which. */
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

  @Test
  void whatIsHandedOverIsServedOnceAndInTime() throws IOException {
    run(Plight.HANDED_OVER);
  }

  @Test
  void whatMayBeAppendedIsNotRefusedWhenItsTimeIsOver() throws IOException {
    run(Plight.TOO_LATE);
  }

  private static void run(@Nullable Plight plight) throws IOException {
    Seeds seeds = Seeds.asked(40);
    for (long seed : seeds.all()) {
      run(seed, plight);
    }
    System.out.println(
        "simulated worlds without a violation: " + seeds.count() + " from seed " + seeds.first());
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
