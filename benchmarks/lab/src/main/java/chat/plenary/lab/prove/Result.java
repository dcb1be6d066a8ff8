package chat.plenary.lab.prove;

import chat.plenary.lab.checker.Verdict;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of a scenario.
 *
 * @param verdict null where the run itself failed, or was left out
 * @param problems what went wrong beside the rules
 * @param pauseSeconds the longest time in which a conversation accepted nothing while things broke
 * @param settleSeconds how long it took after the last fault until all was settled
 * @param history where it is kept; null where it was good
 * @param leftOut why it was not run, or null
 */
record Result(
    Scenario scenario,
    long seed,
    @Nullable Verdict verdict,
    List<String> problems,
    double seconds,
    double pauseSeconds,
    double settleSeconds,
    @Nullable Path history,
    @Nullable String leftOut) {

  boolean good() {
    return leftOut != null || (verdict != null && verdict.good() && problems.isEmpty());
  }
}
