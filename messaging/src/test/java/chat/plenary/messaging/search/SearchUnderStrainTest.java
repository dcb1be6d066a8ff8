package chat.plenary.messaging.search;

import static chat.plenary.messaging.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.plenary.messaging.Chat;
import chat.plenary.messaging.SlowStore;
import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.cluster.VertxBus;
import chat.plenary.messaging.content.MessageBody;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.log.Lanes;
import chat.plenary.messaging.log.VertxTimers;
import chat.plenary.messaging.store.StoreException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Searches that cost too much, that fail in between, and that run at once. */
class SearchUnderStrainTest extends SearchHouse {
  @Test
  void aSpentBudgetSaysHowFarItLookedAndWhereToGoOn() throws Exception {
    ConversationId group = assembly.group("long");
    long needle = post(assembly.alice, group, MessageBody.text("The needle"));
    postAll(group, 1_400, "hay");
    Chat chat = assembly.chat;
    Search scarce =
        new Search(
            assembly.store,
            chat.log(),
            chat.access(),
            chat.history(),
            chat.inbox(),
            new VertxTimers(assembly.vertx, Clock.systemUTC()),
            chat.log().secret(Search.SECRET),
            new Search.Costs(400, 4_096, 60_000));
    long before = 0;
    int requests = 0;
    List<Long> found = new ArrayList<>();
    do {
      Search.Found page =
          await(scarce.in(assembly.bo, group, "needle", Search.Narrowed.none(), before, 10));
      assertThat(page.searched()).isEqualTo(Math.max(1, page.next()));
      found.addAll(seqs(page));
      before = page.next();
      requests++;
    } while (before > 0);
    assertThat(found).containsExactly(needle);
    assertThat(requests).isGreaterThan(2);

    // Now the signatures tell where it is: the same budget is enough for the tail and one segment.
    Search.Found again =
        await(scarce.in(assembly.bo, group, "needle", Search.Narrowed.none(), 0, 10));
    assertThat(seqs(again)).containsExactly(needle);
    assertThat(again.next()).isZero();
    scarce.close();
  }

  @Test
  void aStoreThatFailsInBetweenFailsTheSearchAndNothingIsHiddenAfterwards() throws Exception {
    ConversationId group = assembly.group("failing");
    long needle = post(assembly.alice, group, MessageBody.text("The needle"));
    postAll(group, 700, "hay");
    StoreException down = new StoreException(StoreException.Kind.UNKNOWN, "down", null);
    // Signatures that cannot be kept cost the next search, nothing else.
    slow.before(
        (doing, collection) ->
            collection.equals(Signatures.COLLECTION) && doing == SlowStore.Doing.WRITE
                ? Future.failedFuture(down)
                : Future.succeededFuture());
    assertThat(seqs(search(assembly.bo, group, "needle"))).containsExactly(needle);
    AtomicInteger reads = new AtomicInteger();
    slow.before(
        (doing, collection) ->
            collection.equals("entries")
                    && doing == SlowStore.Doing.READ
                    && reads.incrementAndGet() == 2
                ? Future.failedFuture(down)
                : Future.succeededFuture());
    assertThatThrownBy(() -> search(assembly.bo, group, "needle")).isNotNull();
    slow.before((doing, collection) -> Future.succeededFuture());
    assertThat(seqs(search(assembly.bo, group, "needle"))).containsExactly(needle);
    for (int i = 0; i < 10; i++) {
      assertThat(seqs(search(assembly.bo, group, "needle"))).as("turns are given back").hasSize(1);
    }
  }

  @Test
  void twoNodesSearchAtOnceAndFindTheSame() throws Exception {
    ConversationId group = assembly.group("both");
    long needle = post(assembly.alice, group, MessageBody.text("The needle"));
    postAll(group, 1_300, "hay");
    Vertx vertx = Vertx.vertx();
    Chat other =
        await(
            Chat.open(
                assembly.store,
                await(VertxBus.open(vertx)),
                new VertxTimers(vertx, Clock.systemUTC()),
                Lanes.contexts(vertx, 2),
                Chat.Options.defaults()));
    await(other.start());
    List<Future<Search.Found>> searches = new ArrayList<>();
    for (Chat chat : List.of(assembly.chat, other)) {
      for (Caller who : List.of(assembly.alice, assembly.bo)) {
        for (String query : List.of("needle", "1299")) {
          searches.add(chat.search().in(who, group, query, Search.Narrowed.none(), 0, 50));
        }
      }
    }
    await(Future.all(searches));
    for (int i = 0; i < searches.size(); i++) {
      assertThat(seqs(searches.get(i).result())).hasSize(1);
      if (i % 2 == 0) {
        assertThat(seqs(searches.get(i).result())).containsExactly(needle);
      }
    }
    assertThat(signatures()).hasSize(5);
    await(other.close());
    await(vertx.close());
  }

  @Test
  void ofManySearchesAtOnceSomeAreToldToComeAgain() throws Exception {
    ConversationId group = assembly.group("many");
    postAll(group, 300, "hay");
    List<Future<Search.Found>> searches = new ArrayList<>();
    slow.before(
        (doing, collection) ->
            collection.equals("entries")
                ? Future.future(p -> assembly.vertx.setTimer(50, t -> p.complete()))
                : Future.succeededFuture());
    for (int i = 0; i < 20; i++) {
      searches.add(
          assembly.chat.search().in(assembly.bo, group, "hay", Search.Narrowed.none(), 0, 1));
    }
    await(Future.join(searches).otherwiseEmpty());
    assertThat(searches.stream().filter(Future::succeeded).count()).isBetween(1L, 19L);
    assertThat(searches.stream().filter(Future::failed).map(Future::cause))
        .isNotEmpty()
        .allSatisfy(
            why ->
                assertThat(why)
                    .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> assertThat(fault.code()).isEqualTo(Fault.Code.TOO_MANY)));
    slow.before((doing, collection) -> Future.succeededFuture());
    assertThat(search(assembly.bo, group, "hay").hits()).isNotEmpty();
  }
}
