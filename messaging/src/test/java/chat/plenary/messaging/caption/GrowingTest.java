package chat.plenary.messaging.caption;

import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.messaging.TestClock;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.id.OrganisationId;
import chat.plenary.messaging.log.Timers;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import org.junit.jupiter.api.Test;

/** What grows is told at most five times a second, by a clock that the test moves. */
class GrowingTest {
  private final TestClock clock = new TestClock();
  private final PriorityQueue<Due> due =
      new PriorityQueue<>((a, b) -> Long.compare(a.at(), b.at()));
  private final List<String> told = new ArrayList<>();
  private final Growing growing =
      new Growing(new ByHand(), (meeting, sentence) -> told.add(sentence.text()));
  private final CaptionedMeeting meeting =
      new CaptionedMeeting(
          Floors.MEETING,
          new ConversationId("gAAAAAAAAAAAAAAAAAAAAAA"),
          new OrganisationId("oAAAAAAAAAAAAAAAAAAAAAA"),
          AccountId.of("alice"),
          Floors.START,
          List.of(),
          true);

  private record Due(long at, Runnable task) {}

  private final class ByHand implements Timers {
    @Override
    public Clock clock() {
      return clock;
    }

    @Override
    public void after(Duration delay, Runnable task) {
      due.add(new Due(clock.millis() + delay.toMillis(), task));
    }
  }

  private void pass(long millis) {
    for (long i = 0; i < millis; i++) {
      clock.pass(Duration.ofMillis(1));
      while (!due.isEmpty() && due.peek().at() <= clock.millis()) {
        due.poll().task().run();
      }
    }
  }

  private void grow(String key, String text) {
    growing.grow(meeting, Floors.said(key, text, 1));
  }

  @Test
  void theFirstWordIsToldAtOnceAndTheNewestAfterEachFifthOfASecond() {
    for (int i = 0; i < 100; i++) {
      grow("k", "word " + i);
      pass(10);
    }
    pass(1_000);
    assertThat(told)
        .containsExactly("word 0", "word 19", "word 39", "word 59", "word 79", "word 99");
  }

  @Test
  void sentencesDoNotWaitForEachOther() {
    grow("a", "a1");
    grow("b", "b1");
    assertThat(told).containsExactly("a1", "b1");
  }

  @Test
  void whatWaitsOfAFinishedSentenceIsNotTold() {
    grow("k", "one");
    grow("k", "one two");
    growing.over(Floors.MEETING, "k");
    pass(1_000);
    assertThat(told).containsExactly("one");
  }

  @Test
  void itForgetsTheOldestOfMoreThanAThousand() {
    for (int i = 0; i < 5_000; i++) {
      grow("k" + i, "text");
    }
    assertThat(told).hasSize(5_000);
    grow("k0", "again");
    assertThat(told).hasSize(5_001);
  }
}
