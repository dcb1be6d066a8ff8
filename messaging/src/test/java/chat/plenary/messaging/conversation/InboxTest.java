package chat.plenary.messaging.conversation;

import static chat.plenary.messaging.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.messaging.Assembly;
import chat.plenary.messaging.SlowStore;
import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.content.MessageBody;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.id.Ref;
import chat.plenary.messaging.log.Cursor;
import chat.plenary.messaging.log.Outcome;
import chat.plenary.messaging.message.EntryView;
import chat.plenary.messaging.sync.Sync;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a member finds in the list of conversations, and in the history of one. */
class InboxTest {
  @TempDir Path directory;
  private Assembly assembly;
  private SlowStore store;
  private ConversationId group;

  @BeforeEach
  void open() throws Exception {
    assembly =
        Assembly.open(
                directory,
                real -> {
                  store = new SlowStore(real);
                  return store;
                })
            .start();
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

  /** A group that shows nobody what was before them. */
  private ConversationId closed(List<AccountId> members) throws Exception {
    return await(
            assembly
                .chat
                .conversations()
                .createGroup(assembly.alice, "closed", "Closed", members, false, new Ref("create")))
        .id();
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
    ConversationId closed = closed(List.of(assembly.bo.account()));
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

  @Test
  void noPositionIsToldBeyondTheHeadThatIsTold() throws Exception {
    long first = post(assembly.bo, "a", List.of(), false);
    projected();
    AtomicBoolean once = new AtomicBoolean(true);
    store.before(
        (doing, collection) ->
            doing == SlowStore.Doing.READ
                    && collection.equals(Rows.MEMBERS)
                    && once.compareAndSet(true, false)
                ? assembly
                    .chat
                    .messages()
                    .post(assembly.bo, group, new Ref("b"), MessageBody.text("b"), "path")
                    .compose(posted -> assembly.chat.positions().flush())
                : Future.succeededFuture());
    Inbox.Row row = await(assembly.chat.inbox().row(assembly.bo, group));
    assertThat(once).isFalse();
    assertThat(row.view().upTo()).isEqualTo(first);
    assertThat(row.position()).isEqualTo(first);
    assertThat(row.positionM()).isEqualTo(row.m()).isEqualTo(1);
    assertThat(row.unread()).isZero();
    assertThat(await(assembly.chat.inbox().row(assembly.bo, group)).position())
        .isEqualTo(first + 1);
  }

  @Test
  void aPositionIsAnsweredAndToldToOthersWhenItIsWritten() throws Exception {
    long seq = post(assembly.alice, "a", List.of(), false);
    projected();
    List<Positions.Moved> told = new CopyOnWriteArrayList<>();
    assembly.chat.positions().listen(told::add);
    Promise<Void> written = Promise.promise();
    store.before(
        (doing, collection) ->
            doing == SlowStore.Doing.WRITE && collection.equals(Rows.MEMBERS)
                ? written.future()
                : Future.succeededFuture());
    Future<Positions.Position> answer = assembly.chat.positions().advance(assembly.bo, group, seq);
    await(assembly.vertx.timer(1_500));
    assertThat(answer.isComplete()).isFalse();
    assertThat(told).isEmpty();
    assertThat(read(seq)).isZero();

    written.complete();
    assertThat(await(answer).seq()).isEqualTo(seq);
    assertThat(told).extracting(Positions.Moved::account).containsExactly(assembly.bo.account());
    assertThat(read(seq)).isEqualTo(1);
  }

  private long read(long seq) throws Exception {
    return await(assembly.chat.positions().readers(assembly.alice, group, seq, true, null, 0))
        .read();
  }

  @Test
  void aPositionThatCannotBeWrittenIsNotAcknowledged() throws Exception {
    long seq = post(assembly.alice, "a", List.of(), false);
    projected();
    store.before(
        (doing, collection) ->
            doing == SlowStore.Doing.WRITE && collection.equals(Rows.MEMBERS)
                ? Future.failedFuture("the disk is full")
                : Future.succeededFuture());
    assertThat(
            await(
                assembly
                    .chat
                    .positions()
                    .advance(assembly.bo, group, seq)
                    .map("durable")
                    .otherwise(failure -> ((Fault) failure).code().name())))
        .isEqualTo("UNAVAILABLE");
    store.before((doing, collection) -> Future.succeededFuture());
    await(assembly.chat.positions().advance(assembly.bo, group, seq));
  }

  @Test
  void aFormerMemberIsToldNoEditThatCameAfterItsRemoval() throws Exception {
    long seq = post(assembly.alice, "first", List.of(), false);
    Cursor before = assembly.chat.log().cursor();
    edit("one", seq);
    change(group, List.of(), List.of(assembly.bo.account()), "out");
    edit("two", seq);
    projected();
    Sync.Page page = await(assembly.chat.sync().page(assembly.bo, before));
    assertThat(page.toJson().encode()).contains("members.changed").doesNotContain("two");
    Access.View view = await(assembly.chat.access().past(assembly.bo, group));
    List<EntryView> shown = await(assembly.chat.history().between(view, seq, seq, 1));
    assertThat(shown.get(0).body().getString("text").getValue()).isEqualTo("one");
  }

  @Test
  void whoWasAwayIsShownAMessageAsItWasChangedMeanwhileBeforeTheRowsAreWrittenToo()
      throws Exception {
    group = closed(List.of(assembly.bo.account()));
    long edited = post(assembly.alice, "first", List.of(), false);
    long recalled = post(assembly.alice, "second", List.of(), false);
    projected();
    Promise<Void> held = Promise.promise();
    store.before(
        (doing, collection) ->
            doing == SlowStore.Doing.WRITE && collection.equals(Rows.CONVERSATIONS)
                ? held.future()
                : Future.succeededFuture());
    change(group, List.of(), List.of(assembly.bo.account()), "out");
    edit("changed", edited);
    await(assembly.chat.messages().recall(assembly.alice, group, new Ref("r"), recalled, "path"));
    change(group, List.of(assembly.bo.account()), List.of(), "in");

    List<String> before =
        page(group, 0, -1, 100).stream().map(one -> one.toJson().encode()).toList();
    assertThat(before.get((int) edited - 1)).contains("changed");
    assertThat(before.get((int) recalled - 1)).contains("recalled");
    held.complete();
    projected();
    assertThat(page(group, 0, -1, 100)).extracting(one -> one.toJson().encode()).isEqualTo(before);
  }

  private void edit(String text, long seq) throws Exception {
    await(
        assembly
            .chat
            .messages()
            .edit(assembly.alice, group, new Ref(text), seq, MessageBody.text(text), "path"));
  }

  @Test
  void whoMayNotSeeAMessageIsNotShownItsEditInTheHistory() throws Exception {
    ConversationId closed = closed(List.of());
    long seq = ((Outcome.Accepted) assembly.post(assembly.alice, closed, "a", "a")).seq();
    change(closed, List.of(assembly.bo.account()), List.of(), "in");
    await(
        assembly
            .chat
            .messages()
            .edit(assembly.alice, closed, new Ref("e"), seq, MessageBody.text("b"), "path"));
    List<EntryView> shown = page(closed, 0, -1, 10);
    assertThat(shown).hasSize(2);
    assertThat(shown.get(1).entry().kind()).isEqualTo(Kinds.EDITED);
    assertThat(shown.get(1).toJson().getValue("body")).isNull();
  }

  @Test
  void aPageOfWhatChangedIsBoundedInBytesAndTheNextOnesTellTheRest() throws Exception {
    Cursor cursor = assembly.chat.log().cursor();
    List<Future<?>> posts = new ArrayList<>();
    Set<String> expected = new TreeSet<>();
    for (int i = 0; i < 12; i++) {
      ConversationId id = assembly.group("large-" + i);
      expected.add(id.value());
      for (int j = 0; j < 50; j++) {
        posts.add(
            assembly
                .chat
                .messages()
                .post(
                    assembly.alice,
                    id,
                    new Ref("p" + j),
                    MessageBody.text("x".repeat(15_000)),
                    "path/" + i));
      }
    }
    await(Future.all(posts));
    Set<String> told = new TreeSet<>();
    int pages = 0;
    boolean more = true;
    while (more) {
      Sync.Page page = await(assembly.chat.sync().page(assembly.bo, cursor));
      assertThat(page.toJson().encode().length()).isLessThan(6 * 1024 * 1024);
      page.conversations()
          .forEach(one -> told.add(one.content().getJsonObject("conversation").getString("id")));
      cursor = page.cursor();
      more = page.more();
      pages++;
    }
    assertThat(pages).isGreaterThan(1);
    assertThat(told).containsAll(expected);
    assertThat(await(assembly.chat.sync().page(assembly.bo, cursor)).conversations()).isEmpty();
  }
}
