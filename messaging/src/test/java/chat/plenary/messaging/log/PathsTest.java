package chat.plenary.messaging.log;

import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.messaging.id.Ref;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.junit.jupiter.api.Test;

/** The refs that a path holds after an unknown. */
class PathsTest {
  private final Paths paths = new Paths();

  private static Waiting waiting(String ref) {
    return waiting("path", ref);
  }

  private static Waiting waiting(String path, String ref) {
    Command command =
        new Command(
            LogFixture.ROOM,
            LogFixture.AMY,
            new Ref(ref),
            "post",
            1,
            new BsonDocument("text", new BsonString(ref)),
            true,
            path);
    return new Waiting(command, new Meta.Mark(ref, "h", 1), "w", 0);
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

  @Test
  void aRefRefusedOnAnotherPathIsStillHeldByTheOneThatHasNotHeard() {
    Waiting a = waiting("here", "a");
    Waiting b = waiting("here", "b");
    Waiting other = waiting("there", "a");
    paths.holdFirst(a.path, List.of(a, b));
    paths.holdFirst(other.path, List.of(other));
    paths.release(other.path, other.key);
    assertThat(paths.holds(other.path)).isFalse();
    assertThat(paths.takes(b, key -> false)).isFalse();
    assertThat(paths.takes(a, key -> false)).isTrue();
    paths.release(a.path, a.key);
    assertThat(paths.takes(b, key -> false)).isTrue();
  }
}
