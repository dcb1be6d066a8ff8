package chat.plenary.messaging.meeting;

import static chat.plenary.messaging.Waiting.await;
import static chat.plenary.messaging.meeting.MeetingHouse.fault;
import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.id.Ref;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changing, cancelling and ending, in good and in bad weather. */
class ChangingTest {
  private MeetingHouse house;
  private String id;

  @BeforeEach
  void open(@TempDir Path directory) throws Exception {
    house = new MeetingHouse(directory);
    id = house.called(house.wish("w"));
  }

  @AfterEach
  void close() throws Exception {
    house.close();
  }

  private static JsonObject title(String title) {
    return new JsonObject().put("title", title);
  }

  @Test
  void aChangeIsOnTheCardWhenTheProviderHasTakenIt() throws Exception {
    JsonObject view =
        house.change(
            id,
            new JsonObject()
                .put("title", "Another")
                .put("start", "2026-11-25T10:00:00+01:00")
                .put("minutes", 30)
                .put("zone", "Asia/Shanghai")
                .put("languages", new JsonArray().add("zh").add("en")));
    assertThat(view.getString("start")).isEqualTo("2026-11-25T09:00:00.000Z");
    JsonObject card = house.card();
    assertThat(card.getString("title")).isEqualTo("Another");
    assertThat(card.getString("end")).isEqualTo("2026-11-25T09:30:00.000Z");
    assertThat(card.getJsonArray("languages")).containsExactly("zh", "en");
    assertThat(house.tencent.asked).endsWith("change Another");
    house.change(id, title("Another"));
    assertThat(house.tencent.count("change")).as("nothing to change").isEqualTo(1);
  }

  @Test
  void aChangeThatWaitsHoldsUpNothingElseThatIsToBeTold() throws Exception {
    house.clock.pass(Duration.ofHours(1));
    house.tencent.before = what -> Promise.<Void>promise().future();
    assertThat(fault(house.changing(id, title("Another"))).code()).isEqualTo(Fault.Code.UNKNOWN);
    house.tencent.before = what -> Future.succeededFuture();
    house.started(id);
    for (int i = 0; i < 6; i++) {
      house.pass(Duration.ofSeconds(30));
    }
    assertThat(house.card().getString("title")).isEqualTo("Another");
    assertThat(house.card().getString("state")).isEqualTo("live");
    assertThat(house.tencent.count("captions true")).isEqualTo(1);
  }

  @Test
  void whatTheProviderRefusesIsNotChanged() throws Exception {
    house.tencent.before =
        what -> Future.failedFuture(Fault.of(Fault.Code.FORBIDDEN, "Sensitive subject (9093)."));
    Fault refused = fault(house.changing(id, title("Another")));
    assertThat(refused.getMessage()).isEqualTo("Sensitive subject (9093).");
    house.pass(Duration.ofMinutes(5));
    assertThat(house.card().getString("title")).isEqualTo("Weekly dialogue");
    assertThat(house.tencent.count("change")).isEqualTo(1);
  }

  @Test
  void whatIsNotKnownIsAskedAgainUntilItIs() throws Exception {
    house.tencent.before = what -> Promise.<Void>promise().future();
    assertThat(fault(house.changing(id, title("Another"))).code()).isEqualTo(Fault.Code.UNKNOWN);
    assertThat(house.card().getString("title")).isEqualTo("Weekly dialogue");
    house.tencent.before = what -> Future.succeededFuture();
    house.pass(Duration.ofMinutes(2));
    assertThat(house.card().getString("title")).isEqualTo("Another");
    assertThat(house.tencent.count("change")).isEqualTo(2);
  }

