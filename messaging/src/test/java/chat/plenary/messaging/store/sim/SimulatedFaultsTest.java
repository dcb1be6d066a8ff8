package chat.plenary.messaging.store.sim;

import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.messaging.sim.Scheduler;
import chat.plenary.messaging.sim.SimulatedProcess;
import chat.plenary.messaging.store.Query;
import chat.plenary.messaging.store.StoreException;
import chat.plenary.messaging.store.StoreException.Kind;
import chat.plenary.messaging.store.Update;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.junit.jupiter.api.Test;

/** Each fault by itself does what it says, and none does more. */
class SimulatedFaultsTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  private final Scheduler scheduler = new Scheduler(7);
  private final SimulatedDatabase database = new SimulatedDatabase(scheduler, Faults.none());
  private final SimulatedProcess process = new SimulatedProcess(scheduler, "n1");
  private final SimulatedStore store = database.handle(process);

  @Test
  void aLostReplyIsUnknownAfterThePatienceAndTheWriteIsThere() {
    database.faults(Faults.none().with(Faults.Kind.LOST_REPLY, 1));
    assertThat(failure(store.insert("c", run(0, 3)))).isEqualTo(Kind.UNKNOWN);
    assertThat(scheduler.elapsed()).isEqualTo(Duration.ofSeconds(2));
    assertThat(database.committed("c")).hasSize(3);
  }

  @Test
  void aLostRequestIsUnknownAndTheWriteNeverHappens() {
    database.faults(Faults.none().with(Faults.Kind.LOST_REQUEST, 1));
    assertThat(failure(store.insert("c", run(0, 3)))).isEqualTo(Kind.UNKNOWN);
    scheduler.runFor(LONG);
    assertThat(database.committed("c")).isEmpty();
  }

  @Test
  void aLateWriteLandsAfterItsSenderGaveUp() {
    database.faults(Faults.none().with(Faults.Kind.LATE_WRITE, 1));
    assertThat(failure(store.insert("c", run(0, 3)))).isEqualTo(Kind.UNKNOWN);
    assertThat(database.applied()).isZero();
    scheduler.runFor(LONG);
    assertThat(database.committed("c")).hasSize(3);
  }

  @Test
  void ofACutWriteAnyPrefixLands() {
    database.faults(Faults.none().with(Faults.Kind.CUT_WRITE, 1));
    var lengths = new HashSet<Integer>();
    for (int i = 0; i < 60; i++) {
      assertThat(failure(store.insert("c" + i, run(0, 3)))).isEqualTo(Kind.UNKNOWN);
      var there = database.committed("c" + i);
      assertThat(there).isEqualTo(run(0, there.size()));
      lengths.add(there.size());
    }
    assertThat(lengths).containsExactlyInAnyOrder(0, 1, 2, 3);
  }

  @Test
  void anElectionUndoesWhatWasNotCommittedAndNothingElse() {
    await(store.insert("c", run(0, 2)));
    var open = store.insert("c", run(2, 5));
    assertThat(scheduler.runUntil(() -> database.applied() - database.committed() >= 2, LONG))
        .isTrue();
    var kept = database.committed();
    database.election();
    assertThat(failure(open)).isEqualTo(Kind.UNKNOWN);
    scheduler.runFor(LONG);
    var there = database.committed("c");
    assertThat(there).hasSizeBetween((int) kept, 4).isEqualTo(run(0, there.size()));
    await(store.insert("c", run(there.size(), 2)));
    assertThat(database.committed("c")).hasSize(there.size() + 2);
  }

  @Test
  void aWriteThatAnElectionLeftWholeGoesOn() {
    var first = store.insert("c", run(0, 1));
    scheduler.runUntil(() -> database.applied() == 1, LONG);
    var second = store.insert("d", run(0, 1));
    database.election();
    assertThat(failure(first)).isEqualTo(Kind.UNKNOWN);
    await(second);
    assertThat(database.committed("d")).hasSize(1);
  }

  @Test
  void aStaleReadIsOldButNoOlderThanWhatWasCommittedWhenAnAcknowledgedWriteBegan() {
    var other = database.handle(new SimulatedProcess(scheduler, "n2"));
    for (int i = 0; i < 10; i++) {
      await(other.insert("c", run(i, 1)));
    }
    database.faults(Faults.none().with(Faults.Kind.STALE_READ, 1).ownWritesSeen(false));
    assertThat(heads(store)).contains(0, 5, 10);
    await(store.insert("c", run(10, 1)));
    assertThat(heads(store)).containsExactlyInAnyOrder(10, 11);
    assertThat(heads(other)).containsExactlyInAnyOrder(10, 11);
    var idle = database.handle(new SimulatedProcess(scheduler, "n3"));
    assertThat(heads(idle)).contains(0, 11);
  }

  @Test
  void aPartitionedHandleGetsNoAnswerAndOthersDo() {
    var other = database.handle(new SimulatedProcess(scheduler, "n2"));
    var underWay = store.insert("c", run(0, 1));
    store.partition();
    assertThat(failure(underWay)).isEqualTo(Kind.UNKNOWN);
    assertThat(failure(store.insert("c", run(1, 1)))).isEqualTo(Kind.UNKNOWN);
    assertThat(await(other.get("c", List.of("id000", "id001")))).hasSize(1);
    store.heal();
    await(store.insert("c", run(1, 1)));
  }

  @Test
  void aPausedProcessHearsOfItAfterwards() {
    var written = store.insert("c", run(0, 1));
    process.pause();
    scheduler.runFor(LONG);
    assertThat(written.isComplete()).isFalse();
    process.resume();
    await(written);
    assertThat(scheduler.elapsed()).isEqualTo(LONG);
  }

  @Test
  void aKilledProcessHearsNothingAndItsWriteLands() {
    var written = store.insert("c", run(0, 3));
    process.kill();
    scheduler.runFor(LONG);
    assertThat(written.isComplete()).isFalse();
    assertThat(database.committed("c")).hasSize(3);
  }

  @Test
  void theSameSeedIsTheSameRunAndAnotherIsNot() {
    assertThat(badDay(3)).isEqualTo(badDay(3)).isNotEqualTo(badDay(4));
  }

  @Test
  void onBadDaysWhatWasAcknowledgedStaysAndOfEveryRunThereIsAPrefix() {
    for (long seed = 0; seed < 100; seed++) {
      badDay(seed);
    }
  }

  @Test
  void aSlowStoreAnswersLateOrNotAtAll() {
    database.faults(Faults.none().with(Faults.Kind.SLOW, 1));
    int unknown = 0;
    for (int i = 0; i < 40; i++) {
      var written = store.insert("c", run(i, 1));
      scheduler.runUntil(written::isComplete, LONG);
      unknown += written.failed() ? 1 : 0;
    }
    assertThat(unknown).isBetween(5, 35);
  }

  /** Runs and counts of three handles while everything fails; returns what happened. */
  private static String badDay(long seed) {
    var scheduler = new Scheduler(seed);
    var database = new SimulatedDatabase(scheduler, Faults.many());
    var outcomes = new ArrayList<String>();
    var acknowledged = new ArrayList<BsonDocument>();
    for (int n = 0; n < 3; n++) {
      var store = database.handle(new SimulatedProcess(scheduler, "n" + n));
      for (int i = 0; i < 10; i++) {
        var run = run("n" + n + "r" + i + "/", 0, 5);
        scheduler.schedule(
            scheduler.between(Duration.ZERO, Duration.ofSeconds(5)),
            () ->
                store
                    .insert("c", run)
                    .compose(
                        done -> {
                          acknowledged.addAll(run);
                          return store.update("counts", Update.of("n").inc("n", 1));
                        })
                    .onComplete(done -> outcomes.add(scheduler.elapsed() + " " + done)));
      }
    }
    scheduler.runFor(LONG);
    assertThat(outcomes).hasSize(30);
    var there = database.committed("c");
    assertThat(there).as(scheduler.describe()).containsAll(acknowledged);
    Set<String> ids = new HashSet<>();
    for (var document : there) {
      var id = document.getString("_id").getValue();
      ids.add(id);
      int place = Integer.parseInt(id.substring(id.length() - 3));
      assertThat(place == 0 || ids.contains(id.replaceAll("...$", "%03d".formatted(place - 1))))
          .as("%s: %s has what stands before it", scheduler.describe(), id)
          .isTrue();
    }
    return outcomes + " " + ids.size();
  }

  /** How many documents of "c" the handle's reads show, over many reads. */
  private Set<Integer> heads(SimulatedStore handle) {
    var heads = new HashSet<Integer>();
    for (int i = 0; i < 100; i++) {
      heads.add(await(handle.find(Query.in("c", "_id").from(new BsonString("")))).size());
    }
    return heads;
  }

  private <T> T await(Future<T> future) {
    assertThat(scheduler.runUntil(future::isComplete, LONG)).isTrue();
    assertThat(future.cause()).isNull();
    return future.result();
  }

  private Kind failure(Future<?> future) {
    assertThat(scheduler.runUntil(future::isComplete, LONG)).isTrue();
    assertThat(future.cause()).isInstanceOf(StoreException.class);
    return ((StoreException) future.cause()).kind();
  }

  private static List<BsonDocument> run(int from, int size) {
    return run("id", from, size);
  }

  private static List<BsonDocument> run(String prefix, int from, int size) {
    return IntStream.range(from, from + size)
        .mapToObj(
            n ->
                new BsonDocument("_id", new BsonString(prefix + "%03d".formatted(n)))
                    .append("n", new BsonInt64(n)))
        .toList();
  }
}
