package chat.plenary.messaging.meeting;

import static chat.plenary.messaging.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reminders, and the occurrences of a series. */
class RemindersTest {
  @TempDir Path directory;
  private MeetingHouse house;

  @BeforeEach
  void open() throws Exception {
    house = new MeetingHouse(directory);
  }

  @AfterEach
  void close() throws Exception {
    house.close();
  }

  private JsonObject weekly(int count) {
    return house
        .wish("w")
        .put("recurrence", new JsonObject().put("every", "week").put("count", count));
  }

  @Test
  void aGroupIsRemindedOnceTenMinutesBefore() throws Exception {
    house.called(house.wish("w"));
    house.pass(Duration.ofMinutes(49));
    assertThat(house.remarks()).isEmpty();
    house.pass(Duration.ofMinutes(1));
    house.look();
    house.pass(Duration.ofMinutes(5));
    assertThat(house.remarks())
        .containsExactly("Weekly dialogue begins in 10 minutes: 24 Nov 2026 11:30 (Europe/Paris).");
  }

  @Test
  void remindersSurviveRestartsAndComeOnce() throws Exception {
    house.called(house.wish("w"));
    house.close();
    for (int start = 0; start < 3; start++) {
      house = new MeetingHouse(directory);
      house.pass(Duration.ofMinutes(50 + start));
      assertThat(house.remarks()).hasSize(1);
      if (start < 2) {
        house.close();
      }
    }
  }

  @Test
  void whoeverMeetsAtOnceIsNotReminded() throws Exception {
    JsonObject now = house.wish("w");
    now.remove("start");
    house.called(now);
    house.called(house.wish("w2").put("start", house.in(Duration.ofMinutes(5)).toString()));
    house.pass(Duration.ofMinutes(1));
    assertThat(house.remarks()).isEmpty();
  }

  @Test
  void aReminderThatIsLateSaysSoAndOneThatIsTooLateIsDropped() throws Exception {
    house.called(house.wish("w"));
    house.pass(Duration.ofMinutes(56));
    assertThat(house.remarks())
        .containsExactly("Weekly dialogue begins in 4 minutes: 24 Nov 2026 11:30 (Europe/Paris).");
    house.called(house.wish("w2").put("title", "Another"));
    house.pass(Duration.ofMinutes(81));
    assertThat(house.remarks()).hasSize(1);
  }

  @Test
  void nobodyIsRemindedOfWhatIsCancelledAndWhatIsMovedIsTwice() throws Exception {
    String cancelled = house.called(house.wish("w"));
    await(house.meetings.cancel(house.alice, cancelled));
    String moved = house.called(house.wish("w2").put("title", "Moved"));
    house.pass(Duration.ofMinutes(50));
    assertThat(house.remarks()).hasSize(1);
    house.change(moved, new JsonObject().put("start", house.in(Duration.ofMinutes(40)).toString()));
    house.pass(Duration.ofMinutes(30));
    house.look();
    assertThat(house.remarks())
        .containsExactly(
            "Moved begins in 10 minutes: 24 Nov 2026 11:30 (Europe/Paris).",
            "Moved begins in 10 minutes: 24 Nov 2026 12:00 (Europe/Paris).");
  }

  @Test
  void aSeriesMovesOnAndRemindsOfEachOccurrence() throws Exception {
    String id = house.called(weekly(3));
    assertThat(house.card().getJsonObject("recurrence"))
        .isEqualTo(new JsonObject().put("every", "week").put("count", 3));
    for (int number = 1; number <= 3; number++) {
      JsonObject view = house.view(id);
      Instant start = Instant.parse("2026-11-24T10:30:00Z").plus(Duration.ofDays(7L * number - 7));
      assertThat(view.getJsonObject("occurrence").getInteger("number")).isEqualTo(number);
      assertThat(view.getJsonObject("occurrence").getInteger("of")).isEqualTo(3);
      assertThat(Instant.parse(view.getString("start"))).isEqualTo(start);
      house.pass(Duration.between(house.clock.instant(), start.minus(Duration.ofMinutes(10))));
      assertThat(house.remarks()).hasSize(number);
      house.clock.pass(Duration.ofMinutes(10));
      house.started(id);
      house.clock.pass(Duration.ofMinutes(45));
      house.ended(id);
      house.tell(
          new MeetingEvent.Ended(house.external(id), house.clock.instant().plusSeconds(30), false));
      assertThat(house.view(id).getJsonObject("after").getLong("seconds")).isEqualTo(2_700);
    }
    assertThat(house.state(id)).isEqualTo("ended");
    MeetingHouse.eventually("shown", () -> house.card().getString("state").equals("ended"));
    assertThat(house.tencent.count("create")).isEqualTo(1);
  }

  @Test
  void whoOpensTheRoomBetweenOccurrencesUsesNoneUp() throws Exception {
    String id = house.called(weekly(3));
    house.started(id);
    house.clock.pass(Duration.ofMinutes(10));
    house.ended(id);
    assertThat(house.state(id)).isEqualTo("scheduled");
    assertThat(house.view(id).getJsonObject("occurrence").getInteger("number")).isEqualTo(1);
  }

  @Test
  void aWeeklyMeetingKeepsItsTimeOfDayOverAChangeOfClocks() throws Exception {
    JsonObject wish =
        house
            .wish("w")
            .put("start", "2027-03-25T14:00:00Z")
            .put("recurrence", new JsonObject().put("every", "week").put("count", 2));
    String id = house.called(wish);
    house.pass(Duration.between(house.clock.instant(), Instant.parse("2027-03-25T15:16:00Z")));
    assertThat(house.view(id).getString("start")).isEqualTo("2027-04-01T13:00:00.000Z");
  }

  @Test
  void movingASeriesMovesWhatIsToComeOfIt() throws Exception {
    String id = house.called(weekly(3));
    house.pass(Duration.ofMinutes(136));
    house.change(id, new JsonObject().put("start", "2026-12-02T09:00:00Z"));
    assertThat(house.tencent.plans)
        .last()
        .extracting(MeetingPlan::recurrence)
        .isEqualTo(new MeetingPlan.Recurrence(MeetingPlan.Every.WEEK, 2));
    house.pass(Duration.between(house.clock.instant(), Instant.parse("2026-12-02T10:16:00Z")));
    JsonObject view = house.view(id);
    assertThat(view.getString("start")).isEqualTo("2026-12-09T09:00:00.000Z");
    assertThat(view.getJsonObject("occurrence").getInteger("number")).isEqualTo(3);
  }

  @Test
  void manyMeetingsThatAreDueAreDoneHoweverOneOfThemFails() throws Exception {
    for (int i = 0; i < 40; i++) {
      house.called(house.wish("w" + i).put("title", "Meeting " + i));
    }
    house.tencent.before = what -> Future.failedFuture(new IllegalStateException("broken"));
    house.pass(Duration.ofMinutes(50));
    assertThat(house.remarks()).hasSize(40).doesNotHaveDuplicates();
  }
}
