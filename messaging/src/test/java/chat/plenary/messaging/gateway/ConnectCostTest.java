package chat.plenary.messaging.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.messaging.SlowStore;
import chat.plenary.messaging.Waiting;
import chat.plenary.messaging.account.SignedIn;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.id.Ref;
import chat.plenary.messaging.log.Outcome;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How often a connect with a cursor goes to the store, from hello to live. */
class ConnectCostTest {
  /** The caller's memberships, and the rows of their conversations. */
  private static final int NOTHING_NEW = 2;

  /**
   * Of a conversation with something new: the member's row, the conversation's, its newest entry,
   * its entries, and what happened to them since: by marks, and in the entries that the rows do not
   * tell of yet, which gather for 200 ms.
   */
  private static final int EACH_CHANGED = 6;

  private static final int TRIES = 8;

  @TempDir Path directory;
  private final AtomicInteger reads = new AtomicInteger();
  private final AtomicInteger writes = new AtomicInteger();
  private LiveNode node;
  private SignedIn carol;

  @BeforeEach
  void open() throws Exception {
    node =
        new LiveNode(
            directory,
            LiveConnections.Options.defaults(),
            real -> {
              SlowStore counting = new SlowStore(real);
              counting.before(
                  (doing, collection) -> {
                    // The node's own majority write is no connect's.
                    if (!collection.equals("freshness")) {
                      (doing == SlowStore.Doing.READ ? reads : writes).incrementAndGet();
                    }
                    return Future.succeededFuture();
                  });
              return counting;
            });
    carol = node.join("carol");
  }

  @AfterEach
  void close() throws Exception {
    node.close();
  }

  private ConversationId group(String id) throws Exception {
    ConversationId group = node.assembly.group(id);
    List<AccountId> added = List.of(carol.account().id());
    Waiting.await(
        node.assembly
            .chat
            .conversations()
            .changeMembers(node.assembly.alice, group, added, List.of(), new Ref("add-" + id)));
    return group;
  }

  private void post(ConversationId group, int count, String ref) throws Exception {
    for (int i = 0; i < count; i++) {
      assertThat(node.assembly.post(node.assembly.alice, group, ref + i, "text"))
          .isInstanceOf(Outcome.Accepted.class);
    }
  }

  private String cursor() throws Exception {
    LiveNode.Client client = node.connect(carol, null);
    String cursor = client.resumed.get(client.resumed.size() - 1).getString("cursor");
    Waiting.await(client.socket.close());
    return cursor;
  }

  /** The least of several connects: the node reads on its own behalf now and then, too. */
  private int least(AtomicInteger of, String cursor) throws Exception {
    int least = Integer.MAX_VALUE;
    for (int i = 0; i < TRIES; i++) {
      int before = of.get();
      LiveNode.Client client = node.connect(carol, cursor);
      least = Math.min(least, of.get() - before);
      Waiting.await(client.socket.close());
    }
    return least;
  }

  @Test
  void aConnectThatMissedNothingReadsTwiceHoweverManyConversationsThereAre() throws Exception {
    group("first");
    assertThat(least(reads, cursor())).isEqualTo(NOTHING_NEW);
    for (int i = 0; i < 40; i++) {
      post(group("more-" + i), 1, "ref-");
    }
    assertThat(least(reads, cursor())).isEqualTo(NOTHING_NEW);
  }

  @Test
  void whatWasMissedCostsTheSameForEachConversationHoweverLongItIs() throws Exception {
    ConversationId one = group("one");
    ConversationId other = group("other");
    post(one, 120, "before-");
    String cursor = cursor();
    post(one, 3, "missed-");
    assertThat(least(reads, cursor)).isBetween(NOTHING_NEW + 1, NOTHING_NEW + EACH_CHANGED);
    post(one, 40, "more-");
    assertThat(least(reads, cursor)).isBetween(NOTHING_NEW + 1, NOTHING_NEW + EACH_CHANGED);
    post(other, 3, "missed-");
    assertThat(least(reads, cursor)).isBetween(NOTHING_NEW + 2, NOTHING_NEW + 2 * EACH_CHANGED);
  }

  @Test
  void aConnectWritesNothing() throws Exception {
    group("one");
    assertThat(least(writes, cursor())).isZero();
  }
}
