package chat.plenary.lab.checker;

import static chat.plenary.lab.checker.Story.day;
import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.lab.history.Event;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** A good history passes. */
class CheckerTest {
  @Test
  void aGoodHistoryPasses() throws IOException {
    Verdict verdict = day().end().judge();
    assertThat(verdict.violations()).isEmpty();
    assertThat(verdict.good()).isTrue();
    assertThat(verdict.figures()).containsEntry("operations", 8L).containsEntry("entries", 9L);
  }

  @Test
  void aFileThatWasCutOffIsJudgedUpToThere() throws IOException {
    Story story = day().end();
    java.nio.file.Path file = java.nio.file.Files.createTempFile("cut", ".history");
    try (var writer = chat.plenary.lab.history.HistoryWriter.create(file)) {
      story.events.forEach(writer::add);
      writer.add(new Event.Fault(story.tick(1), true, false, "n1", "one more"));
    }
    byte[] bytes = java.nio.file.Files.readAllBytes(file);
    java.nio.file.Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length - 3));
    assertThat(Checker.check(file).good()).isTrue();
    java.nio.file.Files.delete(file);
  }
}
