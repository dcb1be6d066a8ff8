package chat.plenary.micro;

import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.lab.checker.Checker;
import chat.plenary.lab.checker.Rule;
import chat.plenary.lab.checker.Verdict;
import chat.plenary.lab.history.HistoryWriter;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.message.EntryView;
import chat.plenary.messaging.sim.Plight;
import chat.plenary.messaging.sim.Seeds;
import chat.plenary.messaging.sim.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/**
 * Simulated worlds, judged by the checker that judges histories of real processes, and by the
 * invariants. {@link Seeds} says which; with {@code -Dinvariants=false} the checker judges alone.
 * The history of a world that breaks a rule is kept: {@code benchmarks/lab/run check FILE} judges
 * it again, {@code benchmarks/lab/run dump FILE} prints it.
 */
class SimulationTest {
  private static final Path KEPT = Path.of("target", "simulation");
  private static final boolean INVARIANTS =
      !"false".equals(System.getProperty("invariants", "true"));

  @Test
  void whateverHappensTheRulesAreKept() throws IOException {
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

  /** The checker hears what it is told: a reader is shown all but one entry, and it says so. */
  @Test
  void anEntryThatOneReaderIsNotShownIsMissed() throws IOException {
    Path file = file(1, "forgetful");
    try (HistoryWriter writer = HistoryWriter.create(file)) {
      new World(1, null, new Forgetful(writer), true).run();
    }
    Verdict verdict = Checker.check(file);
    Files.delete(file);
    assertThat(verdict.counts()).containsOnlyKeys(Rule.STREAM_GAP, Rule.FOLLOWER);
  }

  private static final class Forgetful extends LabHistory {
    private int live;

    Forgetful(HistoryWriter writer) {
      super(writer, "forgetful", 1);
    }

    @Override
    public void shown(Duration at, String reader, AccountId account, How how, EntryView entry) {
      if (how != How.LIVE || !reader.equals("amy's phone") || ++live != 5) {
        super.shown(at, reader, account, how, entry);
      }
    }
  }

  private static void run(@Nullable Plight plight) throws IOException {
    String kind = plight == null ? "trouble" : plight.name().toLowerCase(Locale.ROOT);
    Seeds seeds = Seeds.asked(100);
    Map<String, Long> judged = new TreeMap<>();
    for (long seed : seeds.all()) {
      judge(seed, plight, kind).forEach((what, many) -> judged.merge(what, many, Long::sum));
    }
    assertThat(judged.get("ok")).as("accepted operations").isPositive();
    assertThat(judged.get("shown"))
        .as("entries shown")
        .isGreaterThanOrEqualTo(judged.get("entries"));
    System.out.println("worlds of " + kind + " judged: " + seeds.count() + ", " + judged);
  }

  private static Map<String, Long> judge(long seed, @Nullable Plight plight, String kind)
      throws IOException {
    Path file = file(seed, kind);
    String found;
    try (HistoryWriter writer = HistoryWriter.create(file)) {
      found = new World(seed, plight, new LabHistory(writer, kind, seed), INVARIANTS).run();
    }
    if (found != null) {
      Assertions.fail("seed " + seed + " of " + kind + ": " + found + " (" + file + ")");
    }
    Verdict verdict = Checker.check(file);
    if (!verdict.good()) {
      String rules = verdict.counts().toString();
      String words =
          verdict.violations().stream()
              .map(one -> one.rule() + ": " + one.words())
              .collect(Collectors.joining("\n"));
      Assertions.fail(
          "seed " + seed + " of " + kind + " broke " + rules + " (" + file + ")\n" + words);
    }
    Files.delete(file);
    return verdict.figures();
  }

  private static Path file(long seed, String kind) throws IOException {
    Files.createDirectories(KEPT);
    return KEPT.resolve(kind + "-" + seed + ".history");
  }
}
