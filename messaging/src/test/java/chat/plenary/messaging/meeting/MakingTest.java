package chat.plenary.messaging.meeting;

import static chat.plenary.messaging.Waiting.await;
import static chat.plenary.messaging.meeting.MeetingHouse.fault;
import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.messaging.SlowStore;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.store.StoreException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a meeting comes to be, in good and in bad weather. */
class MakingTest {
  private MeetingHouse house;

  @BeforeEach
  void open(@TempDir Path directory) throws Exception {
    house = new MeetingHouse(directory);
  }

  @AfterEach
  void close() throws Exception {
    house.close();
  }

  @Test
  void whoCallsAMeetingSeesItsCardInTheGroup() throws Exception {
    JsonObject called = house.call(house.wish("w").put("languages", new JsonArray().add("es")));
    JsonObject meeting = called.getJsonObject("meeting");
    assertThat(house.card()).isEqualTo(meeting);
    assertThat(called.getLong("seq")).isEqualTo(2);
    assertThat(meeting.getString("state")).isEqualTo("scheduled");
    assertThat(meeting.getString("code")).isEqualTo("530 812 452");
    assertThat(meeting.getString("start")).isEqualTo("2026-11-24T10:30:00.000Z");
    assertThat(meeting.getString("end")).isEqualTo("2026-11-24T11:30:00.000Z");
    assertThat(meeting.getJsonObject("provider"))
        .isEqualTo(
            new JsonObject()
                .put("name", "tencent")
                .put("title", "The tencent")
                .put("simulated", true)
                .put("captions", true));
    assertThat(house.shown().get(0).getString("text"))
        .isEqualTo("Weekly dialogue, 24 Nov 2026 11:30 (Europe/Paris)");
  }

  @Test
  void theSameRefIsTheSameMeetingAndAnotherWishUnderItIsAConflict() throws Exception {
    JsonObject first = house.call(house.wish("w"));
    house.clock.pass(Duration.ofMinutes(1));
    assertThat(house.call(house.wish("w").put("start", "2026-11-24T10:30:00Z"))).isEqualTo(first);
    assertThat(house.tencent.count("create")).isEqualTo(1);

    Fault other = fault(house.calling(house.alice, house.wish("w").put("title", "Another")));
    assertThat(other.code()).isEqualTo(Fault.Code.CONFLICT);
    assertThat(other.field()).isEqualTo("ref");
    assertThat(house.called(house.wish("w2").put("title", "Another")))
        .isNotEqualTo(first.getJsonObject("meeting").getString("id"));
  }

  @Test
  void manyWhoCallTheSameAtOnceAskTheProviderOnce() throws Exception {
    Promise<Void> slow = Promise.promise();
    house.tencent.before = what -> slow.future();
    JsonObject wish = house.wish("w");
    Future<JsonObject> one = house.calling(house.alice, wish);
    Future<JsonObject> two = house.calling(house.alice, wish);
    Future<JsonObject> three = house.calling(house.alice, wish);
    house.look();
    slow.complete();
    await(Future.join(one, two, three));
    assertThat(house.tencent.asked).containsExactly("create Weekly dialogue");
    assertThat(house.card().getString("state")).isEqualTo("scheduled");
  }

  @Test
  void whatTheProviderRefusesIsOnTheCardInItsWordsAndMayBeTriedAgain() throws Exception {
    String quota = "Tencent Meeting: 10 meetings a month are used up (500168).";
    house.tencent.before = what -> Future.failedFuture(Fault.tooMany(quota, 60));
    String id = house.called(house.wish("w"));
    assertThat(house.card().getString("state")).isEqualTo("failed");
    assertThat(house.card().getString("problem")).isEqualTo(quota);
    house.pass(Duration.ofMinutes(5));
    assertThat(house.tencent.count("create")).as("nobody tried again unasked").isEqualTo(1);
    assertThat(fault(house.meetings.retry(house.bob, id)).code()).isEqualTo(Fault.Code.FORBIDDEN);

    house.tencent.before = what -> Future.succeededFuture();
    JsonObject again = await(house.meetings.retry(house.alice, id));
    assertThat(again.getString("state")).isEqualTo("scheduled");
    assertThat(again.getString("problem")).isNull();
    assertThat(house.states().get(0)).isEqualTo("failed");
    assertThat(house.card().getString("state")).isEqualTo("scheduled");
  }

  @Test
  void aCreateThatIsNotAnsweredIsSaidToBeUnknownAndNeverRepeatedUnasked() throws Exception {
    house.tencent.before = what -> Promise.<Void>promise().future();
    String id = house.called(house.wish("w"));
    assertThat(house.card().getString("state")).isEqualTo("failed");
    assertThat(house.card().getString("problem"))
        .isEqualTo("It is not known whether The tencent made this meeting.");
    house.pass(Duration.ofMinutes(20));
    house.call(house.wish("w").put("start", "2026-11-24T10:30:00Z"));
    assertThat(house.tencent.count("create")).isEqualTo(1);
    assertThat(fault(house.meetings.join(house.bob, id)).code()).isEqualTo(Fault.Code.GONE);
  }

