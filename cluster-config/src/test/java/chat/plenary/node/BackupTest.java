package chat.plenary.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Backups of a node that runs, as a process, with people who go on posting. */
@Timeout(600)
class BackupTest {
  /** A store of some 50 KiB: with this a backup takes as long as a test needs to break it. */
  private static final String SLOWLY = "1 KiB";

  @TempDir Path folder;

  @Test
  void whatWasAcceptedBeforeTheCommandIsInTheRestoredNodeInOrderAndWithoutGaps() throws Exception {
    Path data = folder.resolve("data");
    Path target = folder.resolve("backup");
    try (NodeProcess node = NodeProcess.start(data, "--demo")) {
      JsonObject demo = NodeProcess.demo(data);
      String group = group(demo);
      List<String> accepted = new ArrayList<>();
      AtomicBoolean stopped = new AtomicBoolean();
      List<String> before;
      try (Live alice = OneNodeTest.member(demo, "alice").connect(node)) {
        Thread sending =
            new Thread(() -> OneNodeTest.flood(alice, group, accepted, stopped), "sending");
        sending.start();
        Live.until("some messages", () -> OneNodeTest.size(accepted) > 100);
        synchronized (accepted) {
          before = List.copyOf(accepted);
        }
        assertThat(backUp(target, data)).startsWith("0 ").contains("of a running node");
        int after = OneNodeTest.size(accepted);
        Live.until("more messages", () -> OneNodeTest.size(accepted) > after + 100);
        stopped.set(true);
        sending.join();
      }
      requireClosedToOthers(target);
      requireNothingLeft(data);
      Rest alice = OneNodeTest.signedIn(node, demo, "alice");
      String cursor = alice.get("/api/v1/sync").good().getString("cursor");
      NavigableMap<Long, String> all = Live.history(alice, group);
      assertThat(node.stop()).isZero();

      Path restored = folder.resolve("restored");
      assertThat(restore(target, restored)).startsWith("0 ").contains("Restored to " + restored);
      try (NodeProcess again = node.again(restored)) {
        Rest same = OneNodeTest.signedIn(again, demo, "alice");
        NavigableMap<Long, String> history = Live.history(same, group);
        assertThat(history.values()).containsAll(before).doesNotHaveDuplicates();
        assertThat(history.keySet()).containsExactlyElementsOf(OneNodeTest.upTo(history.lastKey()));
        assertThat(history).isEqualTo(all.headMap(history.lastKey(), true));
        assertThat(history.size()).isLessThan(all.size());
        requireSecrets(again, demo);
        // Numbers that the copy does not have are given to others: who knew them begins anew.
        assertThat(same.get("/api/v1/sync?cursor=" + cursor).status()).isEqualTo(410);
        try (Live wei = OneNodeTest.member(demo, "wei").connect(again)) {
          wei.deliver(again, group, "first", "the first after the restore");
        }
        assertThat(Live.history(same, group).lastEntry().getValue())
            .isEqualTo("the first after the restore");
      }
    }
  }

  @Test
  void aBackupThatIsKilledLeavesTheNodeSoundAndNothingOfItsName() throws Exception {
    Path data = folder.resolve("data");
    Path target = folder.resolve("backup");
    Path partial = folder.resolve("backup.partial");
    try (NodeProcess node = NodeProcess.start(data, "--demo")) {
      JsonObject demo = NodeProcess.demo(data);
      Process command = slowly(target, data, SLOWLY);
      try {
        Live.until("a copy to begin", () -> Files.exists(partial.resolve("store/db")));
        assertThat(
                Commands.said(
                    "backup", folder.resolve("second").toString(), "--data", data.toString()))
            .startsWith("1 ")
            .contains("another backup of this node is under way");
        assertThat(backUp(target, data)).startsWith("1 ").contains("another backup is under way");
      } finally {
        command.destroyForcibly();
        assertThat(command.waitFor(60, TimeUnit.SECONDS)).isTrue();
      }
      assertThat(target).doesNotExist();
      assertThat(partial).exists();
      assertThat(restore(partial, folder.resolve("restored")))
          .startsWith("1 ")
          .contains("no whole backup");
      Live.until("the snapshot to go", () -> isIdle(data));
      try (Live alice = OneNodeTest.member(demo, "alice").connect(node)) {
        alice.deliver(node, group(demo), "after", "after the kill");
      }
      assertThat(backUp(target, data)).startsWith("1 ").contains("In that case delete it");
      assertThat(backUp(folder.resolve("other"), data)).startsWith("0 ");
    }
  }

  @Test
  void aNodeThatIsKilledMeanwhileIsSoundAndStartsWithoutWhatWasBegun() throws Exception {
    Path data = folder.resolve("data");
    Path target = folder.resolve("backup");
    try (NodeProcess node = NodeProcess.start(data, "--demo")) {
      JsonObject demo = NodeProcess.demo(data);
      try (Live alice = OneNodeTest.member(demo, "alice").connect(node)) {
        alice.deliver(node, group(demo), "before", "before the kill");
      }
      NavigableMap<Long, String> before =
          Live.history(OneNodeTest.signedIn(node, demo, "alice"), group(demo));
      Process command = slowly(target, data, SLOWLY);
      Live.until("a copy to begin", () -> Files.exists(folder.resolve("backup.partial/store/db")));
      node.kill();
      assertThat(data.resolve("control/snapshot")).exists();
      try (NodeProcess again = node.again(data)) {
        assertThat(data.resolve("control/snapshot")).doesNotExist();
        assertThat(Live.history(OneNodeTest.signedIn(again, demo, "alice"), group(demo)))
            .isEqualTo(before);
        assertThat(command.waitFor(300, TimeUnit.SECONDS)).isTrue();
        assertThat(command.exitValue()).isEqualTo(Failure.FAILED);
        assertThat(folder.resolve("said")).content().contains("stopped or started again meanwhile");
        assertThat(target).doesNotExist();
        assertThat(folder.resolve("backup.partial")).doesNotExist();
        assertThat(backUp(target, data)).startsWith("0 ");
      }
    }
  }

