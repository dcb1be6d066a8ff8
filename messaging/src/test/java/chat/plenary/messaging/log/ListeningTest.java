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

  private LogFixture.Node node(String name) {
    LogFixture.Node node = world.node(name);
    node.lanes.listen(
        new DurableListener() {
          @Override
          public String name() {
            return "test";
          }

          @Override
          public Future<Void> take(int lane, List<Entry> entries) {
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
}
