package chat.plenary.messaging.store;

import static chat.plenary.messaging.store.StoreUnderTest.await;
import static chat.plenary.messaging.store.StoreUnderTest.doc;
import static chat.plenary.messaging.store.StoreUnderTest.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.junit.jupiter.api.Test;

/** Races, freshness, and where futures complete. */
interface ConcurrencyContract extends StoreUnderTest {
  @Test
  default void ofManyThatInsertOneIdAtOnceOneWins() throws Exception {
    for (int round = 0; round < 10; round++) {
      var id = "round" + round;
      var won =
          race(12, writer -> store().insert(collection(), List.of(doc(id, "writer", writer))));
      assertThat(won).hasSize(1);
      assertThat(get(id)).isEqualTo(doc(id, "writer", won.get(0)));
    }
  }

  @Test
  default void ofManyThatInsertOneUniqueKeyAtOnceOneWins() throws Exception {
    unique("u");
    for (int round = 0; round < 10; round++) {
      var key = "round" + round;
      var won =
          race(
              12,
              writer -> store().insert(collection(), List.of(doc(key + "/" + writer, "u", key))));
      assertThat(won).hasSize(1);
      assertThat(found(Query.in(collection(), "u").from(StoreUnderTest.bson(key)).limit(2)))
          .containsExactly(key + "/" + won.get(0));
    }
  }

  @Test
  default void ofManyRunsForTheSameNumbersOneLandsWholeAndNoOtherLeavesATrace() throws Exception {
    for (int round = 0; round < 5; round++) {
      var lane = "lane" + round;
      var won = race(8, writer -> store().insert(collection(), run(lane, writer, 20)));
      assertThat(won).hasSize(1);
      var found =
          await(
              store()
                  .find(
                      Query.in(collection(), "_id")
                          .from(StoreUnderTest.bson(lane + "/"))
                          .before(StoreUnderTest.bson(lane + "0"))));
      assertThat(found).hasSize(20);
      assertThat(found).allMatch(entry -> entry.getNumber("writer").intValue() == won.get(0));
    }
  }

  private static List<BsonDocument> run(String lane, int writer, int size) {
    var run = new ArrayList<BsonDocument>();
    for (int n = 0; n < size; n++) {
      run.add(doc("%s/%04d".formatted(lane, n), "writer", writer));
    }
    return run;
  }

  @Test
  default void ofManyThatUpdateUnderOnePreconditionOneMatches() throws Exception {
    insert(doc("a", "owner", null));
    var matched =
        race(
            12,
            writer ->
                store()
                    .update(
                        collection(),
                        Update.of("a").expect("owner", BsonNull.VALUE).set("owner", writer))
                    .compose(
                        matches ->
                            matches
                                ? Future.succeededFuture()
                                : Future.failedFuture(
                                    new StoreException(
                                        StoreException.Kind.DUPLICATE,
                                        "another was first",
                                        null))));
    assertThat(matched).hasSize(1);
    assertThat(get("a").getNumber("owner").intValue()).isEqualTo(matched.get(0));
  }

  @Test
  default void additionsOfManyAddUp() throws Exception {
    insert(doc("a", "n", 0));
    var won =
        race(
            8,
            writer -> {
              Future<?> all = Future.succeededFuture();
              for (int i = 0; i < 25; i++) {
                all = all.compose(x -> store().update(collection(), Update.of("a").inc("n", 1)));
              }
              return all;
            });
    assertThat(won).hasSize(8);
    assertThat(get("a").getNumber("n").longValue()).isEqualTo(200);
  }

