package chat.plenary.messaging.store.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.messaging.store.Index;
import chat.plenary.messaging.store.Query;
import chat.plenary.messaging.store.Store;
import chat.plenary.messaging.store.StoreException;
import chat.plenary.messaging.store.StoreException.Kind;
import chat.plenary.messaging.store.StoreUnderTest;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The server is killed with -9 under writes; needs the durable server. */
@ExtendWith(MongoSummary.class)
class MongoKilledTest {
  private static final int WRITERS = 4;
  private static final int RUN = 20;

  /** What the writers were told. */
  private static final class Told {
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final Set<String> unknown = ConcurrentHashMap.newKeySet();
    private final Set<StoreException.Kind> failures = ConcurrentHashMap.newKeySet();
    private final AtomicInteger begun = new AtomicInteger();
    private volatile boolean stop;
  }

  @Test
  @Timeout(value = 240, unit = TimeUnit.SECONDS)
  void whatWasAcknowledgedIsThereAfterAnyKillAndTheStoreGoesOnByItself() throws Exception {
    var vertx = Vertx.vertx();
    try (var server = TestMongo.durable()) {
      var store =
          TestMongo.await(MongoStore.open(vertx, server.freshUri(), MongoOptions.defaults()));
      TestMongo.await(store.index(Index.unique("entries", "l", "n")));
      for (var part : List.of("gateway", "database", "")) {
        killUnderWrites(vertx, server, store, part);
      }
      TestMongo.await(store.close());
    } finally {
      TestMongo.await(vertx.close());
    }
  }

  private static void killUnderWrites(Vertx vertx, TestMongo server, Store store, String part)
      throws InterruptedException {
    var told = new Told();
    var writers = new ArrayList<Future<Void>>();
    for (int i = 0; i < WRITERS; i++) {
      writers.add(write(vertx, store, told, part + "/" + i));
    }
    Thread.sleep(1_000);
    assertThat(told.acknowledged).isNotEmpty();
    server.kill(part);
    Thread.sleep(1_000);
    server.startAgain();
    awaitAcknowledgementsOf(told);
    told.stop = true;
    writers.forEach(TestMongo::await);
    assertThat(told.failures).as("killed: %s", part).containsExactly(Kind.UNKNOWN);
    assertThat(told.unknown).isNotEmpty();
    assertThat(present(store, told.acknowledged))
        .as("acknowledged and there after killing: %s", part)
        .containsExactlyInAnyOrderElementsOf(told.acknowledged);
  }

  /** The store goes on by itself: runs that begin from now on are acknowledged. */
  private static void awaitAcknowledgementsOf(Told told) throws InterruptedException {
    int from = told.begun.get();
    for (int i = 0; i < 600; i++) {
      for (var id : told.acknowledged) {
        if (Integer.parseInt(id.split("#")[1]) > from) {
          return;
        }
      }
      Thread.sleep(50);
    }
    throw new AssertionError("nothing was acknowledged within 30 s after the server was back");
  }

  /** One run after the other until told to stop. */
  private static Future<Void> write(Vertx vertx, Store store, Told told, String lane) {
    var ended = Promise.<Void>promise();
    vertx.runOnContext(start -> next(vertx, store, told, lane, 0, ended));
    return ended.future();
  }

  private static void next(
      Vertx vertx, Store store, Told told, String lane, int from, Promise<Void> ended) {
    if (told.stop) {
      ended.complete();
      return;
    }
    var number = told.begun.incrementAndGet();
    var run = new ArrayList<BsonDocument>();
    for (int i = 0; i < RUN; i++) {
      var n = from + i;
      run.add(StoreUnderTest.doc("%s/%08d#%d".formatted(lane, n, number), "l", lane, "n", n));
    }
    var ids = StoreUnderTest.ids(run);
    store
        .insert("entries", run)
        .onSuccess(done -> told.acknowledged.addAll(ids))
        .onFailure(
            failure -> {
              told.failures.add(((StoreException) failure).kind());
              told.unknown.addAll(ids);
            })
        .onComplete(
            done ->
                vertx.setTimer(
                    done.succeeded() ? 1 : 100,
                    later -> next(vertx, store, told, lane, from + RUN, ended)));
  }

  private static Set<String> present(Store store, Set<String> wanted) {
    var present = ConcurrentHashMap.<String>newKeySet();
    var ids = new ArrayList<>(wanted);
    for (int i = 0; i < ids.size(); i += Store.MAX_FOUND) {
      var some = ids.subList(i, Math.min(ids.size(), i + Store.MAX_FOUND));
      present.addAll(StoreUnderTest.ids(TestMongo.await(store.get("entries", some))));
    }
    assertThat(TestMongo.await(store.find(Query.in("entries", "_id").limit(1)))).hasSize(1);
    return present;
  }
}
