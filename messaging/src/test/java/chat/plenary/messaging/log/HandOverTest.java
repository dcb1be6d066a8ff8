package chat.plenary.messaging.log;

import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.messaging.fault.Fault;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Handing commands to the owner of their lane, in virtual time. */
class HandOverTest {
  private final LogFixture world = new LogFixture();
  private final LogFixture.Node node = world.node("n1").start();
  private final int lane = node.lanes.lane(LogFixture.ROOM);
  private String owner = "";

  @BeforeEach
  void seeAnOwner() {
    int i = 0;
    do {
      owner = "other-" + i++;
    } while (!Owner.of(lane, java.util.List.of("n1", owner), "n1").equals(owner));
    node.bus.members("n1", owner);
  }

  @Test
  void withoutAnAnswerInASecondTheNodeAppendsItselfUntilItSeesOtherMembers() {
    Future<Outcome> first = node.append("post", "a", "a");
    world.pass(990);
    assertThat(first.isComplete()).isFalse();
    world.pass(100);
    assertThat(first.result()).isInstanceOf(Outcome.Accepted.class);
    assertThat(node.now("post", "b")).isInstanceOf(Outcome.Accepted.class);
    assertThat(node.bus.asked).hasSize(1);
    assertThat(node.bus.asked.get(0).node()).isEqualTo(owner);

    node.bus.members("n1", owner, "zz");
    node.bus.members("n1", owner);
    node.append("post", "c", "c");
    assertThat(node.bus.asked).hasSize(2);
  }

  @Test
  void anOwnerThatIsThereAgainIsHandedCommandsAgain() {
    node.append("post", "a", "a");
    world.pass(1_100);
    node.append("post", "b", "b");
    assertThat(node.bus.asked).hasSize(1);
    world.pass(HandOver.PROBE.toMillis());
    node.append("post", "c", "c");
    assertThat(node.bus.asked).hasSize(2);
  }

  @Test
  void whatCameBackWithoutAnAnswerIsUnknownRatherThanRefused() {
    node.bus.members("n1");
    node.now("shut", "s");
    node.bus.members("n1", owner);
    Future<Outcome> post = node.append("post", "a", "a");
    world.pass(2_900);
    assertThat(post.isComplete()).isFalse();
    world.pass(200);
    assertThat(post.result()).isInstanceOf(Outcome.Unknown.class);
  }

  @Test
  void theOwnersAnswerIsPassedOn() {
    LogFixture.Node other = world.node(owner).start();
    Future<Outcome> post = node.append("post", "a", "a");
    answer(other);
    assertThat(world.done(post)).isEqualTo(other.now("post", "a"));
    other.now("shut", "s");
    Future<Outcome> refused = node.append("post", "b", "b");
    answer(other);
    assertThat(((Outcome.Refused) world.done(refused)).why().code())
        .isEqualTo(Fault.Code.FORBIDDEN);
  }

  @Test
  void aBatchThatComesTwiceIsServedOnce() {
    LogFixture.Node other = world.node(owner).start();
    other.now("shut", "s");
    Future<Outcome> post = node.append("post", "a", "a");
    answer(other);
    assertThat(world.done(post)).isInstanceOf(Outcome.Refused.class);
    other.now("open", "o");
    FakeBus.Question question = node.bus.asked.get(0);
    Future<Buffer> again = other.bus.answerers.get(question.topic()).apply("n1", question.text());
    assertThat(world.failed(again)).hasMessageContaining("came before");
    world.pass(1_000);
    assertThat(world.done(other.lanes.read(LogFixture.ROOM, 1, 10, 10)))
        .extracting(Entry::ref)
        .containsExactly("s", "o");
  }

  @Test
  void aBatchThatComesAfterItsDeadlineByTheOwnersClockIsNotServed() {
    LogFixture.Node other = world.node(owner).start();
    other.now("shut", "s");
    Future<Outcome> post = node.append("post", "a", "a");
    world.pass(3_100);
    assertThat(world.done(post)).isInstanceOf(Outcome.Unknown.class);
    assertThat(node.now("post", "a")).isInstanceOf(Outcome.Refused.class);
    other.now("open", "o");
    FakeBus.Question question = node.bus.asked.get(0);
    Future<Buffer> late = other.bus.answerers.get(question.topic()).apply("n1", question.text());
    assertThat(world.failed(late)).hasMessageContaining("too late");
    world.pass(1_000);
    assertThat(world.done(other.lanes.read(LogFixture.ROOM, 1, 10, 10)))
        .extracting(Entry::ref)
        .containsExactly("s", "o");
  }

  @Test
  void anUnknownOfTheOwnerIsHeldHereAndTakesAlongWhatItsPathSentAfterIt() {
    Future<Outcome> first = node.append("post", "a", "a");
    Future<Outcome> second = node.append("post", "b", "b");
    org.bson.BsonDocument nothing = new org.bson.BsonDocument();
    node.bus
        .asked
        .get(0)
        .answer()
        .complete(
            HandOver.write(
                new org.bson.BsonDocument(
                    "outcomes", new org.bson.BsonArray(java.util.List.of(nothing)))));
    assertThat(world.done(first)).isInstanceOf(Outcome.Unknown.class);
    assertThat(world.done(second)).isInstanceOf(Outcome.Unknown.class);
    assertThat(node.now("post", "b")).isInstanceOf(Outcome.Unknown.class);
    assertThat(node.now("post", "a")).isInstanceOf(Outcome.Accepted.class);
    assertThat(node.now("post", "b")).isInstanceOf(Outcome.Accepted.class);
  }

  @Test
  void aRefusalAtTheOwnerTakesAlongWhatItsPathSentAfterIt() {
    LogFixture.Node other = world.node(owner).start();
    other.now("shut", "s");
    node.append("shut", "first", "first");
    Future<Outcome> early = node.append("post", "a", "a");
    Future<Outcome> late = node.append("shut", "b", "b");
    answer(other);
    world.pass(10);
    assertThat(node.bus.asked).hasSize(2);
    answer(other);
    assertThat(world.done(early)).isInstanceOf(Outcome.Refused.class);
    assertThat(world.done(late)).isInstanceOf(Outcome.Unknown.class);
    assertThat(world.done(other.lanes.read(LogFixture.ROOM, 1, 10, 10)))
        .extracting(Entry::ref)
        .containsExactly("s", "first");
  }

  private void answer(LogFixture.Node other) {
    FakeBus.Question question = node.bus.asked.get(node.bus.asked.size() - 1);
    other
        .bus
        .answerers
        .get(question.topic())
        .apply("n1", question.text())
        .onSuccess(question.answer()::tryComplete);
  }
}
