package chat.plenary.micro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark runs; how fast is no matter here. */
class StoreBenchmarkTest {
  @Test
  void everyPhaseOfTheEmbeddedStoreGivesAFigureBesideTheDisks(@TempDir Path directory)
      throws Exception {
    var bytes = new ByteArrayOutputStream();
    var out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    StoreBenchmark.embedded(out, directory, 3_000, Duration.ofMillis(120));
    var lines = bytes.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(lines)
        .filteredOn(line -> line.matches("the disk itself +[1-9].* syncs/s.*"))
        .hasSize(6);
    assertThat(lines)
        .filteredOn(line -> line.matches(".* [1-9][0-9,]* entries/s;.*"))
        .hasSizeBetween(6, 7);
    assertThat(lines).filteredOn(line -> line.matches(".* [1-9][0-9,]* commits/s;.*")).hasSize(2);
    assertThat(lines).filteredOn(line -> line.matches(".* [1-9][0-9,]* pages/s;.*")).hasSize(2);
    assertThatThrownBy(() -> StoreBenchmark.embedded(out, directory, 1, Duration.ofMillis(10)))
        .hasMessageContaining("exists already");
  }
}
