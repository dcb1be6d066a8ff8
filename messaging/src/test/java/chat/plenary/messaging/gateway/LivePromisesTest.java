package chat.plenary.messaging.gateway;

import static chat.plenary.messaging.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.messaging.SlowStore;
import chat.plenary.messaging.account.SignedIn;
import chat.plenary.messaging.content.MessageBody;
import chat.plenary.messaging.delivery.Signals.Signal;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.id.Ref;
import chat.plenary.messaging.log.Outcome;
import chat.plenary.messaging.message.EntryView;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a live connection promises when readers are slow, nodes are cut off, and members go. */
class LivePromisesTest {
  @TempDir Path directory;
  private SlowStore store;
  private LiveNode node;
  private SignedIn carol;
  private ConversationId group;

  private void open(LiveConnections.Options options) throws Exception {
    node =
        new LiveNode(
            directory,
            options,
            real -> {
              store = new SlowStore(real);
              return store;
            });
    carol = node.join("carol");
    group = node.assembly.group("one");
    members(List.of(carol.account().id()), List.of(), "add-carol");
  }

  private void members(List<AccountId> add, List<AccountId> remove, String ref) throws Exception {
    var changed =
        await(
            node.assembly
                .chat
                .conversations()
                .changeMembers(node.assembly.alice, group, add, remove, new Ref(ref)));
    assertThat(changed.outcome()).isInstanceOf(Outcome.Accepted.class);
  }

  private long post(String ref) throws Exception {
    return ((Outcome.Accepted) node.assembly.post(node.assembly.alice, group, ref, ref)).seq();
  }

  @AfterEach
  void close() throws Exception {
    if (node != null) {
      node.close();
    }
  }

  private static LiveConnections.Options options(Duration heartbeat, int inFlight, long pending) {
    return new LiveConnections.Options(
        Duration.ofSeconds(10), heartbeat, 20, 1_000, inFlight, pending);
  }

  private void cutOff() throws Exception {
    store.before(
        (doing, collection) ->
            collection.equals("freshness")
                ? Future.failedFuture("cut off")
                : Future.succeededFuture());
    while (node.assembly.chat.log().isFresh()) {
      await(node.assembly.vertx.timer(50));
    }
  }

  private void reachAgain() {
    store.before((doing, collection) -> Future.succeededFuture());
  }

  @Test
  void aReaderWhoIsTooSlowIsToldSoAndFindsEverythingWhenItComesBack() throws Exception {
    open(options(Duration.ofSeconds(30), 64, 128 * 1024));
    LiveNode.Client slow = node.connectNarrow(carol);
    slow.socket.pause();
    List<Future<Outcome>> posts = new ArrayList<>();
    for (int i = 0; i < 700; i++) {
      posts.add(
          node.assembly
              .chat
              .messages()
              .post(
                  node.assembly.alice,
                  group,
                  new Ref("p" + i),
                  MessageBody.text("x".repeat(15_000)),
                  "path"));
    }
    long last = 0;
    for (Future<Outcome> post : posts) {
      last = ((Outcome.Accepted) await(post)).seq();
    }
    await(node.assembly.vertx.timer(200));
    slow.socket.resume();
    List<Long> seen = new ArrayList<>();
    JsonObject frame = slow.next();
    String cursor = slow.resumed.get(slow.resumed.size() - 1).getString("cursor");
    while (!frame.getString("type").equals("bye")) {
      if (frame.getString("type").equals("entry")) {
        seen.add(frame.getJsonObject("entry").getLong("seq"));
      } else if (frame.getString("type").equals("cursor")) {
        cursor = frame.getString("cursor");
      }
      frame = slow.next();
    }
    assertThat(frame.getString("reason")).isEqualTo("slow");
    assertThat(slow.next().getString("type")).isEqualTo("closed");
    assertThat(seen.size()).isLessThan(700);
    long first = last - 699;
    assertThat(seen).isEqualTo(range(first, first + seen.size() - 1));

    LiveNode.Client again = node.connect(carol, cursor);
    JsonObject told = told(again).get(0);
    assertThat(seqs(told)).isEqualTo(range(last - 49, last));
    assertThat(told.getBoolean("complete")).isFalse();
    List<Long> between = new ArrayList<>();
    for (long after = first + seen.size() - 1; after < last - 50; ) {
      for (EntryView one :
          await(node.assembly.chat.history().page(node.assembly.bo, group, 0, after, 100))
              .entries()) {
        between.add(one.entry().seq());
        after = one.entry().seq();
      }
    }
    assertThat(between).startsWith(first + seen.size()).contains(last - 50);
    assertThat(between).isEqualTo(range(first + seen.size(), between.get(between.size() - 1)));
  }

