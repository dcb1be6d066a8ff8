package chat.plenary.messaging.meeting;

import static chat.plenary.messaging.Waiting.await;
import static chat.plenary.messaging.meeting.MeetingHouse.fault;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.Ref;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may see a meeting, who gets in, and who says that they come. */
class MembersTest {
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

  private void change(List<AccountId> add, List<AccountId> remove, String ref) throws Exception {
    await(
        house
            .assembly
            .chat
            .conversations()
            .changeMembers(house.alice, house.group, add, remove, new Ref(ref)));
  }

  private List<Future<?>> everything(Caller who) {
    MeetingPages pages = house.meetings.pages();
    return List.of(
        pages.view(who, id),
        pages.attendance(who, id, 0, null, 10),
        pages.rsvps(who, id, "yes", null, 10),
        pages.invitation(who, id),
        house.meetings.rsvp(who, id, "yes"),
        house.meetings.join(who, id),
        house.meetings.cancel(who, id),
        house.meetings.end(who, id),
        house.meetings.retry(who, id),
        house.meetings.see(who, id));
  }

  @Test
  void aStrangerAndAFormerMemberFindNothing() throws Exception {
    change(List.of(), List.of(house.bob.account()), "remove");
    for (Caller who : List.of(house.carol, house.bob)) {
      for (Future<?> one : everything(who)) {
        Fault fault = fault(one);
        assertThat(fault.code()).isEqualTo(Fault.Code.NOT_FOUND);
        assertThat(fault.getMessage()).isEqualTo("There is no such meeting.");
      }
      assertThat(fault(house.meetings.pages().of(who, house.group, false, null, 10)).code())
          .isEqualTo(Fault.Code.NOT_FOUND);
      assertThat(await(mine(who, null, 10)).getJsonArray("meetings")).isEmpty();
    }
    assertThat(house.tencent.count("link")).isZero();
  }

  @Test
  void everyMemberGetsALinkOfTheirOwnThatIsKeptNowhere() throws Exception {
    URI alices = await(house.meetings.join(house.alice, id)).url();
    Entrance bob = await(house.meetings.join(house.bob, id));
    assertThat(bob.expires()).isEqualTo(house.clock.instant().plus(Duration.ofMinutes(10)));
    URI bobs = bob.url();
    assertThat(alices.toString()).endsWith("u=alice");
    assertThat(bobs.toString()).endsWith("u=bob");
    assertThat(house.tencent.asked).contains("link alice host", "link bob");
    assertThat(house.shown().toString()).doesNotContain("meet.example.org");
    assertThat(await(house.store.get("meetings", List.of(id))).toString())
        .doesNotContain("meet.example.org");
  }

  @Test
  void whoIsRemovedWhileTheLinkIsMadeDoesNotGetIt() throws Exception {
    Promise<Void> slow = Promise.promise();
    house.tencent.before = what -> slow.future();
    Future<Entrance> joining = house.meetings.join(house.bob, id);
    MeetingHouse.eventually("asked", () -> house.tencent.count("link") == 1);
    change(List.of(), List.of(house.bob.account()), "remove");
    slow.complete();
    assertThat(fault(joining).code()).isEqualTo(Fault.Code.NOT_FOUND);
  }

  @Test
  void onlyTheOrganiserAndTheGroupsOwnerDirectIt() throws Exception {
    for (Future<?> one :
        List.of(
            house.meetings.cancel(house.bob, id),
            house.meetings.end(house.bob, id),
            house.meetings.pages().attendance(house.bob, id, 0, null, 10))) {
      assertThat(fault(one).code()).isEqualTo(Fault.Code.FORBIDDEN);
    }
    assertThat(house.view(house.bob, id).getJsonObject("may"))
        .isEqualTo(
            new JsonObject()
                .put("change", false)
                .put("retry", false)
                .put("interpret", new JsonArray())
                .put("attendance", false));
    String bobs =
        await(house.calling(house.bob, house.wish("b"))).getJsonObject("meeting").getString("id");
    assertThat(house.view(house.bob, bobs).getJsonObject("may").getBoolean("change")).isTrue();
    assertThat(await(house.meetings.cancel(house.alice, bobs)).getString("state"))
        .isEqualTo("cancelled");
  }

  @Test
  void interpretersSeeWhatTheyInterpret() throws Exception {
    house.meetings.hear(
        new Hearing() {
          @Override
          public Future<Void> said(Meeting meeting, MeetingEvent.Said said) {
            return Future.succeededFuture();
          }

          @Override
          public Future<List<String>> interprets(Meeting meeting, AccountId account) {
            return Future.succeededFuture(
                account.equals(house.bob.account()) ? List.of("fr") : List.of());
          }
        });
    assertThat(house.view(house.bob, id).getJsonObject("may").getJsonArray("interpret"))
        .containsExactly("fr");
    assertThat(house.view(id).getJsonObject("may").getJsonArray("interpret")).isEmpty();
  }

