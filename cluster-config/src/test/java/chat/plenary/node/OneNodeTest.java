package chat.plenary.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One node on the embedded store, as a process with real sockets. */
@Timeout(600)
class OneNodeTest {
  @TempDir Path data;

  @Test
  void theFirstStartPrintsASetUpLinkThatWorksOnce() {
    try (NodeProcess node = NodeProcess.start(data)) {
      String token = node.printed("/setup#(\\S+)");
      JsonObject setUp =
          new JsonObject()
              .put("token", token)
              .put("organisation", new JsonObject().put("name", "Assembly"))
              .put(
                  "owner",
                  new JsonObject()
                      .put("userid", "alice")
                      .put("name", "Alice Adams")
                      .put("password", "correct horse battery staple"));
      Rest stranger = Rest.at(node.url());
      assertThat(stranger.post("/api/v1/setup", setUp.copy().put("token", "s1.guessed")).status())
          .isEqualTo(401);
      stranger.post("/api/v1/setup", setUp).good();
      assertThat(stranger.post("/api/v1/setup", setUp).status()).isEqualTo(410);
      Rest alice = Rest.signedIn(node.url(), "alice", "correct horse battery staple");
      assertThat(alice.get("/api/v1/me").good().getString("role")).isEqualTo("owner");
      assertThat(stranger.get("/").text()).contains("<html");
      assertThat(node.stop()).isZero();
      try (NodeProcess again = node.again(data)) {
        assertThat(again.output()).doesNotContain("/setup#");
      }
    }
  }

