package chat.plenary.messaging;

import static chat.plenary.messaging.Waiting.await;

import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.account.Revoked;
import chat.plenary.messaging.account.Role;
import chat.plenary.messaging.cluster.VertxBus;
import chat.plenary.messaging.content.MessageBody;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.id.OrganisationId;
import chat.plenary.messaging.id.Ref;
import chat.plenary.messaging.log.Lanes;
import chat.plenary.messaging.log.Outcome;
import chat.plenary.messaging.log.VertxTimers;
import chat.plenary.messaging.message.EntryView;
import chat.plenary.messaging.organisation.OrganisationState;
import chat.plenary.messaging.store.Store;
import chat.plenary.messaging.store.embedded.EmbeddedStore;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * One node of messaging over the embedded store, with an organisation: Alice owns it, Bo is a bot.
 * For the tests of features, in all modules.
 */
public final class Assembly implements AutoCloseable {
  public final Vertx vertx;
  public final Store store;
  public final Chat chat;
  public Caller alice;
  public Caller bo;

  private Assembly(Vertx vertx, Store store, Chat chat) {
    this.vertx = vertx;
    this.store = store;
    this.chat = chat;
  }

  /** Opens it in a folder and founds the organisation. It still has to be started. */
  public static Assembly open(Path directory) throws Exception {
    return open(directory, store -> store);
  }

  /**
   * The same over a store of the test's own making.
   *
   * @param around puts something between messaging and the embedded store
   */
  public static Assembly open(Path directory, UnaryOperator<Store> around) throws Exception {
    return open(directory, around, Clock.systemUTC(), Features.none());
  }

  /**
   * The same with a clock and with what a node brings along.
   *
   * @param clock what time it is
   */
  public static Assembly open(
      Path directory, UnaryOperator<Store> around, Clock clock, Features features)
      throws Exception {
    Vertx vertx = Vertx.vertx();
    Store store =
        around.apply(await(EmbeddedStore.open(vertx, directory, Waiting.store()).map(s -> s)));
    Chat chat =
        await(
            Chat.open(
                store,
                await(VertxBus.open(vertx)),
                new VertxTimers(vertx, clock),
                Lanes.contexts(vertx, 2),
                Chat.Options.defaults(),
                features));
    return new Assembly(vertx, store, chat);
  }

  /** Starts the log, then founds the organisation, or finds it. */
  public Assembly start() throws Exception {
    await(chat.start());
    OrganisationId home = await(chat.organisations().find("Assembly"));
    if (home == null) {
      home =
          await(chat.organisations().create("Assembly", "alice", "Alice", "correct horse battery"));
    }
    AccountId owner = state(home).byUserid("alice").id();
    alice = new Caller(owner, home, null, Role.OWNER, false);
    if (state(home).byUserid("bo") == null) {
      await(chat.organisations().addBot(alice, "bo", "Bo"));
    }
    bo = new Caller(state(home).byUserid("bo").id(), home, null, Role.MEMBER, true);
    return this;
  }

  private OrganisationState state(OrganisationId home) throws Exception {
    return (OrganisationState) await(chat.log().state(ConversationId.of(home)));
  }

  /** Ends all sessions of somebody. */
  public void signOut(AccountId who) throws Exception {
    await(chat.accounts().signOutAll(alice, who, Revoked.Reason.SIGNED_OUT));
  }

  /** A group of Alice's, with Bo; the same id again is the same group. */
  public ConversationId group(String id) throws Exception {
    return await(
            chat.conversations()
                .createGroup(
                    alice, id, "Group " + id, List.of(bo.account()), true, new Ref("create-" + id)))
        .id();
  }

  /** Posts a text. */
  public Outcome post(Caller who, ConversationId group, String ref, String text) throws Exception {
    return await(chat.messages().post(who, group, new Ref(ref), MessageBody.text(text), "path"));
  }

  /** What the newest page of history shows. */
  public List<EntryView> history(Caller who, ConversationId group) throws Exception {
    return await(chat.history().page(who, group, 0, -1, 100)).entries();
  }

  @Override
  public void close() throws Exception {
    await(chat.close());
    await(store.close());
    await(vertx.close());
  }
}