  @Test
  default void aReadAfterAnAcknowledgedWriteSeesIt() throws Exception {
    indexed("w", "seq");
    race(
        4,
        writer -> {
          Future<?> all = Future.succeededFuture();
          for (long i = 0; i < 25; i++) {
            var seq = i;
            var id = writer + "/" + i;
            all =
                all.compose(
                        x ->
                            store().insert(collection(), List.of(doc(id, "w", writer, "seq", seq))))
                    .compose(
                        x ->
                            store()
                                .find(
                                    Query.in(collection(), "seq")
                                        .where("w", writer)
                                        .reversed()
                                        .limit(1)))
                    .map(
                        newest -> {
                          assertThat(newest.get(0).get("seq")).isEqualTo(new BsonInt64(seq));
                          return null;
                        })
                    .compose(x -> store().get(collection(), List.of(id)))
                    .map(
                        found -> {
                          assertThat(found).hasSize(1);
                          return null;
                        });
          }
          return all;
        });
  }

  @Test
  default void manyOperationsMayWaitAtOnce() {
    var all = new ArrayList<Future<?>>();
    for (int i = 0; i < 300; i++) {
      all.add(store().insert(collection(), List.of(doc("id" + i, "n", i))));
    }
    await(Future.all(all));
    assertThat(found(Query.in(collection(), "_id").limit(1_000))).hasSize(300);
  }

  @Test
  default void futuresCompleteOnTheCallersContext() {
    var promise = Promise.<List<Context>>promise();
    var context = vertx().getOrCreateContext();
    var seen = new ArrayList<Context>();
    context.runOnContext(
        x ->
            store()
                .insert(collection(), List.of(doc("a")))
                .onComplete(done -> seen.add(Vertx.currentContext()))
                .compose(done -> store().get(collection(), List.of("a")))
                .onComplete(done -> seen.add(Vertx.currentContext()))
                .compose(done -> store().find(Query.in(collection(), "_id")))
                .onComplete(done -> seen.add(Vertx.currentContext()))
                .compose(done -> store().insert(collection(), List.of(doc("a"))))
                .onComplete(done -> seen.add(Vertx.currentContext()))
                .onComplete(done -> promise.complete(seen)));
    assertThat(await(promise.future())).hasSize(4).allMatch(other -> other == context);
  }

  @Test
  default void aFailureIsAStoreException() {
    insert(doc("a"));
    var failure = failure(store().insert(collection(), List.of(doc("a"))));
    assertThat(StoreException.isDuplicate(failure)).isTrue();
    assertThat(failure).hasMessageContaining(collection());
  }

  /** Starts all writers at the same moment; returns those that did not lose to a duplicate. */
  private static List<Integer> race(int writers, Attempt attempt) throws Exception {
    var threads = Executors.newFixedThreadPool(writers);
    try {
      var barrier = new CyclicBarrier(writers);
      var attempts = new ArrayList<Callable<Boolean>>();
      for (int i = 0; i < writers; i++) {
        int writer = i;
        attempts.add(
            () -> {
              barrier.await();
              return won(attempt, writer);
            });
      }
      var won = new ArrayList<Integer>();
      var results = threads.invokeAll(attempts);
      for (int i = 0; i < writers; i++) {
        if (results.get(i).get()) {
          won.add(i);
        }
      }
      return won;
    } finally {
      threads.shutdownNow();
    }
  }

  /**
   * Some servers tell losers of a race of a deadlock, which the port calls unknown; like every
   * caller the writer then tries again, after a pause by chance: writers that keep step with each
   * other meet in the next deadlock.
   */
  private static boolean won(Attempt attempt, int writer) throws InterruptedException {
    for (int tries = 0; tries < 200; tries++) {
      try {
        await(attempt.by(writer));
        return true;
      } catch (StoreException e) {
        if (e.kind() == StoreException.Kind.DUPLICATE) {
          return false;
        }
        assertThat(e.kind()).isEqualTo(StoreException.Kind.UNKNOWN);
        Thread.sleep(ThreadLocalRandom.current().nextInt(10 + 5 * Math.min(tries, 40)));
      }
    }
    throw new AssertionError("unknown again and again");
  }

  /** What one of several racing writers does. */
  interface Attempt {
    Future<?> by(int writer);
  }
}
