package chat.plenary.messaging.gateway;

import static chat.plenary.messaging.Waiting.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.plenary.messaging.account.SignedIn;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.id.Ref;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveConnectionsTest {
  private LiveNode node;
  private SignedIn alice;
  private SignedIn carol;
  private ConversationId group;

  @BeforeEach
  void open(@TempDir Path directory) throws Exception {
    node = new LiveNode(directory, LiveConnections.Options.defaults(), store -> store);
    alice = node.signIn("alice");
    carol = node.join("carol");
    group = node.assembly.group("one");
    change("add", "[]", "add-carol");
  }

  private void change(String what, String unused, String ref) throws Exception {
    var carolId = carol.account().id();
    await(
        node.assembly
            .chat
            .conversations()
            .changeMembers(
                node.assembly.alice,
                group,
                what.equals("add") ? List.of(carolId) : List.of(),
                what.equals("add") ? List.of() : List.of(carolId),
                new Ref(ref)));
  }

  @AfterEach
  void close() throws Exception {
    node.close();
  }

  private JsonObject post(String ref, String text) {
    return new JsonObject()
        .put("type", "post")
        .put("conversation", group.value())
        .put("ref", ref)
        .put("body", new JsonObject().put("type", "text").put("text", text));
  }

  @Test
  void membersSeeOneOrderAndTheSenderIsTold() throws Exception {
    LiveNode.Client one = node.connect(alice, null);
    LiveNode.Client other = node.connect(carol, null);
    for (int i = 0; i < 50; i++) {
      one.send(post("a" + i, "text " + i));
    }
    List<Long> accepted = new ArrayList<>();
    List<Long> own = new ArrayList<>();
    while (accepted.size() < 50 || own.size() < 50) {
      JsonObject frame = one.next();
      if (frame.getString("type").equals("accepted")) {
        accepted.add(frame.getLong("seq"));
      } else if (frame.getString("type").equals("entry")) {
        own.add(frame.getJsonObject("entry").getLong("seq"));
      }
    }
    List<Long> seen = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      JsonObject entry = other.entry();
      assertEquals("text " + i, entry.getJsonObject("body").getString("text"));
      seen.add(entry.getLong("seq"));
    }
    assertEquals(accepted, own);
    assertEquals(accepted, seen);
  }

  @Test
  void aClientResumesFromItsCursorWithNothingMissedAndNothingTwice() throws Exception {
    LiveNode.Client first = node.connect(carol, null);
    node.assembly.post(node.assembly.alice, group, "r1", "one");
    first.entry();
    String cursor = first.next("cursor").getString("cursor");
    await(first.socket.close());
    node.assembly.post(node.assembly.alice, group, "r2", "two");
    node.assembly.post(node.assembly.alice, group, "r3", "three");
    LiveNode.Client again = node.connect(carol, cursor);
    List<JsonObject> told =
        again.resumed.stream().filter(f -> f.getString("type").equals("conversation")).toList();
    assertEquals(1, told.size());
    JsonArray entries = told.get(0).getJsonArray("entries");
    assertEquals(
        List.of("two", "three"),
        entries.stream()
            .map(e -> ((JsonObject) e).getJsonObject("body").getString("text"))
            .toList());
    assertTrue(told.get(0).getBoolean("complete"));
    node.assembly.post(node.assembly.alice, group, "r4", "four");
    assertEquals("four", again.entry().getJsonObject("body").getString("text"));
  }

  @Test
  void aRemovedMemberSeesItsRemovalAndNothingAfter() throws Exception {
    LiveNode.Client client = node.connect(carol, null);
    change("remove", "", "out");
    JsonObject removal = client.entry();
    assertEquals("members.changed", removal.getString("kind"));
    String cursor = client.next("cursor").getString("cursor");
    node.assembly.post(node.assembly.alice, group, "later", "secret");
    JsonObject typing = new JsonObject().put("type", "ping");
    client.send(typing);
    assertEquals("pong", client.next().getString("type"));
    assertNull(client.frames.poll(300, java.util.concurrent.TimeUnit.MILLISECONDS));
    LiveNode.Client again = node.connect(carol, cursor);
    for (JsonObject frame : again.resumed) {
      assertTrue(!frame.encode().contains("secret"), frame::encode);
    }
  }

  @Test
  void aRevokedSessionIsToldSoAndHearsNothingMore() throws Exception {
    LiveNode.Client client = node.connect(carol, null);
    node.assembly.signOut(carol.account().id());
    assertEquals("revoked", client.next("bye").getString("reason"));
    node.assembly.post(node.assembly.alice, group, "after", "secret");
    assertEquals("closed", client.next().getString("type"));
  }

  @Test
  void framesThatAreNotUnderstoodAreNamedAndTheThirdEndsTheConnection() throws Exception {
    LiveNode.Client client = node.connect(alice, null);
    client.send(new JsonObject().put("type", "shout"));
    assertEquals("type", client.next("problem").getJsonObject("problem").getString("field"));
    await(client.socket.writeTextMessage("{\"type\":"));
    client.next("problem");
    JsonObject bad = post("bad", "x").put("extra", 1);
    client.send(bad);
    JsonObject refused = client.next("refused");
    assertEquals("bad", refused.getString("ref"));
    assertEquals("extra", refused.getJsonObject("problem").getString("field"));
    await(client.socket.writeBinaryMessage(Buffer.buffer("x")));
    assertEquals("protocol", client.next("bye").getString("reason"));
    assertEquals("closed", client.next().getString("type"));
  }

  @Test
  void withoutAGoodHelloAConnectionEnds() throws Exception {
    LiveNode.Client silent = node.connect();
    silent.send(new JsonObject().put("type", "ping"));
    assertEquals("protocol", silent.next("bye").getString("reason"));
    LiveNode.Client forged = node.connect();
    forged.send(new JsonObject().put("type", "hello").put("token", "nonsense"));
    assertEquals("unauthenticated", forged.next("bye").getString("reason"));
  }

  @Test
  void editsRecallsReceiptsAndTypingReachTheOthers() throws Exception {
    LiveNode.Client one = node.connect(alice, null);
    LiveNode.Client other = node.connect(carol, null);
    one.send(post("p", "helo"));
    long seq = one.next("accepted").getLong("seq");
    one.send(
        new JsonObject()
            .put("type", "watch")
            .put("conversation", group.value())
            .put("seqs", new JsonArray().add(seq)));
    assertEquals(0, one.next("receipts").getLong("read"));
    other.send(
        new JsonObject()
            .put("type", "position")
            .put("conversation", group.value())
            .put("seq", seq));
    assertEquals(1, one.next("receipts").getLong("read"));
    one.send(
        post("q", "")
            .put("type", "edit")
            .put("target", seq)
            .put("body", new JsonObject().put("type", "text").put("text", "hello")));
    assertEquals("message.posted", other.entry().getString("kind"));
    assertEquals("message.edited", other.entry().getString("kind"));
    JsonObject recall = post("s", "").put("type", "recall").put("target", seq);
    recall.remove("body");
    one.send(recall);
    assertEquals("message.recalled", other.entry().getString("kind"));
    one.send(new JsonObject().put("type", "typing").put("conversation", group.value()));
    assertEquals(node.assembly.alice.account().value(), other.next("typing").getString("account"));
  }
}
