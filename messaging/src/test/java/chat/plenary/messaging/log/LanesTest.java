package chat.plenary.messaging.log;

import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.store.Update;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Appending, freshness and cursors at one node, in virtual time. */
class LanesTest {
  private final LogFixture world = new LogFixture();
  private final LogFixture.Node node = world.node("n1").start();

  private static Fault.Code refused(Outcome outcome) {
    return ((Outcome.Refused) outcome).why().code();
  }

  @Test
  void aRefGetsItsFirstResultAgainAndAnotherBodyIsAConflict() {
    Outcome first = node.now("post", "a");
    assertThat(first).isInstanceOf(Outcome.Accepted.class);
    node.now("shut", "s");
    assertThat(node.now("post", "a")).isEqualTo(first);
    assertThat(refused(world.done(node.append("post", "a", "something else"))))
        .isEqualTo(Fault.Code.CONFLICT);
    assertThat(refused(node.now("post", "b"))).isEqualTo(Fault.Code.FORBIDDEN);
  }

  @Test
  void aCommandIsAnsweredUnknownThreeSecondsAfterItCame() {
    node.now("post", "before");
    node.store.partition();
    Future<Outcome> answer = node.append("post", "a", "a");
    world.pass(2_990);
    assertThat(answer.isComplete()).isFalse();
    world.pass(20);
    assertThat(answer.result()).isInstanceOf(Outcome.Unknown.class);
  }

  @Test
  void afterAnUnknownAPathTakesTheOldestFirst() {
    node.now("post", "before");
    node.store.partition();
    List<Future<Outcome>> sent = new ArrayList<>();
    for (String ref : List.of("a", "b", "c")) {
      sent.add(node.append("post", ref, ref));
    }
    world.pass(3_010);
    assertThat(sent).allMatch(one -> one.result() instanceof Outcome.Unknown);
    node.store.heal();
    world.pass(4_000);

    assertThat(node.now("post", "d")).isInstanceOf(Outcome.Unknown.class);
    assertThat(node.now("post", "b")).isInstanceOf(Outcome.Unknown.class);
    List<Outcome> again = new ArrayList<>();
    for (String ref : List.of("a", "b", "c", "d")) {
      again.add(node.now("post", ref));
    }
    assertThat(again)
        .extracting(one -> ((Outcome.Accepted) one).seq())
        .containsExactly(2L, 3L, 4L, 5L);
  }

  @Test
  void whatIsSentWhileAnotherIsLookedUpDoesNotOvertakeIt() {
    node.now("post", "before");
    node.store.partition();
    Future<Outcome> lost = node.append("post", "a", "a");
    world.pass(3_010);
    assertThat(lost.result()).isInstanceOf(Outcome.Unknown.class);
    node.store.heal();
    world.pass(4_000);

    Future<Outcome> second = node.append("post", "b", "b");
    Future<Outcome> first = node.append("post", "a", "a");
    Future<Outcome> third = node.append("post", "c", "c");
    assertThat(world.done(second)).isInstanceOf(Outcome.Unknown.class);
    assertThat(world.done(first)).isInstanceOf(Outcome.Accepted.class);
    assertThat(world.done(third)).isInstanceOf(Outcome.Unknown.class);
  }

  @Test
  void aDeadlineCountsAlsoWhileACommandIsLookedUp() {
    node.now("post", "before");
    node.store.partition();
    node.append("post", "a", "a");
    world.pass(3_010);
    world.database.faults(world.database.faults().patience(java.time.Duration.ofSeconds(30)));
    Future<Outcome> next = node.append("post", "b", "b");
    world.pass(3_010);
    assertThat(next.result()).isInstanceOf(Outcome.Unknown.class);
  }

  @Test
  void theLeaseEndsFourSecondsAfterTheLastWriteThatProvedIt() {
    world.pass(1_500);
    assertThat(node.lanes.isFresh()).isTrue();
    node.store.partition();
    world.pass(2_900);
    assertThat(node.lanes.isFresh()).isTrue();
    world.pass(1_200);
    assertThat(node.lanes.isFresh()).isFalse();
    node.store.heal();
    world.pass(5_000);
    assertThat(node.lanes.isFresh()).isTrue();
  }

  @Test
  void aPausedNodeIsNotFreshWhenItWakes() {
    world.pass(1_500);
    node.process.pause();
    world.pass(5_000);
    assertThat(node.lanes.isFresh()).isFalse();
  }

  @Test
  void anEntryWhoseRingWasLostIsFoundByTheNextCheckOfTheHeads() {
    LogFixture.Node other = world.node("n2").start();
    node.now("post", "a");
    world.pass(1_200);
    assertThat(other.lanes.cursor()).isEqualTo(node.lanes.cursor());
  }

  @Test
  void aNodeBehindACursorSaysSoAfterTwoSeconds() {
    node.now("post", "a");
    long[] numbers = new long[Log.LANES];
    numbers[node.lanes.lane(LogFixture.ROOM)] = 1;
    assertThat(world.done(node.lanes.reach(Cursor.of(1, numbers)).map("reached")))
        .isEqualTo("reached");
    numbers[node.lanes.lane(LogFixture.ROOM)] = 2;
    Future<Void> ahead = node.lanes.reach(Cursor.of(1, numbers));
    world.pass(1_990);
    assertThat(ahead.isComplete()).isFalse();
    assertThat(((Fault) world.failed(ahead)).code()).isEqualTo(Fault.Code.UNAVAILABLE);
  }

  @Test
  void aCursorFromBeforeARestoredBackupIsGone() {
    int epoch = world.done(Epoch.begin(node.store, Instant.parse("2026-11-27T00:00:00Z")));
    LogFixture.Node restored = world.node("n2").start();
    assertThat(restored.lanes.cursor().epoch()).isEqualTo(epoch);
    Future<Void> old = restored.lanes.reach(node.lanes.cursor());
    assertThat(((Fault) world.failed(old)).code()).isEqualTo(Fault.Code.GONE);
  }

  /** Each of them goes on from the same copy, with other entries under the same numbers. */
  @Test
  void twoRestoresOfOneCopyAreTwoEpochs() {
    Instant first = Instant.parse("2026-11-27T00:00:00Z");
    int one = world.done(Epoch.begin(node.store, first));
    world.done(node.store.update("meta", Update.of("database").set("epoch", 1)));
    int other = world.done(Epoch.begin(node.store, first.plusSeconds(1)));
    assertThat(other).isGreaterThan(one).isGreaterThan(1);
    Instant wrong = Instant.parse("2001-01-01T00:00:00Z");
    assertThat(world.done(Epoch.begin(node.store, wrong))).isEqualTo(other + 1);
  }
}
