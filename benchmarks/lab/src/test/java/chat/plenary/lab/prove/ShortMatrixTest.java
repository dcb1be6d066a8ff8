package chat.plenary.lab.prove;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import chat.plenary.lab.fault.StoreServer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.opentest4j.TestAbortedException;

/**
 * Real nodes that are killed and stopped while people chat, judged like the long proof; each takes
 * some twenty seconds. Needs the node that the build has made.
 */
@EnabledIf(
    value = "isWanted",
    disabledReason = "takes two minutes: in CI, or where -Dplenary.matrix=true asks for it")
class ShortMatrixTest {
  static boolean isWanted() {
    return System.getenv("CI") != null || Boolean.getBoolean("plenary.matrix");
  }

  @Test
  @Timeout(240)
  void aNodeWithItsOwnStoreKeepsEveryRuleWhenItIsKilledAndStopped() throws Exception {
    assertThat(prove("kill-node,pause-node", "7")).isZero();
  }

  @Test
  @Timeout(240)
  void threeNodesKeepEveryRuleWhenOneAfterAnotherIsKilled() throws Exception {
    boolean required = System.getenv("CI") != null;
    assumeTrue(required || StoreServer.scripts() != null, "there is no " + StoreServer.VARIABLE);
    assertThat(StoreServer.scripts()).isNotNull();
    assertThat(prove("kill-nodes", "8")).isZero();
  }

  private int prove(String scenarios, String seed) throws Exception {
    return Prove.run(
        List.of(
            "--scenario",
            scenarios,
            "--seed",
            seed,
            "--rate",
            "60",
            "--jar",
            node().toString(),
            "--out",
            Path.of("target", "matrix-" + seed).toString()));
  }

  /** Where an ordinary build makes it, or {@code ./plenary}. */
  private static Path node() throws Exception {
    for (String target : List.of("target", "target/run")) {
      Path folder = Path.of("..", "..", "cluster-config", target).toAbsolutePath().normalize();
      if (Files.isDirectory(folder.resolve("lib"))) {
        try (DirectoryStream<Path> jars =
            Files.newDirectoryStream(folder, "plenary-cluster-config-*SNAPSHOT.jar")) {
          for (Path jar : jars) {
            return jar;
          }
        }
      }
    }
    if (System.getenv("CI") != null) {
      throw new IllegalStateException("Build cluster-config before, which makes the node.");
    }
    throw new TestAbortedException("the node is not built");
  }
}
