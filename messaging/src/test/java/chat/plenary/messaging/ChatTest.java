package chat.plenary.messaging;

import static chat.plenary.messaging.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.account.Role;
import chat.plenary.messaging.cluster.VertxBus;
import chat.plenary.messaging.content.MessageBody;
import chat.plenary.messaging.conversation.Conversations;
import chat.plenary.messaging.conversation.Inbox;
import chat.plenary.messaging.conversation.Positions;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.id.OrganisationId;
import chat.plenary.messaging.id.Ref;
import chat.plenary.messaging.log.Cursor;
import chat.plenary.messaging.log.Lanes;
import chat.plenary.messaging.log.Outcome;
import chat.plenary.messaging.log.VertxTimers;
import chat.plenary.messaging.message.EntryView;
import chat.plenary.messaging.organisation.OrganisationState;
import chat.plenary.messaging.store.Store;
import chat.plenary.messaging.store.embedded.EmbeddedStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One node of messaging over the embedded store, as its callers use it. */
class ChatTest {
  @TempDir Path directory;
  private Vertx vertx;
  private Store store;
  private Chat chat;
  private Caller alice;
  private Caller bo;

  @BeforeEach
  void open() throws Exception {
    vertx = Vertx.vertx();
    reopen();
    OrganisationId home =
        await(chat.organisations().create("Assembly", "alice", "Alice", "correct horse battery"));
    OrganisationState state = (OrganisationState) await(chat.log().state(ConversationId.of(home)));
    AccountId owner = state.byUserid("alice").id();
    alice = new Caller(owner, home, null, Role.OWNER, false);
    AccountId bot = await(chat.organisations().addBot(alice, "bo", "Bo")).id();
    bo = new Caller(bot, home, null, Role.MEMBER, true);
  }

  private void reopen() throws Exception {
    store = await(EmbeddedStore.open(vertx, directory, Waiting.store()));
    chat =
        await(
            Chat.open(
                store,
                await(VertxBus.open(vertx)),
                new VertxTimers(vertx, Clock.systemUTC()),
                Lanes.contexts(vertx, 2),
                Chat.Options.defaults()));
    await(chat.start());
  }

  @AfterEach
  void close() throws Exception {
    await(chat.close());
    await(store.close());
    await(vertx.close());
  }

  @Test
  void whatIsPostedIsInTheHistoryOnceAndStaysThereAfterARestart() throws Exception {
    ConversationId group = group(true);
    List<Future<Outcome>> sent = new ArrayList<>();
    for (int i = 0; i < 250; i++) {
      sent.add(post(alice, group, "r" + i, "message " + i));
    }
    for (int i = 0; i < 250; i++) {
      assertThat(await(sent.get(i))).isInstanceOf(Outcome.Accepted.class);
    }
    Outcome.Accepted first = (Outcome.Accepted) await(sent.get(0));
    assertThat(await(post(alice, group, "r0", "message 0"))).isEqualTo(first);
    assertThat(((Outcome.Refused) await(post(alice, group, "r0", "other"))).why().code())
        .isEqualTo(Fault.Code.CONFLICT);

    close();
    vertx = Vertx.vertx();
    reopen();
    List<EntryView> page = await(chat.history().page(bo, group, 0, 1, 100)).entries();
    assertThat(page).hasSize(100);
    assertThat(page.get(0).entry().body().getString("text").getValue()).isEqualTo("message 0");
    assertThat(await(post(alice, group, "r249", "message 249"))).isEqualTo(await(sent.get(249)));
  }

  @Test
  void anEditIsShownAndARecallTakesWhatWasSaid() throws Exception {
    ConversationId group = group(true);
    long seq = ((Outcome.Accepted) await(post(alice, group, "a", "helo"))).seq();
    await(chat.messages().edit(alice, group, new Ref("b"), seq, MessageBody.text("hello"), "p"));
    EntryView edited = await(chat.history().message(bo, group, seq));
    assertThat(edited.body().getString("text").getValue()).isEqualTo("hello");
    assertThat(
            ((Outcome.Refused)
                    await(
                        chat.messages()
                            .edit(bo, group, new Ref("c"), seq, MessageBody.text("no"), "p")))
                .why()
                .code())
        .isEqualTo(Fault.Code.FORBIDDEN);
    await(chat.messages().recall(alice, group, new Ref("d"), seq, "p"));
    assertThat(await(chat.history().message(bo, group, seq)).body()).isNull();
    // At once, though the hash of what was said is dropped only later.
    assertThat(await(post(alice, group, "a", "something else")))
        .isInstanceOf(Outcome.Accepted.class);
    assertThat(
            ((Outcome.Refused)
                    await(
                        chat.messages()
                            .edit(alice, group, new Ref("e"), seq, MessageBody.text("x"), "p")))
                .why()
                .code())
        .isEqualTo(Fault.Code.GONE);
    assertThat(await(post(alice, group, "a", "helo"))).isInstanceOf(Outcome.Accepted.class);
  }

