package chat.plenary.messaging.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.messaging.store.StoreUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The file operations of a process that writes are recorded; then the power is cut at random places
 * of the record, and what the disk may hold is opened.
 */
class PowerLossTest {
  private static final int RUNS = 1_200;

  @Test
  @Timeout(value = 2, unit = TimeUnit.HOURS)
  void whatWasAcknowledgedIsThereAfterPowerLossAtAnyMoment(@TempDir Path directory)
      throws Exception {
    var operations = Disk.read(record(directory));
    long seed = new Random().nextLong();
    var random = new Random(seed);
    int rounds = Children.rounds(25);
    var cuts = random.ints(rounds, 1, operations.size() + 1).sorted().toArray();
    var disk = new Disk();
    int at = 0;
    int acknowledged = 0;
    for (int cut : cuts) {
      while (at < cut) {
        disk.apply(operations.get(at++));
      }
      var told = Writing.acknowledged(disk.text(directory.resolve("all/notes").toString()));
      acknowledged += told.values().stream().mapToInt(each -> (int) each.head() + 1).sum();
      var found = directory.resolve("found");
      disk.cutPower(random, directory.resolve("all/store").toString(), found);
      try {
        requireAll(found, told);
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError(
            "seed %d, operation %d of %d".formatted(seed, cut, operations.size()), e);
      }
      remove(found);
    }
    System.out.printf(
        "power loss: %d cuts of %d operations, %d entries acknowledged in all, none missing%n",
        rounds, operations.size(), acknowledged);
  }

  /** Shows that the test above would see a store that does not sync. */
  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void ifSyncsWereForgottenTheLossWouldBeSeen(@TempDir Path directory) throws Exception {
    var operations = Disk.read(record(directory));
    var random = new Random(5);
    var disk = new Disk();
    var seen = new ArrayList<String>();
    int at = 0;
    for (int cut = operations.size() / 4; cut < operations.size(); cut += operations.size() / 8) {
      for (; at < cut; at++) {
        if (operations.get(at).kind() != 'S' || at < operations.size() / 8) {
          disk.apply(operations.get(at));
        }
      }
      var told = Writing.acknowledged(disk.text(directory.resolve("all/notes").toString()));
      var found = directory.resolve("found");
      disk.cutPower(random, directory.resolve("all/store").toString(), found);
      try {
        requireAll(found, told);
      } catch (RuntimeException | AssertionError e) {
        seen.add(e.toString());
      }
      remove(found);
    }
    assertThat(seen).isNotEmpty();
  }

  private static void requireAll(Path found, Map<String, Writing.Acknowledged> told) {
    var store = Writing.open(found);
    try {
      Writing.requireAll(store, told);
    } finally {
      StoreUnderTest.await(store.close());
    }
  }

  private static Path record(Path directory) throws IOException, InterruptedException {
    var library = compile(directory);
    var all = Files.createDirectories(directory.resolve("all"));
    var record = directory.resolve("record");
    var log = directory.resolve("log");
    var child =
        Children.start(
            all.resolve("store"),
            all.resolve("notes"),
            RUNS,
            log,
            Map.of(
                "LD_PRELOAD", library.toString(),
                "RECORD_DIR", all.toString(),
                "RECORD_FILE", record.toString()));
    Children.awaitEnd(child, log);
    assertThat(Files.size(record)).isGreaterThan(1_000_000);
    return record;
  }

  /** Needs a C compiler; where there is none the test is skipped, unless all is required. */
  private static Path compile(Path directory) throws IOException, InterruptedException {
    var source = directory.resolve("record.c");
    try (var in = PowerLossTest.class.getResourceAsStream("/power-loss/record.c")) {
      Files.copy(in, source);
    }
    var library = directory.resolve("record.so");
    var log = directory.resolve("cc.log");
    try {
      var compiler =
          new ProcessBuilder(
                  "cc",
                  "-O1",
                  "-shared",
                  "-fPIC",
                  "-o",
                  library.toString(),
                  source.toString(),
                  "-ldl",
                  "-lpthread")
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      assertThat(compiler.waitFor()).as(Files.readString(log)).isZero();
    } catch (IOException e) {
      assertThat("true".equals(System.getenv("CI")) || System.getenv("PLENARY_REQUIRE_ALL") != null)
          .as("a C compiler (cc) is required")
          .isFalse();
      Assumptions.abort("no C compiler (cc) to make the recorder with");
    }
    return library;
  }

  private static void remove(Path directory) throws IOException {
    try (var paths = Files.walk(directory)) {
      for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
