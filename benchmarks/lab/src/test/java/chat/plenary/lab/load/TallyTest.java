package chat.plenary.lab.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TallyTest {
  private final Tally tally = new Tally(1);

  @BeforeEach
  void threeMessagesAreSent() {
    for (int i = 0; i < 3; i++) {
      tally.next(1_000_000L * i, 1_000_000L * i);
    }
  }

  @Test
  void twoWhoAreShownTheSameLeaveNothingToComplainOf() {
    int next = show(0, 0, 2, 1);
    assertThat(next).isEqualTo(3);
    assertThat(show(0, 0, 2, 1)).isEqualTo(3);
    assertThat(tally.duplicates() + tally.disordered() + tally.skipped()).isZero();
  }

  @Test
  void aMessageThatIsShownTwiceIsCounted() {
    show(0, 0, 1, 1);
    assertThat(tally.duplicates()).isEqualTo(1);
  }

  @Test
  void aMessageThatIsPassedOverIsCounted() {
    show(0, 0, 1, 2);
    show(0, 0, 2);
    assertThat(tally.skipped()).isEqualTo(1);
  }

  @Test
  void anotherOrderIsCounted() {
    show(0, 0, 1, 2);
    show(0, 1, 0, 2);
    assertThat(tally.skipped() + tally.duplicates() + tally.disordered()).isPositive();
  }

  @Test
  void whatWasNeverSentIsCounted() {
    show(0, 7);
    assertThat(tally.disordered()).isEqualTo(1);
  }

  @Test
  void whatIsMissingInTheEndIsKnownByTheGroupsSize() {
    show(0, 0, 1);
    int next = show(0, 0);
    assertThat(tally.size(0) - next).isEqualTo(1);
  }

  @Test
  void whatWasAcceptedAndNobodyWasShownIsKnown() {
    show(0, 0);
    tally.accepted(0, 5_000_000L);
    tally.accepted(1, 5_000_000L);
    assertThat(tally.unseen()).isEqualTo(1);
  }

  @Test
  void timeRunsFromWhenAMessageWasDue() {
    tally.measure();
    int late = tally.next(1_000_000L, 4_000_000L);
    tally.shown(0, 0, late, 11_000_000L);
    assertThat(tally.latency().getMaxValue()).isBetween(10_000L, 10_010L);
    assertThat(tally.lag().getMaxValue()).isBetween(3_000L, 3_010L);
  }

  private int show(int from, int... numbers) {
    int next = from;
    for (int number : numbers) {
      next = tally.shown(0, next, number, 9_000_000L);
    }
    return next;
  }
}
