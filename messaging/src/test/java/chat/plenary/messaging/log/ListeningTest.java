package chat.plenary.messaging.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Durable listeners, in virtual time. */
class ListeningTest {
  private final LogFixture world = new LogFixture();
  private final List<String> heard = new ArrayList<>();
  private int failures;
  private int batches;

  private LogFixture.Node node(String name) {
    LogFixture.Node node = world.node(name);
    node.lanes.listen(
        new DurableListener() {
          @Override
          public String name() {
            return "test";
          }

          @Override
          public boolean wants(Entry entry) {
            return !entry.ref().startsWith("dull");
          }

          @Override
          public Future<Void> take(int lane, List<Entry> entries) {
            batches++;
            entries.forEach(entry -> heard.add(entry.ref()));
            return failures-- > 0 ? Future.failedFuture("not now") : Future.succeededFuture();
          }
        });
    return node.start();
  }

  @Test
  void eachEntryIsHeardInOrderAndAnotherNodeGoesOnWhereTheFirstStopped() {
    LogFixture.Node first = node("n1");
    first.now("post", "a");
    first.now("post", "b");
    world.pass(500);
    assertThat(heard).containsExactly("a", "b");
    first.process.kill();

    LogFixture.Node second = node("n2");
    second.now("post", "c");
    world.pass(500);
    assertThat(heard).containsExactly("a", "b", "c");
    assertThat(world.done(second.lanes.places("test"))[second.lanes.lane(LogFixture.ROOM)])
        .isEqualTo(3);
  }

  @Test
  void whatFailedComesAgain() {
    failures = 2;
    LogFixture.Node node = node("n1");
    node.now("post", "a");
    world.pass(2_000);
    assertThat(heard).containsExactly("a", "a", "a");
    node.now("post", "b");
    world.pass(500);
    assertThat(heard).endsWith("b");
  }

  @Test
  void twoNodesThatBothBelieveItIsTheirTurnMoveThePlaceOnceAndLoseNothing() {
    LogFixture.Node one = node("n1");
    node("n2");
    for (int i = 0; i < 5; i++) {
      one.now("post", "p" + i);
    }
    world.pass(3_000);
    assertThat(heard).contains("p0", "p1", "p2", "p3", "p4");
    assertThat(world.done(one.lanes.places("test"))[one.lanes.lane(LogFixture.ROOM)]).isEqualTo(5);
  }

  @Test
  void theFirstAfterARestIsHeardAtOnceAndWhatFollowsGathers() {
    LogFixture.Node node = node("n1");
    world.pass(1_000);
    node.now("post", "a");
    assertThat(heard).containsExactly("a");
    for (int i = 0; i < 10; i++) {
      node.now("post", "p" + i);
      world.pass(5);
    }
    assertThat(batches).isEqualTo(1);
    world.pass(200);
    assertThat(heard).hasSize(11).isSubsetOf(allOf("a", "p", 10)).doesNotHaveDuplicates();
    assertThat(batches).isEqualTo(2);
  }

  @Test
  void aFullBatchDoesNotWait() {
    LogFixture.Node node = node("n1");
    world.pass(1_000);
    for (int i = 0; i < 250; i++) {
      node.now("post", "p" + i);
    }
    world.pass(1_000);
    assertThat(heard).hasSize(250).isSubsetOf(allOf("p", "p", 250)).doesNotHaveDuplicates();
  }

  @Test
  void overWhatItDoesNotWantItsPlaceMovesWithoutABatchAndSurvivesItsNode() {
    LogFixture.Node first = node("n1");
    first.now("post", "a");
    world.pass(500);
    for (int i = 0; i < 30; i++) {
      first.now("post", "dull" + i);
    }
    world.pass(500);
    assertThat(batches).isEqualTo(1);
    assertThat(place(first)).as("not worth a write yet").isEqualTo(1);
    world.pass(6_000);
    assertThat(place(first)).isEqualTo(31);
    first.now("post", "dull");
    first.now("post", "b");
    first.now("post", "dull-too");
    first.process.kill();

    LogFixture.Node second = node("n2");
    second.now("post", "c");
    world.pass(500);
    assertThat(heard).startsWith("a").endsWith("c").contains("b");
    assertThat(heard.stream().distinct()).containsExactly("a", "b", "c");
    assertThat(place(second)).isEqualTo(35);
  }

  private long place(LogFixture.Node node) {
    return world.done(node.lanes.places("test"))[node.lanes.lane(LogFixture.ROOM)];
  }

  private static List<String> allOf(String first, String prefix, int count) {
    List<String> all = new ArrayList<>();
    all.add(first);
    for (int i = 0; i < count; i++) {
      all.add(prefix + i);
    }
    return all;
  }
}
