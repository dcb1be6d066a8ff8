package chat.plenary.bots;

import chat.plenary.messaging.Chat;
import chat.plenary.messaging.Waiting;
import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.account.Role;
import chat.plenary.messaging.cluster.VertxBus;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.id.OrganisationId;
import chat.plenary.messaging.id.Ref;
import chat.plenary.messaging.log.Lanes;
import chat.plenary.messaging.log.Timers;
import chat.plenary.messaging.log.VertxTimers;
import chat.plenary.messaging.message.CardAnswer;
import chat.plenary.messaging.message.CardView;
import chat.plenary.messaging.organisation.Joining;
import chat.plenary.messaging.organisation.OrganisationState;
import chat.plenary.messaging.store.Store;
import chat.plenary.messaging.store.StoreException;
import chat.plenary.messaging.store.embedded.EmbeddedStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** One node with an organisation, a group, and the bots, over an embedded store. */
public final class House implements AutoCloseable {
  /** The server's own address, as far as it knows. */
  public static final String URL = "https://chat.example.org";

  public final Vertx vertx = Vertx.vertx();
  public final Store store;
  public final Timers timers;
  public final Chat chat;
  public Bots bots;
  public final Caller alice;
  public ConversationId group;

  public House(Path directory, boolean demo, List<String> userids) throws Exception {
    store = await(EmbeddedStore.open(vertx, directory, Waiting.store()));
    timers = new VertxTimers(vertx, Clock.systemUTC());
    chat =
        await(
            Chat.open(
                store,
                await(VertxBus.open(vertx)),
                timers,
                Lanes.contexts(vertx, 2),
                Chat.Options.defaults()));
    bots = await(Bots.open(vertx, chat, store, timers, new Bots.Options(demo, URL)));
    await(chat.start());
    OrganisationId home =
        await(chat.organisations().create("Assembly", "alice", "Alice", "correct horse battery"));
    OrganisationState state = (OrganisationState) await(chat.log().state(ConversationId.of(home)));
    alice = new Caller(state.byUserid("alice").id(), home, null, Role.OWNER, false);
    List<AccountId> members = new ArrayList<>();
    if (!userids.isEmpty()) {
      await(
              chat.organisations()
                  .add(
                      alice,
                      userids.stream()
                          .map(id -> new Joining.Candidate(id, id, null, Role.MEMBER, List.of()))
                          .toList()))
          .forEach(joined -> members.add(joined.id()));
    }
    group =
        await(
                chat.conversations()
                    .createGroup(alice, "week-3", "Week 3", members, true, new Ref("create")))
            .id();
  }

  /** The bots over another store, as if the process had been started anew. */
  public Bots reopen(Store other) throws Exception {
    return reopen(other, timers);
  }

  /** The same by other timers. */
  public Bots reopen(Store other, Timers by) throws Exception {
    await(bots.close());
    bots = await(Bots.open(vertx, chat, other, by, new Bots.Options(false, URL)));
    return bots;
  }

  public Caller member(String userid) throws Exception {
    OrganisationState state =
        (OrganisationState) await(chat.log().state(ConversationId.of(alice.organisation())));
    return new Caller(state.byUserid(userid).id(), alice.organisation(), null, Role.MEMBER, false);
  }

  /** Puts the invitation into the group; the seq of its card. */
  public long push() throws Exception {
    JsonObject pushed = await(bots.surveys().push(alice, "un75", new Ref("p1"), List.of(group)));
    return pushed.getJsonArray("messages").getJsonObject(0).getLong("seq");
  }

  public ConversationId direct(Caller who) throws Exception {
    return ConversationId.direct(
        alice.organisation(), await(bots.surveys().bot(alice, "un75")), who.account());
  }

  /** What the private card shows: it is the second entry of the conversation. */
  public CardView view(Caller who) throws Exception {
    return await(chat.cards().view(who, direct(who), 2));
  }

  public CardView press(Caller who, String key) throws Exception {
    return await(chat.cards().answer(who, direct(who), 2, answer(key, Map.of(), Map.of())));
  }

  public static CardAnswer answer(
      String key, Map<String, List<String>> selected, Map<String, String> texts) {
    return new CardAnswer(new Ref(UUID.randomUUID().toString()), key, selected, texts);
  }

  /** The answer to the card that is shown: the first {@code picks} options, or some words. */
  public static CardAnswer fill(CardView view, int picks, String words) {
    JsonObject card = view.card();
    JsonObject box = card.getJsonObject("checkbox");
    JsonObject input = card.getJsonObject("text_input");
    if (card.getJsonObject("submit_button") == null) {
      return answer(
          card.getJsonArray("button_list").getJsonObject(0).getString("key"), Map.of(), Map.of());
    }
    if (box == null) {
      return answer("submit", Map.of(), Map.of(input.getString("question_key"), words));
    }
    List<String> ids = new ArrayList<>();
    JsonArray options = box.getJsonArray("option_list");
    for (int i = 0; i < Math.min(picks, box.getInteger("most")); i++) {
      ids.add(options.getJsonObject(i).getString("id"));
    }
    return answer("submit", Map.of(box.getString("question_key"), ids), Map.of());
  }

  /** Takes the whole survey, from the invitation on, each step again while it is not known. */
  public CardView take(Caller who, long invitation, String words) throws Exception {
    again(() -> chat.cards().answer(who, group, invitation, answer("begin", Map.of(), Map.of())));
    CardView view = again(() -> chat.cards().view(who, direct(who), 2));
    for (int i = 0; i < 40 && view.state() == CardView.State.OPEN; i++) {
      CardAnswer next = fill(view, 3, words);
      view = again(() -> chat.cards().answer(who, direct(who), 2, next));
    }
    return view;
  }

  /** A question to the server. */
  public interface Ask<T> {
    Future<T> ask() throws Exception;
  }

  /** What is done when an answer is not known. */
  public Runnable whenUnknown = () -> {};

  private <T> T again(Ask<T> ask) throws Exception {
    for (int i = 0; ; i++) {
      try {
        return await(ask.ask());
      } catch (Fault | StoreException failure) {
        if (i == 5 || (failure instanceof Fault fault && fault.code().status() != 503)) {
          throw failure;
        }
        whenUnknown.run();
      }
    }
  }

  public static <T> T await(Future<T> future) throws Exception {
    try {
      return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  @Override
  public void close() throws Exception {
    await(bots.close());
    await(chat.close());
    await(store.close());
    await(vertx.close());
  }
}
