package chat.plenary.messaging.meeting;

import static chat.plenary.messaging.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.messaging.SlowStore;
import chat.plenary.messaging.store.StoreException;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What providers tell, in any order and any number of times. */
class HappeningsTest {
  private MeetingHouse house;
  private String id;
  private String external;

  @BeforeEach
  void open(@TempDir Path directory) throws Exception {
    house = new MeetingHouse(directory);
    id = house.called(house.wish("w"));
    external = house.external(id);
    house.clock.pass(Duration.ofHours(1));
  }

  @AfterEach
  void close() throws Exception {
    house.close();
  }

  private Instant at(int minute) {
    return Instant.parse("2026-11-24T10:30:00Z").plus(Duration.ofMinutes(minute));
  }

  private Participant person(String userid) {
    return new Participant("device-of-" + userid, userid, null, userid + " by name");
  }

  private Participant guest(String name) {
    return new Participant(name, null, null, name);
  }

  private MeetingEvent joined(String userid, int minute) {
    return new MeetingEvent.Joined(external, at(minute), person(userid));
  }

  private MeetingEvent left(String userid, int minute) {
    return new MeetingEvent.Left(external, at(minute), person(userid));
  }

  private void card(String state) throws Exception {
    MeetingHouse.eventually(
        "the card says " + state, () -> house.card().getString("state").equals(state));
  }

  @Test
  void theCardFollowsTheMeeting() throws Exception {
    house.tell(new MeetingEvent.Started(external, at(0)));
    card("live");
    house.tell(new MeetingEvent.Started(external, at(0)));
    house.tell(joined("bob", 1));
    MeetingHouse.eventually(
        "Bob is in", () -> house.view(id).getJsonObject("live").getLong("count") == 1);
    house.clock.pass(Duration.ofMinutes(52));
    house.tell(new MeetingEvent.Ended(external, at(52), false));
    card("ended");
    house.tell(new MeetingEvent.Ended(external, at(53), false));
    house.tell(new MeetingEvent.Started(external, at(-1)));
    house.look();

    assertThat(house.states()).containsExactly("scheduled", "live", "ended");
    JsonObject view = house.view(id);
    assertThat(view.getJsonObject("after").getLong("seconds")).isEqualTo(53 * 60);
    assertThat(view.getJsonObject("live").getLong("count")).isZero();
    assertThat(house.tencent.count("captions true")).isEqualTo(1);
  }

  @Test
  void whoIsInIsToldByAccountsAndGuests() throws Exception {
    house.tell(joined("bob", 1));
    house.tell(joined("alice", 1));
    house.tell(new MeetingEvent.Joined(external, at(2), guest("A guest")));
    house.tell(joined("alice", 1));
    house.tell(left("alice", 5));
    house.tell(joined("alice", 4));
    card("live");
    MeetingHouse.eventually(
        "counted", () -> house.view(id).getJsonObject("live").getLong("count") == 2);
    JsonObject live = house.view(id).getJsonObject("live");
    assertThat(live.getJsonArray("accounts"))
        .isEqualTo(new JsonArray().add(house.bob.account().value()));
    assertThat(live.getLong("guests")).isEqualTo(1);
  }

