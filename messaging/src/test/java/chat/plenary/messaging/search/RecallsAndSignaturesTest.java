package chat.plenary.messaging.search;

import static chat.plenary.messaging.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.messaging.SlowStore;
import chat.plenary.messaging.content.MessageBody;
import chat.plenary.messaging.id.ConversationId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** Nothing of what was recalled stays in a signature. */
class RecallsAndSignaturesTest extends SearchHouse {
  private void eventually(Callable<Boolean> holds) throws Exception {
    long end = System.nanoTime() + 20_000_000_000L;
    while (!holds.call()) {
      assertThat(System.nanoTime()).as("within 20 s").isLessThan(end);
      Thread.sleep(20);
    }
  }

  @Test
  void aRecallLeavesNoSignatureOfWhatWasSaid() throws Exception {
    ConversationId group = assembly.group("recalls");
    long seq = post(assembly.alice, group, MessageBody.text("The first secret"));
    postAll(group, 300, "filler");
    await(
        assembly
            .chat
            .messages()
            .edit(assembly.alice, group, ref(), seq, MessageBody.text("The second secret"), "p"));
    postAll(group, 300, "filler");
    search(assembly.bo, group, "secret");
    assertThat(signatures()).hasSize(2);
    await(assembly.chat.messages().recall(assembly.alice, group, ref(), seq, "p"));
    eventually(() -> signatures().isEmpty());
    // What is made afterwards has nothing of it.
    search(assembly.bo, group, "secret");
    assertThat(signatures()).hasSize(2);
    Signatures own =
        new Signatures(
            assembly.store,
            assembly.chat.log(),
            Arrays.copyOf(assembly.chat.log().secret(Search.SECRET), 16));
    for (long segment : List.of(0L, 1L)) {
      Signatures.Row row = await(own.get(group, List.of(segment))).get(segment);
      assertThat(row.mayHave(own.hashes(Set.of("^secret")), Search.Narrowed.none())).isFalse();
      assertThat(row.mayHave(own.hashes(Set.of("^filler")), Search.Narrowed.none())).isTrue();
    }
  }

  @Test
  void aSignatureThatIsMadeWhileAMessageIsRecalledIsNotKept() throws Exception {
    ConversationId group = assembly.group("race");
    long seq = post(assembly.alice, group, MessageBody.text("The secret"));
    postAll(group, 300, "filler");
    Promise<Void> reached = Promise.promise();
    Promise<Void> released = Promise.promise();
    // Deletions write too: only the first write, which is the insert, waits.
    slow.before(
        (doing, collection) ->
            collection.equals(Signatures.COLLECTION)
                    && doing == SlowStore.Doing.WRITE
                    && reached.tryComplete()
                ? released.future()
                : Future.succeededFuture());
    Future<Search.Found> searching =
        assembly.chat.search().in(assembly.bo, group, "secret", Search.Narrowed.none(), 0, 10);
    await(reached.future());
    await(assembly.chat.messages().recall(assembly.alice, group, ref(), seq, "p"));
    eventually(() -> await(assembly.chat.log().read(group, seq, seq, 1)).get(0).body() == null);
    released.complete();
    await(searching);
    assertThat(signatures()).isEmpty();
  }
}