  @Test
  void unreadAndWhoHasReadFollowTheReadingPosition() throws Exception {
    ConversationId group = group(true);
    Outcome.Accepted sent = (Outcome.Accepted) await(post(alice, group, "a", "one"));
    await(post(alice, group, "b", "two"));
    assertThat(row(bo, group).unread()).isEqualTo(2);
    assertThat(row(alice, group).unread()).isZero();
    assertThat(readers(group, sent.seq(), false)).containsExactly(bo.account());

    await(chat.positions().advance(bo, group, sent.seq()));
    assertThat(row(bo, group).unread()).isEqualTo(1);
    assertThat(readers(group, sent.seq(), true)).containsExactly(bo.account());
    await(chat.positions().flush());
    assertThat(readers(group, sent.seq(), true)).containsExactly(bo.account());
  }

  @Test
  void aCursorFindsWhatChangedSinceAndTheRemovalOfWhoIsGone() throws Exception {
    ConversationId group = group(true);
    ConversationId quiet =
        await(
                chat.conversations()
                    .createGroup(
                        alice, "quiet", "Quiet", List.of(bo.account()), true, new Ref("q")))
            .id();
    Cursor before = chat.log().cursor();
    await(post(alice, group, "a", "one"));
    assertThat(await(chat.inbox().since(bo, before)))
        .extracting(row -> row.view().state().id())
        .containsExactly(group)
        .doesNotContain(quiet);

    Cursor then = chat.log().cursor();
    await(
        chat.conversations()
            .changeMembers(alice, group, List.of(), List.of(bo.account()), new Ref("rm")));
    await(post(alice, group, "b", "behind your back"));
    Inbox.Row gone = await(chat.inbox().since(bo, then)).get(0);
    assertThat(gone.view().member().current()).isFalse();
    assertThat(gone.last().kind()).isEqualTo("members.changed");
    assertThat(await(chat.history().page(bo, group, 0, -1, 10).map("seen").otherwise("not found")))
        .isEqualTo("not found");
  }

  @Test
  void strangersAreToldTheSameAsOfAConversationThatDoesNotExist() throws Exception {
    ConversationId group =
        await(
                chat.conversations()
                    .createGroup(alice, "secret", "Secret", List.of(), true, new Ref("s")))
            .id();
    ConversationId none = ConversationId.group(alice.organisation(), "none");
    Fault known = ((Outcome.Refused) await(post(bo, group, "a", "hello"))).why();
    Fault unknown = ((Outcome.Refused) await(post(bo, none, "a", "hello"))).why();
    assertThat(known.code()).isEqualTo(unknown.code()).isEqualTo(Fault.Code.NOT_FOUND);
    assertThat(known.getMessage()).isEqualTo(unknown.getMessage());
  }

  private ConversationId group(boolean history) throws Exception {
    Conversations.Changed created =
        await(
            chat.conversations()
                .createGroup(
                    alice, "week-3", "Week 3", List.of(bo.account()), history, new Ref("create")));
    assertThat(created.outcome()).isInstanceOf(Outcome.Accepted.class);
    return created.id();
  }

  private Future<Outcome> post(Caller who, ConversationId group, String ref, String text) {
    return chat.messages().post(who, group, new Ref(ref), MessageBody.text(text), "path");
  }

  private Inbox.Row row(Caller who, ConversationId group) throws Exception {
    return await(chat.inbox().row(who, group));
  }

  private List<AccountId> readers(ConversationId group, long seq, boolean read) throws Exception {
    Positions.Readers found = await(chat.positions().readers(alice, group, seq, read, null, 10));
    return found.accounts();
  }
}
