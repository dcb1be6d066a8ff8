package chat.plenary.messaging.message;

import static chat.plenary.messaging.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.messaging.Assembly;
import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.content.MessageBody;
import chat.plenary.messaging.conversation.Conversations;
import chat.plenary.messaging.fault.Fault;
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

/** What an organisation's own account posts, and pages that leave captions out. */
class ServicePostsTest {
  @TempDir Path directory;
  private Assembly assembly;
  private Caller service;
  private ConversationId group;

  @BeforeEach
  void open() throws Exception {
    assembly = Assembly.open(directory).start();
    service = Caller.service(assembly.alice.organisation());
    group = assembly.group("week-3");
  }

  @AfterEach
  void close() throws Exception {
    assembly.close();
  }

  @Test
  void theServicePostsAndChangesWithoutBeingAMember() throws Exception {
    Outcome posted = post(service, "meeting/m1", meeting("scheduled"));
    assertThat(posted).isInstanceOf(Outcome.Accepted.class);
    long seq = ((Outcome.Accepted) posted).seq();
    assertThat(post(service, "meeting/m1", meeting("scheduled"))).isEqualTo(posted);
    assertThat(edit(service, "meeting/m1/live", seq, meeting("live")))
        .isInstanceOf(Outcome.Accepted.class);

    assertThat(assembly.history(assembly.alice, group).get((int) seq - 1).toJson().toString())
        .contains("\"state\":\"live\"");
    assertThat(await(assembly.chat.inbox().row(assembly.bo, group)).unread()).isEqualTo(1);
  }

  @Test
  void theServiceChangesNothingOfOthersAndNobodyChangesItsOwn() throws Exception {
    long alices = ((Outcome.Accepted) assembly.post(assembly.alice, group, "a", "Mine.")).seq();
    long its = ((Outcome.Accepted) post(service, "meeting/m1", meeting("scheduled"))).seq();

    assertThat(edit(service, "e1", alices, meeting("live"))).isInstanceOf(Outcome.Refused.class);
    assertThat(edit(assembly.bo, "e2", its, MessageBody.text("No.")))
        .isInstanceOf(Outcome.Refused.class);
    Outcome changed =
        await(
                assembly
                    .chat
                    .conversations()
                    .change(
                        service,
                        group,
                        new Conversations.Wish("Another name", null, null, null),
                        new Ref("c")))
            .outcome();
    assertThat(changed).isInstanceOf(Outcome.Refused.class);
  }

  @Test
  void theServiceOfAnotherOrganisationIsAStranger() throws Exception {
    var other =
        await(assembly.chat.organisations().create("Other", "eve", "Eve", "correct horse battery"));
    Outcome refused = post(Caller.service(other), "meeting/m1", meeting("scheduled"));
    assertThat(refused)
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            why -> assertThat(why.why().code()).isEqualTo(Fault.Code.NOT_FOUND));
  }

  @Test
  void pagesOfMessagesLeaveOutCaptionsHoweverManyThereAre() throws Exception {
    assembly.post(assembly.alice, group, "before", "Before the meeting.");
    long recalled = 0;
    for (int i = 0; i < 1_100; i++) {
      long seq = ((Outcome.Accepted) post(service, "caption/m1/" + i, caption(i))).seq();
      recalled = i == 700 ? seq : recalled;
    }
    assertThat(
            await(
                assembly
                    .chat
                    .messages()
                    .recall(assembly.alice, group, new Ref("r"), recalled, "path")))
        .isInstanceOf(Outcome.Accepted.class);
    edit(service, "caption/m1/3/1", 6, caption(3));
    assembly.post(assembly.alice, group, "after", "After the meeting.");

    var page =
        await(assembly.chat.history().page(assembly.bo, group, 0, -1, 100, History.Of.MESSAGES));
    assertThat(page.entries())
        .extracting(one -> one.entry().kind())
        .containsExactly(
            "conversation.created", "message.posted", "message.recalled", "message.posted");
    assertThat(page.next()).isZero();
    assertThat(await(assembly.chat.inbox().row(assembly.bo, group)).unread()).isEqualTo(2);

    var first =
        await(assembly.chat.history().page(assembly.bo, group, 0, 0, 100, History.Of.CAPTIONS));
    assertThat(first.entries()).hasSize(100);
    int captions = 0;
    long after = 0;
    do {
      var next =
          await(
              assembly.chat.history().page(assembly.bo, group, 0, after, 100, History.Of.CAPTIONS));
      captions += next.entries().size();
      after = next.next();
    } while (after > 0);
    assertThat(captions).isEqualTo(1_100);
  }

  @Test
  void oneAtATimeBackwardsEveryMessageComesOnce() throws Exception {
    for (int i = 0; i < 5; i++) {
      assembly.post(assembly.alice, group, "t" + i, "Message " + i);
      post(service, "caption/m1/" + i, caption(i));
    }
    StringBuilder texts = new StringBuilder();
    long before = 0;
    do {
      var page =
          await(
              assembly.chat.history().page(assembly.bo, group, before, -1, 1, History.Of.MESSAGES));
      page.entries().forEach(one -> texts.append(one.entry().seq()).append(' '));
      before = page.next();
    } while (before > 0);
    assertThat(texts.toString()).isEqualTo("10 8 6 4 2 1 ");
  }

  private Outcome post(Caller who, String ref, MessageBody body) throws Exception {
    return await(assembly.chat.messages().post(who, group, new Ref(ref), body, "path"));
  }

  private Outcome edit(Caller who, String ref, long target, MessageBody body) throws Exception {
    return await(assembly.chat.messages().edit(who, group, new Ref(ref), target, body, "path"));
  }

  private static MessageBody meeting(String state) {
    return new MessageBody.Meeting(
        "A meeting", new JsonObject().put("id", "m1").put("state", state));
  }

  private static MessageBody caption(int number) {
    return new MessageBody.Caption(
        new JsonObject()
            .put("meeting", "m1")
            .put("key", "k" + number)
            .put("speaker", new JsonObject().put("account", (String) null).put("name", "Alice"))
            .put("language", "en")
            .put("text", "Sentence " + number)
            .put("translations", List.of()));
  }
}
