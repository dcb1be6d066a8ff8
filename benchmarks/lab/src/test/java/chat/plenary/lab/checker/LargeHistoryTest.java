package chat.plenary.lab.checker;

import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.lab.history.Event;
import chat.plenary.lab.history.HistoryReader;
import chat.plenary.lab.history.HistoryWriter;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Long histories: {@code -Dplenary.operations=1000000} says how long, and the time that judging
 * takes is printed. {@code -Dplenary.history=FILE} keeps it.
 */
class LargeHistoryTest {
  private static final long OPERATIONS = Long.getLong("plenary.operations", 20_000);

  @TempDir Path folder;

  @Test
  @Timeout(900)
  void aLongHistoryIsJudgedWhole() throws IOException {
    String kept = System.getProperty("plenary.history");
    Path file = kept == null ? folder.resolve("large.history") : Path.of(kept);
    LargeHistory.write(file, OPERATIONS, 7);
    long began = System.nanoTime();
    Verdict verdict = Checker.check(file);
    System.out.printf(
        "judged in %.1f s: %s%n", (System.nanoTime() - began) / 1e9, verdict.figures());
    assertThat(verdict.violations()).isEmpty();
    assertThat(verdict.figures().get("operations")).isEqualTo(OPERATIONS);
    assertThat(verdict.figures().get("shown")).isEqualTo(5 * verdict.figures().get("entries"));
  }

  /** One entry of many thousand is left out for one follower of many. */
  @Test
  void oneEntryThatOneFollowerLacksIsFound() throws IOException {
    Path whole = folder.resolve("whole.history");
    Path lacking = folder.resolve("lacking.history");
    LargeHistory.write(whole, 5_000, 8);
    try (HistoryWriter writer = HistoryWriter.create(lacking)) {
      HistoryReader.read(
          whole,
          event -> {
            if (!(event instanceof Event.Shown shown
                && shown.via() == Event.Via.LIVE
                && shown.reader() == 12
                && shown.conversation().equals("g7")
                && shown.seq() == 100)) {
              writer.add(event);
            }
          });
    }
    assertThat(Checker.check(lacking).counts()).containsOnlyKeys(Rule.STREAM_GAP, Rule.FOLLOWER);
  }
}
