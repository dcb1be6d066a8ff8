package chat.plenary.messaging.meeting;

import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.messaging.meeting.MeetingPlan.Every;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** When the occurrences of a series begin. */
class SeriesTest {
  private static List<String> starts(String anchor, String zone, Every every, int count) {
    Series series = new Series(Instant.parse(anchor), 1, ZoneId.of(zone), every, count);
    return IntStream.rangeClosed(1, count)
        .mapToObj(number -> series.start(number).toString())
        .toList();
  }

  @Test
  void theTimeOfDayStaysWhateverTheClocksDo() {
    assertThat(starts("2027-03-21T14:00:00Z", "Europe/Paris", Every.WEEK, 3))
        .containsExactly("2027-03-21T14:00:00Z", "2027-03-28T13:00:00Z", "2027-04-04T13:00:00Z");
    assertThat(starts("2026-10-24T13:00:00Z", "America/New_York", Every.FORTNIGHT, 3))
        .containsExactly("2026-10-24T13:00:00Z", "2026-11-07T14:00:00Z", "2026-11-21T14:00:00Z");
    assertThat(starts("2026-10-24T13:00:00Z", "Asia/Shanghai", Every.WEEK, 2))
        .containsExactly("2026-10-24T13:00:00Z", "2026-10-31T13:00:00Z");
  }

  @Test
  void aTimeThatIsLeftOutIsLaterAndOneThatComesTwiceIsTheFirst() {
    assertThat(starts("2027-03-27T01:30:00Z", "Europe/Paris", Every.DAY, 3))
        .containsExactly("2027-03-27T01:30:00Z", "2027-03-28T01:30:00Z", "2027-03-29T00:30:00Z");
    assertThat(starts("2026-10-24T00:30:00Z", "Europe/Paris", Every.DAY, 3))
        .containsExactly("2026-10-24T00:30:00Z", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z");
  }

  @Test
  void weekdaysPassOverWeekends() {
    assertThat(starts("2026-11-26T10:00:00Z", "UTC", Every.WEEKDAY, 8))
        .containsExactly(
            "2026-11-26T10:00:00Z",
            "2026-11-27T10:00:00Z",
            "2026-11-30T10:00:00Z",
            "2026-12-01T10:00:00Z",
            "2026-12-02T10:00:00Z",
            "2026-12-03T10:00:00Z",
            "2026-12-04T10:00:00Z",
            "2026-12-07T10:00:00Z");
    assertThat(
            new Series(Instant.parse("2026-11-28T10:00:00Z"), 1, ZoneId.of("UTC"), Every.WEEKDAY, 2)
                .begins())
        .isFalse();
  }

  @Test
  void aMonthWithoutTheDayHasItsLast() {
    assertThat(starts("2027-01-31T10:00:00Z", "UTC", Every.MONTH, 4))
        .containsExactly(
            "2027-01-31T10:00:00Z",
            "2027-02-28T10:00:00Z",
            "2027-03-31T10:00:00Z",
            "2027-04-30T10:00:00Z");
  }

  @Test
  void aSeriesThatWasMovedIsReckonedFromThere() {
    Series moved =
        new Series(Instant.parse("2026-12-09T09:00:00Z"), 3, ZoneId.of("UTC"), Every.WEEK, 5);
    assertThat(moved.start(4)).isEqualTo(Instant.parse("2026-12-16T09:00:00Z"));
    assertThat(moved.goesOn(5)).isFalse();
  }
}