  @Test
  void anAnswerThatComesAfterAllIsTaken() throws Exception {
    Promise<Void> late = Promise.promise();
    house.tencent.before = what -> late.future();
    Future<JsonObject> calling = house.calling(house.alice, house.wish("w"));
    MeetingHouse.eventually("asked", () -> house.tencent.count("create") == 1);
    house.pass(Duration.ofSeconds(61));
    assertThat(house.card().getString("state")).isEqualTo("failed");

    late.complete();
    await(calling);
    assertThat(house.card().getString("state")).isEqualTo("scheduled");
    assertThat(house.states()).containsExactly("failed", "scheduled");
  }

  @Test
  void ofTwoThatWereMadeByTryingAgainTheFirstIsCancelled() throws Exception {
    Promise<Void> late = Promise.promise();
    house.tencent.before = what -> late.future();
    Future<JsonObject> calling = house.calling(house.alice, house.wish("w"));
    MeetingHouse.eventually("asked", () -> house.tencent.count("create") == 1);
    house.pass(Duration.ofSeconds(61));
    String id = house.card().getString("id");
    house.tencent.before = what -> Future.succeededFuture();
    await(house.meetings.retry(house.alice, id));
    String kept = house.external(id);

    late.complete();
    await(calling);
    assertThat(house.external(id)).isEqualTo(kept);
    assertThat(house.tencent.asked)
        .last()
        .asString()
        .startsWith("cancel ")
        .isNotEqualTo("cancel " + kept);
  }

  /** The node dies when it writes to a collection for the n-th time; then another looks. */
  private void dieAt(String collection, int write) {
    AtomicInteger writes = new AtomicInteger();
    house.store.before(
        (doing, what) ->
            doing == SlowStore.Doing.WRITE
                    && what.equals(collection)
                    && writes.incrementAndGet() >= write
                ? Future.failedFuture(
                    new StoreException(StoreException.Kind.UNKNOWN, "the node is dead", null))
                : Future.succeededFuture());
  }

  private void wakeUp() throws Exception {
    house.store.before((doing, what) -> Future.succeededFuture());
    house.pass(Duration.ofSeconds(70));
  }

  @Test
  void aNodeThatDiesBeforeItAskedLeavesAMeetingThatAnotherMakes() throws Exception {
    dieAt("meetings", 2);
    assertThat(house.calling(house.alice, house.wish("w")).transform(Future::succeededFuture))
        .isNotNull();
    MeetingHouse.eventually(
        "inserted",
        () ->
            !house
                .meetings
                .pages()
                .of(house.alice, house.group, false, null, 10)
                .toCompletionStage()
                .toCompletableFuture()
                .get()
                .getJsonArray("meetings")
                .isEmpty());
    wakeUp();
    assertThat(house.tencent.count("create")).isEqualTo(1);
    assertThat(house.card().getString("state")).isEqualTo("scheduled");
  }

  @Test
  void aNodeThatDiesAfterItAskedLeavesOneOfWhichIsNotKnownWhetherItWasMade() throws Exception {
    dieAt("meetings", 3);
    await(house.calling(house.alice, house.wish("w")).transform(x -> Future.succeededFuture()));
    wakeUp();
    assertThat(house.tencent.count("create")).isEqualTo(1);
    assertThat(house.card().getString("state")).isEqualTo("failed");
    assertThat(house.card().getString("problem")).contains("not known");
  }

  @Test
  void aNodeThatDiesBeforeOrAfterTheCardLeavesOneCard() throws Exception {
    dieAt("meetings", 4);
    await(house.calling(house.alice, house.wish("w")).transform(x -> Future.succeededFuture()));
    wakeUp();
    assertThat(house.card().getString("state")).isEqualTo("scheduled");
    assertThat(house.states()).containsExactly("scheduled");
    JsonObject again = house.call(house.wish("w").put("start", "2026-11-24T10:30:00Z"));
    assertThat(again.getLong("seq")).isEqualTo(2);
  }

  @Test
  void aGroupHasAtMostFiftyMeetingsToCome() throws Exception {
    for (int i = 0; i < Meetings.MOST_OPEN; i++) {
      house.call(house.wish("w" + i));
    }
    Fault many = fault(house.calling(house.bob, house.wish("w")));
    assertThat(many.getMessage()).contains("at most 50");
    JsonObject page = await(house.meetings.pages().of(house.bob, house.group, false, null, 30));
    await(
        house.meetings.cancel(
            house.alice, page.getJsonArray("meetings").getJsonObject(0).getString("id")));
    assertThat(await(house.calling(house.bob, house.wish("w"))).getLong("seq")).isPositive();

    JsonObject rest =
        await(house.meetings.pages().of(house.bob, house.group, false, page.getString("next"), 30));
    assertThat(rest.getJsonArray("meetings").size()).isBetween(20, 21);
    assertThat(rest.getString("next")).isNull();
  }

  @Test
  void aProviderMayBeChosenAmongThoseThatAreOffered() throws Exception {
    JsonObject offered = await(house.meetings.providers(house.bob, house.group));
    assertThat(offered.getString("default")).isEqualTo("tencent");
    assertThat(offered.getJsonArray("providers")).hasSize(2);
    house.call(house.wish("w").put("provider", "jitsi"));
    assertThat(house.card().getJsonObject("provider").getString("name")).isEqualTo("jitsi");
    Fault unknown = fault(house.calling(house.alice, house.wish("x").put("provider", "zoom")));
    assertThat(unknown.field()).isEqualTo("provider");
  }
}