  /** Whatever the order, and with everything told twice, the end is the same. */
  @Test
  void theOrderOfEventsAndTheirRepetitionDoNotMatter() throws Exception {
    List<MeetingEvent> day = new ArrayList<>();
    day.add(new MeetingEvent.Started(external, at(0)));
    day.add(joined("alice", 1));
    day.add(joined("bob", 2));
    day.add(left("bob", 10));
    day.add(joined("bob", 12));
    day.add(left("alice", 49));
    day.add(left("bob", 50));
    day.add(new MeetingEvent.Ended(external, at(50), false));
    house.clock.pass(Duration.ofMinutes(51));
    Random random = new Random(7);
    for (int run = 0; run < 8; run++) {
      String other =
          house.called(house.wish("run" + run).put("start", house.clock.instant().toString()));
      long moved = Duration.between(at(0), house.clock.instant()).toMinutes();
      List<MeetingEvent> twice = new ArrayList<>(day);
      twice.addAll(day);
      Collections.shuffle(twice, random);
      String its = house.external(other);
      for (MeetingEvent event : twice) {
        house.tell(moved(event, its, moved));
      }
      assertThat(house.state(other)).as("run " + run).isEqualTo("ended");
      assertThat(house.view(other).getJsonObject("after").getLong("seconds"))
          .as("run " + run)
          .isEqualTo(3_000);
      JsonArray attendance =
          await(house.meetings.pages().attendance(house.alice, other, 0, null, 100))
              .getJsonArray("attendance");
      assertThat(attendance).hasSize(2);
      for (Object one : attendance) {
        JsonObject line = (JsonObject) one;
        boolean bobs = house.bob.account().value().equals(line.getString("account"));
        Instant from = house.clock.instant();
        assertThat(Instant.parse(line.getString("joined")))
            .isEqualTo(from.plus(Duration.ofMinutes(bobs ? 2 : 1)));
        assertThat(Instant.parse(line.getString("left")))
            .isEqualTo(from.plus(Duration.ofMinutes(bobs ? 50 : 49)));
      }
    }
  }

  private static MeetingEvent moved(MeetingEvent event, String external, long minutes) {
    Instant at = event.at().plus(Duration.ofMinutes(minutes));
    if (event instanceof MeetingEvent.Joined joined) {
      return new MeetingEvent.Joined(external, at, joined.participant());
    } else if (event instanceof MeetingEvent.Left left) {
      return new MeetingEvent.Left(external, at, left.participant());
    } else if (event instanceof MeetingEvent.Ended) {
      return new MeetingEvent.Ended(external, at, false);
    }
    return new MeetingEvent.Started(external, at);
  }

  @Test
  void whoCanComeBackFindsTheMeetingStillThere() throws Exception {
    house.tell(new MeetingEvent.Started(external, at(0)));
    house.tell(joined("bob", 1));
    house.tell(new MeetingEvent.Ended(external, at(10), true));
    card("scheduled");
    house.tell(joined("alice", 20));
    card("live");
    MeetingHouse.eventually(
        "only Alice is in", () -> house.view(id).getJsonObject("live").getLong("count") == 1);
    house.tell(new MeetingEvent.Ended(external, at(30), true));
    house.pass(Duration.ofMinutes(76));
    assertThat(house.state(id)).isEqualTo("ended");
    assertThat(house.view(id).getJsonObject("after").getLong("seconds")).isEqualTo(20 * 60);
  }

  @Test
  void oneThatNobodyCameToIsOverByThePlan() throws Exception {
    house.pass(Duration.ofMinutes(74));
    assertThat(house.state(id)).isEqualTo("scheduled");
    house.pass(Duration.ofMinutes(1));
    assertThat(house.card().getString("state")).isEqualTo("ended");
  }

  @Test
  void oneWhoseEndIsNeverToldIsOverSixHoursAfterItsPlan() throws Exception {
    house.tell(new MeetingEvent.Started(external, at(0)));
    house.pass(Duration.ofHours(6));
    assertThat(house.state(id)).isEqualTo("live");
    house.pass(Duration.ofHours(1));
    assertThat(house.card().getString("state")).isEqualTo("ended");
  }

  @Test
  void aProviderThatTellsNothingIsTakenAtThePlan() throws Exception {
    String plain =
        house.called(
            house
                .wish("j")
                .put("provider", "jitsi")
                .put("start", house.in(Duration.ofMinutes(5)).toString())
                .put("minutes", 30));
    house.pass(Duration.ofMinutes(5));
    assertThat(house.state(plain)).isEqualTo("live");
    house.pass(Duration.ofMinutes(30));
    assertThat(house.state(plain)).isEqualTo("ended");
    assertThat(house.view(plain).getJsonObject("after").getLong("seconds")).isEqualTo(1_800);
  }

  @Test
  void oneThatIsCancelledAtTheProviderIsCancelled() throws Exception {
    house.tell(new MeetingEvent.Cancelled(external, at(0)));
    house.tell(new MeetingEvent.Started(external, at(1)));
    card("cancelled");
    assertThat(house.tencent.count("cancel")).isZero();
  }