  @Test
  void aNodeThatIsNotFreshWritesNothingAndThenWhatWasMissedInOrderAndOnce() throws Exception {
    open(LiveConnections.Options.defaults());
    LiveNode.Client client = node.connect(carol, null);
    cutOff();
    client.frames.clear();
    long first = post("a");
    post("b");
    long third = post("c");
    client.send(new JsonObject().put("type", "ping"));
    node.assembly.chat.signals().send(new Signal.Card(group, first, carol.account().id()));
    assertThat(client.frames.poll(1_500, TimeUnit.MILLISECONDS)).isNull();

    reachAgain();
    JsonObject frame = client.next();
    List<JsonObject> came = new ArrayList<>();
    while (!frame.getString("type").equals("live")) {
      came.add(frame);
      frame = client.next();
    }
    assertThat(came).extracting(f -> f.getString("type")).containsExactly("pong", "conversation");
    assertThat(seqs(came.get(1))).isEqualTo(range(first, third));
    assertThat(came.get(1).getBoolean("complete")).isTrue();
    long fourth = post("d");
    assertThat(client.entry().getLong("seq")).isEqualTo(fourth);
  }

  @Test
  void whoWasRemovedWhileTheNodeWasCutOffIsToldOfTheRemovalAndStreamedNothing() throws Exception {
    open(LiveConnections.Options.defaults());
    LiveNode.Client client = node.connect(carol, null);
    cutOff();
    client.frames.clear();
    post("before");
    members(List.of(), List.of(carol.account().id()), "out");
    post("secret");
    reachAgain();
    JsonObject gone = removal(client);
    assertThat(gone.getJsonArray("entries").size()).isEqualTo(2);
  }

  @Test
  void whoWasRemovedWhileItsEventLoopWasBusyIsStreamedNothing() throws Exception {
    open(LiveConnections.Options.defaults());
    LiveNode.Client client = node.connect(carol, null);
    await(node.assembly.vertx.timer(200));
    client.frames.clear();
    CountDownLatch stall = node.stall();
    post("before");
    members(List.of(), List.of(carol.account().id()), "out");
    post("secret");
    // What was told of all this waits for the loop meanwhile.
    Thread.sleep(1_100);
    stall.countDown();
    removal(client);
  }

  /** Nothing but one frame that ends with the removal. */
  private JsonObject removal(LiveNode.Client client) throws Exception {
    List<JsonObject> came = new ArrayList<>();
    JsonObject frame = client.next();
    while (!frame.getString("type").equals("live")) {
      came.add(frame);
      frame = client.next();
    }
    assertThat(came).extracting(f -> f.getString("type")).containsExactly("conversation");
    JsonObject gone = came.get(0);
    assertThat(gone.getJsonObject("conversation").getValue("role")).isNull();
    JsonArray entries = gone.getJsonArray("entries");
    assertThat(entries.getJsonObject(entries.size() - 1).getString("kind"))
        .isEqualTo("members.changed");
    assertThat(gone.encode()).doesNotContain("secret");
    return gone;
  }

  @Test
  void whoSaysNothingForTwiceTheHeartbeatIsClosed() throws Exception {
    open(options(Duration.ofMillis(300), 64, 1 << 20));
    LiveNode.Client client = node.connect(carol, null);
    assertThat(client.next("bye").getString("reason")).isEqualTo("idle");
    assertThat(client.next().getString("type")).isEqualTo("closed");
  }

