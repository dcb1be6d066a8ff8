package chat.plenary.integrations.camel;

import static chat.plenary.messaging.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.messaging.Assembly;
import chat.plenary.messaging.log.Timers;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two that want to go along one group. */
class TurnTest {
  private final List<String> changes = new ArrayList<>();
  private final Time time = new Time();
  @TempDir Path directory;
  private Assembly assembly;
  private Places places;

  /** Time that passes when the test says so. */
  private static final class Time implements Timers {
    private final AtomicLong now = new AtomicLong();

    @Override
    public Clock clock() {
      return Clock.systemUTC();
    }

    @Override
    public long elapsed() {
      return now.get();
    }

    @Override
    public void after(Duration delay, Runnable task) {
      throw new UnsupportedOperationException();
    }

    void pass(Duration some) {
      now.addAndGet(some.toMillis());
    }
  }

  @BeforeEach
  void open() throws Exception {
    assembly = Assembly.open(directory).start();
    places = new Places(assembly.store);
  }

  @AfterEach
  void close() throws Exception {
    assembly.close();
  }

  private Turn turn(String self) {
    return new Turn(
        "reader/g/a",
        self,
        places,
        time,
        () -> Future.succeededFuture(7L),
        new Turn.Hearing(() -> changes.add(self), () -> {}, failure -> changes.add("trouble")));
  }

  private void move(Turn turn, long to) throws Exception {
    turn.move(to);
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (turn.isMoving()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.sleep(1);
    }
  }

  @Test
  void whoIsSilentForLongLosesItsTurnAndCannotMoveThePlaceWhenItWakes() throws Exception {
    Turn first = turn("first");
    Turn second = turn("second");
    await(first.beat());
    assertThat(first.isOurs()).isTrue();
    assertThat(first.place()).isEqualTo(7);
    move(first, 9);
    await(second.beat());
    time.pass(Turn.PATIENCE.minusMillis(1));
    await(second.beat());
    assertThat(second.isOurs()).isFalse();
    assertThat(first.isDoubtful()).isFalse();
    time.pass(Duration.ofMillis(1));
    // The first one sleeps. It would not begin anything more, but does not know what has become of
    // what it had begun.
    assertThat(first.isDoubtful()).isTrue();
    await(second.beat());
    assertThat(second.isOurs()).isTrue();
    assertThat(second.place()).isEqualTo(9);
    assertThat(first.isOurs()).as("both believe it").isTrue();
    move(second, 10);
    move(first, 12);
    assertThat(first.isOurs()).isFalse();
    assertThat(await(places.find("reader/g/a")).seq()).isEqualTo(10);
    assertThat(changes).containsExactly("first", "second", "first");
  }

  @Test
  void whoBeatsKeepsItsTurnAndWhoLetsGoIsFollowedAtOnce() throws Exception {
    Turn first = turn("first");
    Turn second = turn("second");
    await(first.beat());
    for (int i = 0; i < 10; i++) {
      time.pass(Duration.ofSeconds(2));
      await(first.beat());
      await(second.beat());
    }
    assertThat(second.isOurs()).isFalse();
    await(first.close());
    await(second.beat());
    assertThat(second.isOurs()).isTrue();
  }
}