  @Test
  void aBackupComesToItsEndWithoutTheNodeThatWasKilled() throws Exception {
    Path data = folder.resolve("data");
    Path target = folder.resolve("backup");
    try (NodeProcess node = NodeProcess.start(data, "--demo")) {
      JsonObject demo = NodeProcess.demo(data);
      NavigableMap<Long, String> before =
          Live.history(OneNodeTest.signedIn(node, demo, "alice"), group(demo));
      Process command = slowly(target, data, "8 KiB");
      Live.until("a copy to begin", () -> Files.exists(folder.resolve("backup.partial/store/db")));
      node.kill();
      assertThat(target).doesNotExist();
      assertThat(command.waitFor(300, TimeUnit.SECONDS)).isTrue();
      assertThat(command.exitValue()).isZero();
      assertThat(restore(target, folder.resolve("restored"))).startsWith("0 ");
      try (NodeProcess again = node.again(folder.resolve("restored"))) {
        assertThat(Live.history(OneNodeTest.signedIn(again, demo, "alice"), group(demo)))
            .isEqualTo(before);
      }
    }
  }

  @Test
  void aStoreThatNobodyHasOpenIsCopiedAndNotTouched() throws Exception {
    Path data = folder.resolve("data");
    JsonObject demo;
    NavigableMap<Long, String> before;
    try (NodeProcess node = NodeProcess.start(data, "--demo")) {
      demo = NodeProcess.demo(data);
      before = Live.history(OneNodeTest.signedIn(node, demo, "alice"), group(demo));
      // As a killed node leaves it: with a log that is not in tables yet, and a socket.
      node.kill();
    }
    List<String> files = listed(data.resolve("store"));
    assertThat(backUp(folder.resolve("backup"), data)).startsWith("0 ").contains("does not run");
    assertThat(listed(data.resolve("store"))).isEqualTo(files);
    Path restored = folder.resolve("restored");
    assertThat(restore(folder.resolve("backup"), restored)).startsWith("0 ");
    try (NodeProcess node = NodeProcess.start(restored)) {
      assertThat(Live.history(OneNodeTest.signedIn(node, demo, "alice"), group(demo)))
          .isEqualTo(before);
    }
  }

  private static String backUp(Path target, Path data) {
    return Commands.said("backup", target.toString(), "--data", data.toString());
  }

  private static String restore(Path backup, Path data) {
    return Commands.said("restore", backup.toString(), "--data", data.toString());
  }

  private Process slowly(Path target, Path data, String rate) throws IOException {
    return Commands.start(
        folder.resolve("said"),
        "backup",
        target.toString(),
        "--data",
        data.toString(),
        "--max-rate",
        rate);
  }

  private static String group(JsonObject demo) {
    return demo.getJsonArray("groups").getJsonObject(0).getString("id");
  }

  /** Passwords, a bot's token, the address of a hook: all that others hold the other half of. */
  private static void requireSecrets(NodeProcess node, JsonObject demo) {
    JsonObject bot = demo.getJsonArray("bots").getJsonObject(0);
    Rest as = new Rest(node.url(), bot.getString("token"));
    assertThat(as.get("/api/v1/me").good().getString("id")).isEqualTo(bot.getString("id"));
    String hook = demo.getJsonArray("hooks").getJsonObject(0).getString("url");
    String path = hook.substring(demo.getString("baseUrl").length());
    assertThat(Rest.at(node.url()).post(path, new JsonObject()).status()).isEqualTo(400);
  }

  private static void requireClosedToOthers(Path target) throws IOException {
    try (Stream<Path> all = Files.walk(target)) {
      for (Path path : all.toList()) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
            .as(path.toString())
            .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------");
      }
    }
  }

  private static void requireNothingLeft(Path data) throws IOException {
    Live.until("the snapshot to go", () -> isIdle(data));
    for (String path : List.of("", "control", "control/socket")) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve(path))))
          .as(path)
          .endsWith("------");
    }
  }

  private static boolean isIdle(Path data) {
    return !Files.exists(data.resolve("control/snapshot"))
        && !Files.exists(data.resolve("control/snapshot.partial"));
  }

  /** Files with their sizes and times; but for the lock, which says who had it. */
  private static List<String> listed(Path store) throws IOException {
    try (Stream<Path> all = Files.walk(store)) {
      List<String> listed = new ArrayList<>();
      for (Path path : all.filter(one -> !one.endsWith("lock")).sorted().toList()) {
        String what = path + " " + Files.getLastModifiedTime(path);
        listed.add(Files.isDirectory(path) ? what : what + " " + Files.size(path));
      }
      return listed;
    }
  }
}
