package chat.plenary.messaging.meeting;

import static chat.plenary.messaging.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import biweekly.Biweekly;
import biweekly.ICalendar;
import biweekly.component.VEvent;
import biweekly.io.ParseWarning;
import biweekly.util.com.google.ical.compat.javautil.DateIterator;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Invitations, as a calendar's own library reads them. */
class InvitationTest {
  private MeetingHouse house;

  @BeforeEach
  void open(@TempDir Path directory) throws Exception {
    house = new MeetingHouse(directory);
  }

  @AfterEach
  void close() throws Exception {
    house.close();
  }

  private String text(String id) throws Exception {
    return await(house.meetings.pages().invitation(house.bob, id));
  }

  private static ICalendar read(String text) {
    List<List<ParseWarning>> warnings = new ArrayList<>();
    ICalendar calendar = Biweekly.parse(text).warnings(warnings).first();
    assertThat(warnings).allSatisfy(one -> assertThat(one).isEmpty());
    assertThat(calendar.validate(calendar.getVersion()).toString()).isEmpty();
    return calendar;
  }

  @Test
  void anInvitationSaysWhatWasAgreed() throws Exception {
    String title =
        "Dialogue; of \"all\", \\ 世界の未来についての対話 and a title that is long enough to be folded";
    String id = house.called(house.wish("w").put("title", title));
    String text = text(id);
    for (String line : text.split("\r\n", -1)) {
      assertThat(line.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(75);
    }
    ICalendar calendar = read(text);
    assertThat(calendar.getMethod().getValue()).isEqualTo("REQUEST");
    VEvent event = calendar.getEvents().get(0);
    assertThat(event.getSummary().getValue()).isEqualTo(title);
    assertThat(event.getUid().getValue()).isEqualTo(id + "@plenary");
    assertThat(event.getSequence().getValue()).isZero();
    assertThat(event.getDateStart().getValue().toInstant())
        .isEqualTo(Instant.parse("2026-11-24T10:30:00Z"));
    assertThat(event.getDateEnd().getValue().toInstant())
        .isEqualTo(Instant.parse("2026-11-24T11:30:00Z"));
    assertThat(event.getAttendees().get(0).getCommonName()).isEqualTo("bob");
    assertThat(event.getOrganizer().getCommonName()).isEqualTo("Alice");
    assertThat(text).doesNotContain("http");
  }

  @Test
  void aChangeMovesTheSequenceAndACancellationCancels() throws Exception {
    String id = house.called(house.wish("w"));
    house.change(id, new JsonObject().put("title", "Another"));
    await(house.meetings.rsvp(house.bob, id, "yes"));
    ICalendar changed = read(text(id));
    assertThat(changed.getEvents().get(0).getSequence().getValue()).isEqualTo(1);
    assertThat(changed.getEvents().get(0).getAttendees().get(0).getParticipationStatus().getValue())
        .isEqualTo("ACCEPTED");
    await(house.meetings.cancel(house.alice, id));
    ICalendar cancelled = read(text(id));
    assertThat(cancelled.getMethod().getValue()).isEqualTo("CANCEL");
    assertThat(cancelled.getEvents().get(0).getSequence().getValue()).isEqualTo(2);
    assertThat(cancelled.getEvents().get(0).getStatus().getValue()).isEqualTo("CANCELLED");
  }

  /** What the library reckons from the rule and the zone that are in the text is what we reckon. */
  @ParameterizedTest
  @CsvSource({
    "day, Europe/Paris, 2027-03-25T14:00:00Z, 8",
    "weekday, America/New_York, 2026-12-31T15:00:00Z, 50",
    "week, Europe/Paris, 2027-03-01T14:00:00Z, 50",
    "fortnight, America/St_Johns, 2027-01-10T03:15:00Z, 20",
    "month, Asia/Kathmandu, 2027-01-31T10:00:00Z, 13",
    "month, Africa/Cairo, 2027-01-30T10:00:00Z, 13",
    "week, UTC, 2027-03-01T14:00:00Z, 3",
  })
  void calendarsReckonTheSameOccurrences(String every, String zone, String start, int count)
      throws Exception {
    String id =
        house.called(
            house
                .wish("w")
                .put("zone", zone)
                .put("start", start)
                .put("recurrence", new JsonObject().put("every", every).put("count", count)));
    ICalendar calendar = read(text(id));
    TimeZone told =
        calendar
            .getTimezoneInfo()
            .getTimezone(calendar.getEvents().get(0).getDateStart())
            .getTimeZone();
    DateIterator dates = calendar.getEvents().get(0).getDateIterator(told);
    List<Instant> theirs = new ArrayList<>();
    dates.forEachRemaining(date -> theirs.add(date.toInstant()));
    Series series =
        new Series(
            Instant.parse(start),
            1,
            java.time.ZoneId.of(zone),
            MeetingPlan.Every.valueOf(every.toUpperCase(java.util.Locale.ROOT)),
            count);
    List<Instant> ours = new ArrayList<>();
    for (int number = 1; number <= count; number++) {
      ours.add(series.start(number));
    }
    assertThat(theirs).isEqualTo(ours);
    assertThat(Duration.between(ours.get(0), ours.get(count - 1))).isPositive();
  }
}
