package chat.plenary.node;

import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.messaging.store.mongo.TestMongo;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * An operator's route on three nodes, each a process, whose consumer's node is killed or freezes.
 */
@Timeout(900)
class RoutesClusterTest {
  @TempDir Path folder;

  @Test
  void whateverNodeReadsAGroupIsKilledOrFreezesItsRouteGoesOnAndNothingIsLostOrDoubled()
      throws Exception {
    Path routes = Files.createDirectories(folder.resolve("routes"));
    try (Nodes nodes =
        new Nodes(
            folder,
            TestMongo.shared(),
            3,
            List.of("--demo", "--routes-folder", routes.toString()))) {
      Rest alice = OneNodeTest.signedIn(nodes.get(0), nodes.demo(), "alice");
      JsonObject bot =
          alice
              .post("/api/v1/bots", new JsonObject().put("userid", "copy-bot").put("name", "Copy"))
              .good();
      String from = group(alice, "copied", bot.getString("id"));
      String to = group(alice, "copies", bot.getString("id"));
      String organisation =
          alice.get("/api/v1/me").good().getJsonObject("organisation").getString("id");
      route(routes, from, to, bot.getString("id"), organisation);

      int sent = 0;
      for (int round = 0; round < 3; round++) {
        int holder = holder(nodes);
        int other = (holder + 1) % 3;
        Rest posting = OneNodeTest.signedIn(nodes.get(other), nodes.demo(), "alice");
        AtomicBoolean enough = new AtomicBoolean();
        ExecutorService load = Executors.newSingleThreadExecutor();
        int first = sent;
        Future<Integer> posted = load.submit(() -> post(posting, from, first, enough));
        Live.until("some copies", () -> copies(posting, to) > first + 20);
        boolean freezes = round == 2;
        if (freezes) {
          nodes.get(holder).signal("STOP");
        } else {
          nodes.get(holder).kill();
        }
        long killed = System.nanoTime();
        int copied = copies(posting, to);
        Live.until("more copies", () -> copies(posting, to) > copied + 5);
        long took = (System.nanoTime() - killed) / 1_000_000;
        System.out.println(
            "With its node "
                + (freezes ? "frozen" : "killed")
                + ", the route went on after "
                + took
                + " ms.");
        if (freezes) {
          // It wakes in the belief that it is still its turn, with exchanges half done.
          nodes.get(holder).signal("CONT");
          int woken = copies(posting, to);
          Live.until("more copies yet", () -> copies(posting, to) > woken + 20);
        }
        enough.set(true);
        sent = posted.get();
        load.shutdown();
        if (!freezes) {
          nodes.startAgain(holder);
        }
      }
      int all = sent;
      Rest reader = OneNodeTest.signedIn(nodes.get(holder(nodes)), nodes.demo(), "alice");
      Live.until("all copies", () -> texts(reader, to).size() >= all);
      assertThat(texts(reader, from)).hasSize(all);
      assertThat(texts(reader, to)).isEqualTo(texts(reader, from));
      assertThat(reader.get("/api/v1/dead-letters").good().getJsonArray("deadLetters")).isEmpty();
      System.out.println(all + " messages were copied, each once and in order.");
    }
  }

  private static int post(Rest posting, String group, int first, AtomicBoolean enough) {
    int next = first;
    while (!enough.get()) {
      JsonObject body = new JsonObject().put("type", "text").put("text", "m" + next);
      JsonObject message = new JsonObject().put("ref", "m" + next).put("body", body);
      int status = posting.post("/api/v1/conversations/" + group + "/messages", message).status();
      if (status / 100 == 2) {
        next++;
      }
      NodeProcess.pause(10);
    }
    return next;
  }

  private static int copies(Rest reader, String group) {
    return Live.history(reader, group).size();
  }

  private static List<String> texts(Rest reader, String group) {
    List<String> texts = new ArrayList<>(Live.history(reader, group).values());
    texts.removeIf(text -> text.startsWith("("));
    return texts;
  }

  /** The node whose turn it is; there is never more than one that says so for long. */
  private static int holder(Nodes nodes) throws IOException {
    JsonObject demo = nodes.demo();
    int[] found = {-1};
    Live.until(
        "one node to read the group",
        () -> {
          List<Integer> holders = new ArrayList<>();
          for (int i = 0; i < 3; i++) {
            JsonArray files =
                OneNodeTest.signedIn(nodes.get(i), demo, "alice")
                    .get("/api/v1/routes")
                    .good()
                    .getJsonArray("files");
            if (files.size() == 1
                && files.getJsonObject(0).getJsonArray("routes").size() == 1
                && files
                    .getJsonObject(0)
                    .getJsonArray("routes")
                    .getJsonObject(0)
                    .getBoolean("turn")) {
              holders.add(i);
            }
          }
          found[0] = holders.size() == 1 ? holders.get(0) : -1;
          return found[0] >= 0;
        });
    return found[0];
  }

  private static String group(Rest owner, String id, String bot) {
    JsonObject group =
        new JsonObject()
            .put("ref", "make-" + id)
            .put("kind", "group")
            .put("id", id)
            .put("name", id)
            .put("members", new JsonArray().add(bot))
            .put("history", true);
    return owner.post("/api/v1/conversations", group).good().getString("id");
  }

  private static void route(Path routes, String from, String to, String bot, String organisation)
      throws IOException {
    String as = "?as=" + bot + "&organisation=" + organisation;
    Files.writeString(
        routes.resolve("copy.yaml"),
        """
        - route:
            id: copy
            from:
              uri: "plenary:group/%s%s&format=text"
              steps:
                - to: "plenary:group/%s%s"
        """
            .formatted(from, as, to, as));
  }
}
