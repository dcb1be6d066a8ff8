package chat.plenary.integrations.meeting;

import static chat.plenary.messaging.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.meeting.Guest;
import chat.plenary.messaging.meeting.MeetingPlan;
import chat.plenary.messaging.meeting.MeetingProvider;
import chat.plenary.messaging.meeting.MeetingProvider.Capability;
import chat.plenary.messaging.meeting.Room;
import io.vertx.core.Future;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every provider of meetings does, against its service or what stands for it. */
abstract class MeetingProviderContract {
  static final AccountId ALICE = AccountId.of("contract", "alice");
  static final AccountId BOB = AccountId.of("contract", "bob");

  @TempDir Path directory;
  Place place;
  MeetingProvider provider;

  /** Starts what stands for the service, and opens the provider. */
  abstract MeetingProvider open() throws Exception;

  /** Takes the service away; false where the provider makes no calls. */
  abstract boolean goDown() throws Exception;

  /** What must be in no link's host, no failure and no text of the options. */
  abstract String secret();

  /** The options as they are logged. */
  abstract Object options();

  @BeforeEach
  void begin() throws Exception {
    place = new Place(directory, Clock.systemUTC());
    provider = open();
  }

  @AfterEach
  void finish() throws Exception {
    place.close();
  }

  static MeetingPlan plan(String id, String title) {
    Instant start = Instant.ofEpochSecond(System.currentTimeMillis() / 1_000 + 3_600);
    return new MeetingPlan(
        id,
        title,
        ALICE,
        "Alice",
        start,
        Duration.ofHours(1),
        ZoneId.of("Europe/Paris"),
        null,
        List.of("en", "fr"));
  }

  static Guest guest(AccountId who, String name, boolean host) {
    return new Guest(who, name.toLowerCase(java.util.Locale.ROOT), name, host, "fr");
  }

  @Test
  void aPlanIsOneRoomHoweverOftenItIsMade() throws Exception {
    MeetingPlan plan = plan("mAAAAAAAAAAAAAAAAAAAAAA", "Weekly dialogue");
    Room room = await(provider.create(plan));
    Room again = await(provider.create(plan));
    assertThat(again.external()).isEqualTo(room.external()).matches("\\S{1,128}");
    assertThat(again.code()).isEqualTo(room.code());
    assertThat(room.details().encode().length()).isLessThan(4_096);
  }

  @Test
  void twoPlansOfOneTitleAndTimeAreTwoRooms() throws Exception {
    MeetingPlan one = plan("mAAAAAAAAAAAAAAAAAAAAAA", "Weekly dialogue");
    Room first = await(provider.create(one));
    Room second = await(provider.create(plan("mAAAAAAAAAAAAAAAAAAAAAB", "Weekly dialogue")));
    assertThat(second.external()).isNotEqualTo(first.external());
  }

  @Test
  void aMemberGetsALinkAndAnotherMemberAnotherWhereLinksArePersonal() throws Exception {
    MeetingPlan plan = plan("mAAAAAAAAAAAAAAAAAAAAAA", "Ünïcode & <more> \"words\"");
    Room room = await(provider.create(plan));
    URI alice = await(provider.link(room, plan, guest(ALICE, "Alice", true)));
    URI bob = await(provider.link(room, plan, guest(BOB, "Bøb \"B\" & <b>", false)));
    assertThat(alice.getScheme()).isIn("http", "https");
    assertThat(bob.getHost()).isNotNull();
    if (provider.capabilities().contains(Capability.PERSONAL_LINKS)) {
      assertThat(alice).isNotEqualTo(bob);
    }
    assertThat(room.details().encode()).doesNotContain(secret());
    assertThat(alice.toString()).doesNotContain(secret());
  }

  @Test
  void aChangedPlanKeepsItsRoom() throws Exception {
    MeetingPlan plan = plan("mAAAAAAAAAAAAAAAAAAAAAA", "Before");
    Room room = await(provider.create(plan));
    Room changed = await(provider.change(room, plan("mAAAAAAAAAAAAAAAAAAAAAA", "After")));
    assertThat(changed.external()).isEqualTo(room.external());
  }

  @Test
  void whatIsCancelledTwiceIsCancelled() throws Exception {
    Room room = await(provider.create(plan("mAAAAAAAAAAAAAAAAAAAAAA", "Weekly dialogue")));
    await(provider.cancel(room));
    await(provider.cancel(room));
  }

  @Test
  void whatIsOverIsEndedWhereTheProviderCanEnd() throws Exception {
    Room room = await(provider.create(plan("mAAAAAAAAAAAAAAAAAAAAAA", "Weekly dialogue")));
    await(provider.cancel(room));
    if (provider.capabilities().contains(Capability.END)) {
      await(provider.end(room));
      await(provider.end(room));
    } else {
      refused(provider.end(room), Fault.Code.INVALID);
    }
  }

  @Test
  void captionsArePushedOrRefusedInWords() throws Exception {
    Room room = await(provider.create(plan("mAAAAAAAAAAAAAAAAAAAAAA", "Weekly dialogue")));
    if (provider.capabilities().contains(Capability.CAPTIONS)) {
      await(provider.captions(room, true));
      await(provider.captions(room, false));
    } else {
      refused(provider.captions(room, true), Fault.Code.INVALID);
    }
  }

  @Test
  void ofAMeetingThatNobodyHeldThereIsNothing() throws Exception {
    Room room = await(provider.create(plan("mAAAAAAAAAAAAAAAAAAAAAA", "Weekly dialogue")));
    assertThat(await(provider.after(room)).attendance()).isEmpty();
    assertThat(await(provider.after(room)).links()).isEmpty();
  }

  @Test
  void aServiceThatIsAwayIsToldInWordsWithoutSecrets() throws Exception {
    MeetingPlan plan = plan("mAAAAAAAAAAAAAAAAAAAAAA", "Weekly dialogue");
    Room room = await(provider.create(plan));
    if (!goDown()) {
      return;
    }
    if (provider.capabilities().contains(Capability.END)) {
      assertThatThrownBy(() -> await(provider.end(room)))
          .cause()
          .isInstanceOf(Fault.class)
          .hasMessageContaining(provider.title())
          .satisfies(
              e -> assertThat(((Fault) e).code()).isIn(Fault.Code.UNAVAILABLE, Fault.Code.UNKNOWN))
          .message()
          .doesNotContain(secret())
          .doesNotContain("http");
    }
  }

  @Test
  void optionsAreToldWithoutSecrets() {
    assertThat(options().toString()).doesNotContain(secret()).contains(provider.name());
    assertThat(provider.name()).matches("[a-z0-9-]{1,32}");
  }

  static void refused(Future<?> future, Fault.Code code) {
    assertThatThrownBy(() -> await(future))
        .cause()
        .isInstanceOf(Fault.class)
        .satisfies(e -> assertThat(((Fault) e).code()).isEqualTo(code));
  }
}