  @Test
  void twoWhoChangeAtOnceDoNotMixUp() throws Exception {
    List<Future<JsonObject>> all = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      all.add(house.changing(id, title("Title " + i)));
    }
    int taken = 0;
    for (Future<JsonObject> one : all) {
      boolean done = await(one.transform(x -> Future.succeededFuture(x.succeeded())));
      taken += done ? 1 : 0;
    }
    assertThat(taken).isPositive();
    assertThat(house.card().getString("title")).isEqualTo(house.view(id).getString("title"));
    assertThat(house.tencent.plans.get(house.tencent.plans.size() - 1).title())
        .isEqualTo(house.card().getString("title"));
  }

  @Test
  void cancellingCountsAtOnceAndTheProviderIsToldUntilItKnows() throws Exception {
    house.tencent.before =
        what -> Future.failedFuture(Fault.of(Fault.Code.UNAVAILABLE, "Down for maintenance."));
    JsonObject view = await(house.meetings.cancel(house.alice, id));
    assertThat(view.getString("state")).isEqualTo("cancelled");
    assertThat(house.card().getString("problem"))
        .isEqualTo("The tencent did not take the cancellation: Down for maintenance.");
    assertThat(fault(house.meetings.join(house.bob, id)).code()).isEqualTo(Fault.Code.GONE);

    house.tencent.before = what -> Future.succeededFuture();
    house.pass(Duration.ofMinutes(2));
    assertThat(house.card().getString("problem")).isNull();
    assertThat(house.tencent.count("cancel")).isEqualTo(2);
    await(house.meetings.cancel(house.alice, id));
    house.pass(Duration.ofMinutes(20));
    assertThat(house.tencent.count("cancel")).isEqualTo(2);
  }

  @Test
  void whatGoesOnIsEndedNotCancelled() throws Exception {
    assertThat(fault(house.meetings.end(house.alice, id)).code()).isEqualTo(Fault.Code.CONFLICT);
    house.clock.pass(Duration.ofHours(1));
    house.started(id);
    assertThat(fault(house.meetings.cancel(house.alice, id)).code()).isEqualTo(Fault.Code.CONFLICT);
    assertThat(fault(house.changing(id, new JsonObject().put("minutes", 90))).field())
        .isEqualTo("start");
    house.clock.pass(Duration.ofMinutes(20));
    JsonObject view = await(house.meetings.end(house.alice, id));
    assertThat(view.getString("state")).isEqualTo("ended");
    assertThat(view.getJsonObject("after").getLong("seconds")).isEqualTo(1_200);
    assertThat(house.tencent.count("end")).isEqualTo(1);
    await(house.meetings.end(house.alice, id));
    house.ended(id);
    assertThat(house.tencent.count("end")).isEqualTo(1);
    MeetingHouse.eventually("shown", () -> house.card().getString("state").equals("ended"));
    assertThat(fault(house.meetings.rsvp(house.bob, id, "yes")).code()).isEqualTo(Fault.Code.GONE);
  }

  @Test
  void captionsThatTheProviderDoesNotGiveAreAProblemOnTheCard() throws Exception {
    house.clock.pass(Duration.ofHours(1));
    house.tencent.before =
        what -> Future.failedFuture(Fault.of(Fault.Code.FORBIDDEN, "No right to this (190004)."));
    house.started(id);
    MeetingHouse.eventually("told", () -> house.card().getString("problem") != null);
    assertThat(house.card().getString("problem"))
        .isEqualTo("The tencent did not take the wish for captions: No right to this (190004).");
    assertThat(house.card().getString("state")).isEqualTo("live");
  }

  @Test
  void whoseCardWasRecalledIsNotShownAgain() throws Exception {
    await(house.assembly.chat.messages().recall(house.alice, house.group, new Ref("r"), 2, "path"));
    JsonObject view = house.change(id, title("Another"));
    assertThat(view.getString("title")).isEqualTo("Another");
    house.pass(Duration.ofMinutes(1));
    // What a recall takes away goes a moment later.
    MeetingHouse.eventually("taken back", () -> house.states().isEmpty());
    assertThat(
            await(house.store.get("meetings", List.of(id))).get(0).getNumber("shown").longValue())
        .isPositive();
  }

  @Test
  void twoNodesThatShowTheSameChangeShowItOnce() throws Exception {
    house.clock.pass(Duration.ofHours(1));
    for (int i = 0; i < 5; i++) {
      house.started(id);
      Future<?> one = house.meetings.look();
      Future<?> two = house.otherNode.look();
      await(Future.join(one, two));
      house.clock.pass(Duration.ofSeconds(5));
      house.tell(new MeetingEvent.Ended(house.external(id), house.clock.instant(), true));
      house.clock.pass(Duration.ofSeconds(15));
      house.look();
    }
    MeetingHouse.eventually("shown", () -> house.card().getString("state").equals("scheduled"));
    List<String> states = house.states();
    for (int i = 1; i < states.size(); i++) {
      assertThat(states.get(i)).as(states.toString()).isNotEqualTo(states.get(i - 1));
    }
  }
}