  @Test
  void aSecondStartOfTheDemonstrationChangesNothing() throws IOException {
    try (NodeProcess node = NodeProcess.start(data, "--demo")) {
      String file = Files.readString(data.resolve("demo.json"));
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(data.resolve("demo.json"))))
          .isEqualTo("rw-------");
      JsonObject demo = NodeProcess.demo(data);
      assertThat(demo.getString("baseUrl")).isEqualTo(node.url());
      assertThat(demo.getJsonArray("users").size()).isGreaterThanOrEqualTo(12);
      List<NavigableMap<Long, String>> before = histories(node, demo);
      assertThat(before.get(0)).hasSizeGreaterThan(12);
      assertThat(node.stop()).isZero();
      try (NodeProcess again = node.again(data, "--demo")) {
        assertThat(Files.readString(data.resolve("demo.json"))).isEqualTo(file);
        assertThat(histories(again, demo)).isEqualTo(before);
      }
    }
  }

  @Test
  void whatTheDemonstrationTellsProgramsIsTrue() throws IOException {
    try (NodeProcess node = NodeProcess.start(data, "--demo")) {
      JsonObject demo = NodeProcess.demo(data);
      for (Object one : demo.getJsonArray("users")) {
        JsonObject user = (JsonObject) one;
        JsonObject me = signedIn(node, demo, user.getString("userid")).get("/api/v1/me").good();
        assertThat(me.getString("id")).isEqualTo(user.getString("id"));
        assertThat(me.getString("role")).isEqualTo(user.getString("role"));
      }
      for (Object one : demo.getJsonArray("bots")) {
        JsonObject bot = (JsonObject) one;
        JsonObject me = new Rest(node.url(), bot.getString("token")).get("/api/v1/me").good();
        assertThat(me.getString("id")).isEqualTo(bot.getString("id"));
      }
      JsonObject hook = demo.getJsonArray("hooks").getJsonObject(0);
      String path = hook.getString("url").substring(node.url().length());
      assertThat(Rest.at(node.url()).post(path, firing()).status()).isEqualTo(204);
      JsonObject huge = new JsonObject().put("data", "x".repeat(65_536));
      for (String address : List.of(path, "/hooks/meetings/tencent")) {
        assertThat(Rest.at(node.url()).post(address, huge).status()).as(address).isEqualTo(413);
      }
      NavigableMap<Long, String> operations =
          Live.history(signedIn(node, demo, "alice"), hook.getString("group"));
      assertThat(operations.lastEntry().getValue()).contains("DiskFull");
      JsonArray surveys =
          signedIn(node, demo, "alice").get("/api/v1/surveys").good().getJsonArray("surveys");
      assertThat(surveys.getJsonObject(0).getString("id")).isEqualTo("un75");
    }
  }

  @Test
  void aNodeKilledBetweenTwoMessagesLosesNothingAndDoublesNothing() throws IOException {
    NodeProcess node = NodeProcess.start(data, "--demo");
    JsonObject demo = NodeProcess.demo(data);
    String group = demo.getJsonArray("groups").getJsonObject(0).getString("id");
    try (Live alice = member(demo, "alice").connect(node);
        Live wei = member(demo, "wei").connect(node)) {
      alice.deliver(node, group, "before", "before the kill");
      wei.awaitShown(group, "before the kill");
      node.kill();
      node = node.again(data, "--demo");
      wei.connect(node);
      alice.connect(node);
      alice.deliver(node, group, "before", "before the kill");
      alice.deliver(node, group, "after", "after the kill");
      wei.awaitShown(group, "after the kill");
      NavigableMap<Long, String> history = Live.history(alice.rest(), group);
      assertThat(history.values().stream().filter("before the kill"::equals)).hasSize(1);
      assertThat(history.values().stream().filter("after the kill"::equals)).hasSize(1);
      assertThat(history.keySet()).containsExactlyElementsOf(upTo(history.lastKey()));
      assertThat(wei.wrong()).isEmpty();
      assertThat(alice.wrong()).isEmpty();
    } finally {
      node.close();
    }
  }

  @Test
  void aNodeThatIsStoppedUnderLoadLosesNothingThatItAccepted() throws Exception {
    NodeProcess node = NodeProcess.start(data, "--demo");
    JsonObject demo = NodeProcess.demo(data);
    String group = demo.getJsonArray("groups").getJsonObject(0).getString("id");
    List<String> accepted = new ArrayList<>();
    try (Live alice = member(demo, "alice").connect(node)) {
      AtomicBoolean stopped = new AtomicBoolean();
      Thread sending = new Thread(() -> flood(alice, group, accepted, stopped));
      sending.start();
      Live.until("some messages", () -> size(accepted) > 50);
      assertThat(node.stop()).isZero();
      stopped.set(true);
      sending.join();
      assertNoBlockedThreadsOfOurs(node);
      node = node.again(data, "--demo");
      alice.connect(node);
      NavigableMap<Long, String> history = Live.history(alice.rest(), group);
      assertThat(history.values()).containsAll(accepted);
      assertThat(history.values()).doesNotHaveDuplicates();
    } finally {
      node.close();
    }
  }

  /** As fast as answers come, some under way at once; notes what was accepted. */
  static void flood(Live sender, String group, List<String> accepted, AtomicBoolean stopped) {
    for (int round = 0; !stopped.get() && sender.isOpen(); round++) {
      List<String> refs = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        String ref = "load-" + round + "-" + i;
        refs.add(ref);
        sender.post(group, ref, ref);
      }
      for (String ref : refs) {
        Live.until(ref, () -> sender.outcome(ref) != null);
        if ("accepted".equals(sender.outcome(ref))) {
          synchronized (accepted) {
            accepted.add(ref);
          }
        }
      }
    }
  }

  static int size(List<String> list) {
    synchronized (list) {
      return list.size();
    }
  }

  /** A warning of a blocked thread with our code in its stack is a defect. */
  static void assertNoBlockedThreadsOfOurs(NodeProcess node) {
    assertThat(node.output())
        .doesNotContainPattern(
            "(?s)BlockedThreadChecker[^\\n]*\\n(\\S*\\s+at [^\\n]*\\n)*?\\s+at chat\\.plenary");
  }

  private static List<NavigableMap<Long, String>> histories(NodeProcess node, JsonObject demo) {
    Rest alice = signedIn(node, demo, "alice");
    return demo.getJsonArray("groups").stream()
        .map(group -> Live.history(alice, ((JsonObject) group).getString("id")))
        .toList();
  }

  static Live member(JsonObject demo, String userid) {
    return new Live(userid, password(demo));
  }

  static Rest signedIn(NodeProcess node, JsonObject demo, String userid) {
    return Rest.signedIn(node.url(), userid, password(demo));
  }

  private static String password(JsonObject demo) {
    return demo.getJsonArray("users").getJsonObject(0).getString("password");
  }

  static List<Long> upTo(long last) {
    return java.util.stream.LongStream.rangeClosed(1, last).boxed().toList();
  }

  private static JsonObject firing() {
    JsonObject labels = new JsonObject().put("alertname", "DiskFull").put("severity", "page");
    JsonObject alert =
        new JsonObject()
            .put("status", "firing")
            .put("labels", labels)
            .put("annotations", new JsonObject().put("summary", "The disk is nearly full"))
            .put("startsAt", "2026-11-24T09:30:00.000Z")
            .put("endsAt", "0001-01-01T00:00:00Z")
            .put("generatorURL", "http://prometheus.example/graph")
            .put("fingerprint", "0123456789abcdef");
    return new JsonObject()
        .put("version", "4")
        .put("groupKey", "{}:{alertname=\"DiskFull\"}")
        .put("truncatedAlerts", 0)
        .put("status", "firing")
        .put("receiver", "plenary")
        .put("groupLabels", new JsonObject().put("alertname", "DiskFull"))
        .put("commonLabels", labels)
        .put("commonAnnotations", new JsonObject())
        .put("externalURL", "http://alertmanager.example")
        .put("alerts", new JsonArray().add(alert));
  }
}
