package chat.plenary.messaging.gateway;

import static chat.plenary.messaging.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.messaging.account.SignedIn;
import chat.plenary.messaging.content.MessageBody;
import chat.plenary.messaging.delivery.Signals;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.id.Ref;
import chat.plenary.messaging.log.Outcome;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is told of translations. */
class ReadingTest {
  @TempDir Path directory;
  private LiveNode node;
  private ConversationId group;
  private AccountId nour;
  private LiveNode.Client reader;

  @BeforeEach
  void open() throws Exception {
    node = new LiveNode(directory, LiveConnections.Options.defaults(), store -> store);
    group = node.assembly.group("g");
    SignedIn signedIn = node.join("nour");
    nour = signedIn.account().id();
    change(List.of(nour), List.of(), "add");
    reader = node.connect(signedIn, null);
  }

  @AfterEach
  void close() throws Exception {
    node.close();
  }

  private void change(List<AccountId> add, List<AccountId> remove, String ref) throws Exception {
    await(
        node.assembly
            .chat
            .conversations()
            .changeMembers(node.assembly.alice, group, add, remove, new Ref(ref)));
  }

  private void reads(ConversationId conversation, String language) throws Exception {
    reader.send(
        new JsonObject()
            .put("type", "reading")
            .put("conversation", conversation.value())
            .put("language", language));
    reader.send(new JsonObject().put("type", "ping"));
    reader.next("pong");
  }

  private long post(String ref) throws Exception {
    Outcome outcome =
        await(
            node.assembly
                .chat
                .messages()
                .post(
                    node.assembly.alice, group, new Ref(ref), MessageBody.text("Hello."), "path"));
    return ((Outcome.Accepted) outcome).seq();
  }

  private void translated(long seq, String language) {
    node.assembly
        .chat
        .signals()
        .send(
            new Signals.Signal.Translated(
                group, seq, seq, language, language + "!", "engine", "Engine", null));
  }

  @Test
  void whoReadsInALanguageIsToldOfItAndOfNoOther() throws Exception {
    long seq = post("m");
    translated(seq, "es");
    reads(group, "es-MX");
    translated(seq, "fr");
    translated(seq, "es");
    JsonObject frame = reader.next("translation");
    assertThat(frame.getString("text")).isEqualTo("es!");
    assertThat(frame.getLong("seq")).isEqualTo(seq);
    reads(group, "fr");
    translated(seq, "es");
    translated(seq, "fr");
    assertThat(reader.next("translation").getString("text")).isEqualTo("fr!");
    reads(group, null);
    translated(seq, "fr");
    long next = post("m2");
    assertThat(reader.next(f -> !f.getString("type").equals("cursor")).getString("type"))
        .isEqualTo("entry");
    assertThat(next).isGreaterThan(seq);
  }

  @Test
  void whatWasRecalledAndWhatMayNotBeSeenIsNotTold() throws Exception {
    reads(group, "es");
    long recalled = post("m");
    await(
        node.assembly
            .chat
            .messages()
            .recall(node.assembly.alice, group, new Ref("r"), recalled, "path"));
    reader.next(
        f ->
            f.getString("type").equals("entry")
                && f.getJsonObject("entry").getString("kind").equals("message.recalled"));
    translated(recalled, "es");
    long seq = post("m2");
    translated(seq, "es");
    assertThat(reader.next("translation").getLong("seq")).isEqualTo(seq);
    change(List.of(), List.of(nour), "remove");
    reader.next(
        f ->
            f.getString("type").equals("entry")
                && f.getJsonObject("entry").getString("kind").equals("members.changed"));
    translated(seq, "es");
    reader.send(new JsonObject().put("type", "ping"));
    assertThat(reader.next(f -> !f.getString("type").equals("cursor")).getString("type"))
        .isEqualTo("pong");
  }

  @Test
  void aNinthConversationIsRefusedByName() throws Exception {
    for (int i = 0; i < 8; i++) {
      reads(ConversationId.group(node.assembly.alice.organisation(), "other" + i), "es");
    }
    reader.send(
        new JsonObject()
            .put("type", "reading")
            .put("conversation", group.value())
            .put("language", "es"));
    JsonObject problem = reader.next("problem").getJsonObject("problem");
    assertThat(problem.getString("field")).isEqualTo("conversation");
    reads(ConversationId.group(node.assembly.alice.organisation(), "other0"), null);
    reads(group, "es");
    long seq = post("m");
    translated(seq, "es");
    assertThat(reader.next("translation").getLong("seq")).isEqualTo(seq);
  }
}