  @Test
  void anEventOfAMeetingThatIsNotKnownIsForgotten() throws Exception {
    house.tell(new MeetingEvent.Started("nobody's", at(0)));
    await(house.meetings.events().take("jitsi", new MeetingEvent.Started(external, at(0))));
    assertThat(house.state(id)).isEqualTo("scheduled");
  }

  @Test
  void anEventIsNotTakenBeforeTheStoreHasIt() throws Exception {
    house.store.before(
        (doing, what) ->
            doing == SlowStore.Doing.WRITE && what.startsWith("meeting")
                ? Future.failedFuture(
                    new StoreException(StoreException.Kind.UNKNOWN, "no answer", null))
                : Future.succeededFuture());
    Future<Void> taken =
        house.meetings.events().take("tencent", new MeetingEvent.Started(external, at(0)));
    Future<Boolean> refused = taken.transform(done -> Future.succeededFuture(done.failed()));
    assertThat((boolean) await(refused)).isTrue();
    house.store.before((doing, what) -> Future.succeededFuture());
    house.tell(new MeetingEvent.Started(external, at(0)));
    card("live");
  }

  @Test
  void aNodeThatDiesBetweenTheEventAndTheCardLeavesItToAnother() throws Exception {
    house.store.before(
        (doing, what) ->
            doing == SlowStore.Doing.WRITE && what.equals("entries")
                ? Future.failedFuture(
                    new StoreException(StoreException.Kind.UNKNOWN, "no answer", null))
                : Future.succeededFuture());
    house.tell(new MeetingEvent.Started(external, at(0)));
    assertThat(house.state(id)).isEqualTo("live");
    Thread.sleep(4_000);
    house.store.before((doing, what) -> Future.succeededFuture());
    for (int i = 0; i < 20 && !house.card().getString("state").equals("live"); i++) {
      house.pass(Duration.ofSeconds(15));
    }
    card("live");
    assertThat(house.states()).containsExactly("scheduled", "live");
  }

  @Test
  void whatIsSaidIsHandedOn() throws Exception {
    List<String> heard = new ArrayList<>();
    house.meetings.hear(
        (meeting, said) -> {
          heard.add(meeting.id() + " " + said.text());
          return Future.succeededFuture();
        });
    house.tell(
        new MeetingEvent.Said(
            external, at(1), "k1", person("bob"), "en", "We open.", List.of(), true));
    assertThat(heard).containsExactly(id + " We open.");
  }

  @Test
  void whatIsLeftOfItIsToldOnce() throws Exception {
    URI url = URI.create("https://meet.example.org/recording/1");
    house.tell(new MeetingEvent.Started(external, at(0)));
    house.tell(new MeetingEvent.Ended(external, at(50), false));
    house.pass(Duration.ofMinutes(52));
    assertThat(house.tencent.count("after")).as("one node asked").isEqualTo(1);
    assertThat(house.remarks()).isEmpty();

    house.tencent.aftermath =
        new Aftermath(
            List.of(new Aftermath.Attendance(person("bob"), at(1), at(50))),
            List.of(new Aftermath.Link("recording", "Recording", url, null)));
    house.tell(new MeetingEvent.Ready(external, at(55)));
    house.tell(new MeetingEvent.Ready(external, at(55)));
    house.look();
    MeetingHouse.eventually("told", () -> house.remarks().size() == 1);
    house.pass(Duration.ofHours(8));
    assertThat(house.remarks()).containsExactly("Weekly dialogue is over.\nRecording: " + url);
    assertThat(
            house.view(house.bob, id).getJsonObject("after").getJsonArray("links").getJsonObject(0))
        .isEqualTo(
            new JsonObject()
                .put("kind", "recording")
                .put("title", "Recording")
                .put("url", url.toString())
                .putNull("expires"));
    assertThat(
            await(house.meetings.pages().attendance(house.alice, id, 0, null, 10))
                .getJsonArray("attendance")
                .getJsonObject(0)
                .getString("account"))
        .isEqualTo(house.bob.account().value());
  }
}
