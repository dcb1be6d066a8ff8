package chat.plenary.messaging.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The disk is full; shown on a small file system in memory that only the child sees. */
class FullDiskTest {
  @Test
  void aFullDiskIsToldAndTheStoreGoesOnWhenThereIsRoom(@TempDir Path directory) throws Exception {
    var small = Files.createDirectories(directory.resolve("small"));
    var mount = "mount -t tmpfs -o size=80m tmpfs '" + small + "'";
    var check = new ProcessBuilder("unshare", "-m", "sh", "-c", mount);
    Assumptions.assumeTrue(
        run(check, directory.resolve("check")) == 0, "no small file system can be mounted here");
    var command =
        new ArrayList<>(List.of("unshare", "-m", "sh", "-c", mount + " && exec \"$@\"", "sh"));
    command.addAll(Children.java(FullDisk.class, List.of(small.toString()), Map.of()).command());
    var log = directory.resolve("log");
    assertThat(run(new ProcessBuilder(command), log)).as(Files.readString(log)).isZero();
    System.out.println("full disk: " + Files.readString(log).lines().reduce("", (a, b) -> b));
  }

  /** Runs a command to its end, which is not 0 where the command is not there either. */
  private static int run(ProcessBuilder command, Path log) throws InterruptedException {
    try {
      var process = command.redirectErrorStream(true).redirectOutput(log.toFile()).start();
      try {
        return process.waitFor();
      } finally {
        process.destroyForcibly();
      }
    } catch (java.io.IOException e) {
      return -1;
    }
  }
}