  @Test
  void answersAreCountedAndReplaced() throws Exception {
    assertThat(await(house.meetings.rsvp(house.bob, id, "yes")))
        .isEqualTo(
            new JsonObject().put("yes", 1L).put("no", 0L).put("maybe", 0L).put("mine", "yes"));
    await(house.meetings.rsvp(house.alice, id, "yes"));
    assertThat(await(house.meetings.rsvp(house.bob, id, "maybe")).getLong("yes")).isEqualTo(1);
    JsonObject rsvp = house.view(house.bob, id).getJsonObject("rsvp");
    assertThat(rsvp.getString("mine")).isEqualTo("maybe");
    assertThat(rsvp.getLong("maybe")).isEqualTo(1);
    assertThat(
            await(house.meetings.pages().rsvps(house.bob, id, "yes", null, 10))
                .getJsonArray("accounts"))
        .containsExactly(house.alice.account().value());
    assertThatThrownBy(() -> house.meetings.rsvp(house.bob, id, "perhaps"))
        .isInstanceOfSatisfying(
            Fault.class, fault -> assertThat(fault.field()).isEqualTo("answer"));
  }

  @Test
  void manyWhoAnswerAtOnceAreAllCounted() throws Exception {
    List<Future<JsonObject>> all = new java.util.ArrayList<>();
    for (int i = 0; i < 10; i++) {
      all.add(house.meetings.rsvp(house.alice, id, i % 2 == 0 ? "yes" : "no"));
      all.add(house.otherNode.rsvp(house.bob, id, "yes"));
    }
    await(Future.join(all));
    JsonObject rsvp = house.view(house.alice, id).getJsonObject("rsvp");
    assertThat(rsvp.getLong("yes") + rsvp.getLong("no") + rsvp.getLong("maybe")).isEqualTo(2);
    assertThat(rsvp.getLong(rsvp.getString("mine"))).isPositive();
  }

  @Test
  void thoseWhoLeftAreCountedNoMore() throws Exception {
    await(house.meetings.rsvp(house.bob, id, "yes"));
    change(List.of(), List.of(house.bob.account()), "remove");
    assertThat(await(house.meetings.rsvp(house.alice, id, "yes")).getLong("yes")).isEqualTo(1);
    assertThat(
            await(house.meetings.pages().rsvps(house.alice, id, "yes", null, 10))
                .getJsonArray("accounts"))
        .containsExactly(house.alice.account().value());
  }

  private Future<JsonObject> mine(Caller who, @Nullable String after, int limit) {
    return house
        .assembly
        .chat
        .inbox()
        .ids(who)
        .compose(all -> house.meetings.pages().of(who, all, false, after, limit));
  }

  @Test
  void myMeetingsAreThoseOfAllMyGroupsByTime() throws Exception {
    String later = house.called(house.wish("x").put("start", "2026-12-24T10:30:00Z"));
    var other = house.assembly.group("without-bob");
    JsonObject called =
        await(
            house.meetings.call(
                house.alice,
                other,
                NewMeeting.read(
                    chat.plenary.messaging.fault.Input.of(house.wish("y")),
                    house.clock.instant())));
    String others = called.getJsonObject("meeting").getString("id");

    assertThat(ids(mine(house.bob, null, 10))).containsExactly(id, later);
    assertThat(ids(mine(house.alice, null, 10)))
        .containsExactlyInAnyOrder(id, others, later)
        .endsWith(later);
    JsonObject first = await(mine(house.bob, null, 1));
    JsonObject second = await(mine(house.bob, first.getString("next"), 1));
    assertThat(second.getJsonArray("meetings").getJsonObject(0).getString("id")).isEqualTo(later);
    assertThat(fault(mine(house.bob, "nonsense", 1)).field()).isEqualTo("after");

    await(house.meetings.cancel(house.alice, id));
    assertThat(ids(house.meetings.pages().of(house.bob, house.group, true, null, 10)))
        .containsExactly(id);
    assertThat(ids(house.meetings.pages().of(house.bob, house.group, false, null, 10)))
        .containsExactly(later);
  }

  private static List<String> ids(Future<JsonObject> page) throws Exception {
    return await(page).getJsonArray("meetings").stream()
        .map(one -> ((JsonObject) one).getString("id"))
        .toList();
  }
}
