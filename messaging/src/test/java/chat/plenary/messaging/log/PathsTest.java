package chat.plenary.messaging.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The refs that a path holds after an unknown. */
class PathsTest {
  private final Paths paths = new Paths();

  private static Waiting waiting(String ref) {
    return new Waiting(
        LogFixture.command(LogFixture.ROOM, "post", ref, ref), new Meta.Mark(ref, "h", 1), "w", 0);
  }

  @Test
  void aPathTakesTheOldestThatDoesNotWaitAlready() {
    Waiting a = waiting("a");
    Waiting b = waiting("b");
    Waiting c = waiting("c");
    paths.holdFirst(a.path, List.of(b));
    paths.holdLast(c);
    paths.holdFirst(a.path, List.of(a, b));
    assertThat(paths.takes(a, key -> false)).isTrue();
    assertThat(paths.takes(b, key -> false)).isFalse();
    assertThat(paths.takes(b, key -> key.equals("a"))).isTrue();
    assertThat(paths.takes(waiting("d"), key -> true)).isTrue();
  }

  @Test
  void whatIsSettledIsHeldNoMore() {
    Waiting a = waiting("a");
    Waiting b = waiting("b");
    paths.holdFirst(a.path, List.of(a, b));
    paths.release("a");
    assertThat(paths.takes(b, key -> false)).isTrue();
    paths.release("b");
    assertThat(paths.holds(a.path)).isFalse();
  }
}
