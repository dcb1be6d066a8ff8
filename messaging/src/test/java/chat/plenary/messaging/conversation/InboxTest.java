package chat.plenary.messaging.conversation;

import static chat.plenary.messaging.Assembly.await;
import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.messaging.Assembly;
import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.content.MessageBody;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.id.Ref;
import chat.plenary.messaging.log.Outcome;
import chat.plenary.messaging.message.EntryView;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a member finds in the list of conversations, and in the history of one. */
class InboxTest {
  @TempDir Path directory;
  private Assembly assembly;
  private ConversationId group;

  @BeforeEach
  void open() throws Exception {
    assembly = Assembly.open(directory).start();
    group = assembly.group("week-3");
  }

  @AfterEach
  void close() throws Exception {
    assembly.close();
  }

  private long post(Caller who, String ref, List<AccountId> mentions, boolean all)
      throws Exception {
    MessageBody body = new MessageBody.Text(false, "@you " + ref, mentions, all, 0);
    Outcome outcome = await(assembly.chat.messages().post(who, group, new Ref(ref), body, "path"));
    return ((Outcome.Accepted) outcome).seq();
  }

  private List<Long> mentions(Caller who) throws Exception {
    return await(assembly.chat.inbox().row(who, group)).mentions();
  }

  /** Until the rows have all that the log has. */
  private void projected() throws Exception {
    int lane = assembly.chat.log().lane(group);
    for (int i = 0; i < 400; i++) {
      long[] places = await(assembly.chat.log().places(Projection.NAME));
      if (places[lane] >= assembly.chat.log().cursor().number(lane)) {
        await(assembly.chat.positions().flush());
        assembly.chat.inbox().forget(places);
        return;
      }
      await(assembly.vertx.timer(20));
    }
    throw new AssertionError("the rows do not catch up");
  }

  @Test
  void mentionsByNameAndOfEverybodyAreCountedAtOnceAndStayUntilRead() throws Exception {
    long named = post(assembly.alice, "a", List.of(assembly.bo.account()), false);
    long all = post(assembly.alice, "b", List.of(), true);
    post(assembly.alice, "c", List.of(), false);
    assertThat(mentions(assembly.bo)).containsExactly(named, all);
    projected();
    assertThat(mentions(assembly.bo)).containsExactly(named, all);
    assertThat(mentions(assembly.alice)).isEmpty();
    await(assembly.chat.positions().advance(assembly.bo, group, named));
    assertThat(mentions(assembly.bo)).containsExactly(all);
  }

  @Test
  void aRecalledMessageMentionsNobody() throws Exception {
    long named = post(assembly.alice, "a", List.of(assembly.bo.account()), true);
    projected();
    await(assembly.chat.messages().recall(assembly.alice, group, new Ref("r"), named, "path"));
    assertThat(mentions(assembly.bo)).isEmpty();
    projected();
    assertThat(mentions(assembly.bo)).isEmpty();

    long again = post(assembly.alice, "b", List.of(assembly.bo.account()), true);
    await(assembly.chat.messages().recall(assembly.alice, group, new Ref("q"), again, "path"));
    projected();
    assertThat(mentions(assembly.bo)).isEmpty();
  }

  @Test
  void whoWasAwayPagesThroughWhatWasTheirsToSeeAndNothingElse() throws Exception {
    ConversationId closed =
        await(
                assembly
                    .chat
                    .conversations()
                    .createGroup(
                        assembly.alice,
                        "closed",
                        "Closed",
                        List.of(assembly.bo.account()),
                        false,
                        new Ref("create")))
            .id();
    for (int i = 0; i < 5; i++) {
      assembly.post(assembly.alice, closed, "early-" + i, "early");
    }
    change(closed, List.of(), List.of(assembly.bo.account()), "out");
    for (int i = 0; i < 60; i++) {
      assembly.post(assembly.alice, closed, "hidden-" + i, "hidden");
    }
    change(closed, List.of(assembly.bo.account()), List.of(), "in");
    assembly.post(assembly.alice, closed, "late", "late");

    List<EntryView> newest = page(closed, 0, -1, 5);
    assertThat(newest).extracting(e -> e.entry().seq()).containsExactly(5L, 6L, 7L, 68L, 69L);
    assertThat(page(closed, 5, -1, 5))
        .extracting(e -> e.entry().seq())
        .containsExactly(1L, 2L, 3L, 4L);
    assertThat(page(closed, 0, 6, 2)).extracting(e -> e.entry().seq()).containsExactly(7L, 68L);
    assertThat(page(closed, 0, 0, 100)).hasSize(9);
  }

  private List<EntryView> page(ConversationId id, long before, long after, int limit)
      throws Exception {
    return await(assembly.chat.history().page(assembly.bo, id, before, after, limit)).entries();
  }

  private void change(ConversationId id, List<AccountId> add, List<AccountId> remove, String ref)
      throws Exception {
    Conversations.Changed changed =
        await(
            assembly
                .chat
                .conversations()
                .changeMembers(assembly.alice, id, add, remove, new Ref(ref)));
    assertThat(changed.outcome()).isInstanceOf(Outcome.Accepted.class);
  }

  @Test
  void aPageOfConversationsIsInOrderAndSaysWhereTheNextBegins() throws Exception {
    for (int i = 0; i < 70; i++) {
      assembly.group("g" + i);
    }
    Inbox.Page first = await(assembly.chat.inbox().page(assembly.bo, null, 50));
    Inbox.Page second = await(assembly.chat.inbox().page(assembly.bo, first.next(), 50));
    assertThat(first.rows()).hasSize(50);
    assertThat(second.rows()).hasSize(21);
    assertThat(second.next()).isNull();
  }
}
