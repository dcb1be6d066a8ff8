package chat.plenary.messaging.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.messaging.store.StoreUnderTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that writes is killed with -9, again and again, on the same files. */
class KilledTest {
  @Test
  @Timeout(value = 2, unit = TimeUnit.HOURS)
  void whatWasAcknowledgedIsThereAfterEveryKill(@TempDir Path directory) throws Exception {
    var random = new Random();
    var store = directory.resolve("store");
    var notes = directory.resolve("notes");
    var log = directory.resolve("log");
    for (int round = 0; round < Children.rounds(3); round++) {
      long before = Files.exists(notes) ? Files.size(notes) : 0;
      var child = Children.start(store, notes, Integer.MAX_VALUE, log, Map.of());
      Children.awaitNotes(child, notes, before, log);
      Thread.sleep(100 + random.nextInt(900));
      child.destroyForcibly().waitFor();
      var acknowledged = Writing.acknowledged(Files.readString(notes));
      assertThat(acknowledged).hasSizeBetween(1, Writing.LANES);
      var opened = Writing.open(store);
      Writing.requireAll(opened, acknowledged);
      StoreUnderTest.await(opened.close());
    }
    System.out.println(
        "killed with -9: acknowledged " + Writing.acknowledged(Files.readString(notes)));
  }
}