  @Test
  void moreFramesThanMayWaitForTheirAnswersAreRefused() throws Exception {
    open(options(Duration.ofSeconds(30), 1, 1 << 20));
    LiveNode.Client client = node.connect(carol, null);
    Promise<Void> written = Promise.promise();
    store.before(
        (doing, collection) ->
            doing == SlowStore.Doing.WRITE && collection.equals("entries")
                ? written.future()
                : Future.succeededFuture());
    client.send(frame("one"));
    client.send(frame("two"));
    JsonObject refused = client.next("refused");
    assertThat(refused.getString("ref")).isEqualTo("two");
    assertThat(refused.getJsonObject("problem").getInteger("status")).isEqualTo(429);
    written.complete();
    assertThat(client.next("accepted").getString("ref")).isEqualTo("one");
    client.send(frame("two"));
    assertThat(client.next("accepted").getString("ref")).isEqualTo("two");
  }

  private JsonObject frame(String ref) {
    return new JsonObject()
        .put("type", "post")
        .put("conversation", group.value())
        .put("ref", ref)
        .put("body", new JsonObject().put("type", "text").put("text", ref));
  }

  @Test
  void aNodeThatStopsSaysSoToAllAndTakesNobodyIn() throws Exception {
    open(LiveConnections.Options.defaults());
    LiveNode.Client client = node.connect(carol, null);
    await(node.live.drain());
    assertThat(client.next("bye").getString("reason")).isEqualTo("stopping");
    assertThat(client.next().getString("type")).isEqualTo("closed");
    assertThat(node.live.count()).isZero();
    assertThat(node.connect().next("bye").getString("reason")).isEqualTo("stopping");
  }

  @Test
  void whatOneDeviceReadsAnotherOfTheSameAccountIsToldAndNotItself() throws Exception {
    open(LiveConnections.Options.defaults());
    LiveNode.Client one = node.connect(carol, null);
    LiveNode.Client other = node.connect(node.signIn("carol"), null);
    long seq = post("a");
    one.entry();
    one.send(
        new JsonObject()
            .put("type", "position")
            .put("conversation", group.value())
            .put("seq", seq));
    JsonObject told = other.next("position");
    assertThat(told.getLong("seq")).isEqualTo(seq);
    assertThat(told.getLong("m")).isEqualTo(1);
    await(node.assembly.vertx.timer(1_200));
    assertThat(one.frames).noneMatch(frame -> frame.getString("type").equals("position"));
  }

  @Test
  void signalsReachTheirViewersAlone() throws Exception {
    open(LiveConnections.Options.defaults());
    LiveNode.Client viewer = node.connect(carol, null);
    LiveNode.Client owner = node.connect(node.signIn("alice"), null);
    long seq = post("a");
    AccountId carolId = carol.account().id();
    var home = node.assembly.alice.organisation();
    node.assembly.chat.signals().send(new Signal.Card(group, seq, carolId));
    assertThat(viewer.next("card").getLong("seq")).isEqualTo(seq);
    node.assembly.chat.signals().send(new Signal.Results(home, "un75"));
    node.assembly.chat.signals().send(new Signal.Opened(carolId, home, "un75"));
    node.assembly.chat.signals().send(new Signal.Results(home, "other"));
    node.assembly.chat.signals().send(new Signal.Results(home, "un75"));
    assertThat(viewer.next("results").getString("survey")).isEqualTo("un75");
    await(node.assembly.vertx.timer(300));
    assertThat(viewer.frames).noneMatch(frame -> frame.getString("type").equals("results"));
    assertThat(owner.frames)
        .noneMatch(frame -> List.of("card", "results").contains(frame.getString("type")));
  }

  private static List<JsonObject> told(LiveNode.Client client) {
    return client.resumed.stream().filter(f -> f.getString("type").equals("conversation")).toList();
  }

  private static List<Long> seqs(JsonObject conversation) {
    return conversation.getJsonArray("entries").stream()
        .map(entry -> ((JsonObject) entry).getLong("seq"))
        .toList();
  }

  private static List<Long> range(long first, long last) {
    return LongStream.rangeClosed(first, last).boxed().toList();
  }
}
