package chat.plenary.integrations.meeting;

import static chat.plenary.integrations.meeting.MeetingProviderContract.ALICE;
import static chat.plenary.integrations.meeting.MeetingProviderContract.guest;
import static chat.plenary.integrations.meeting.MeetingProviderContract.plan;
import static chat.plenary.integrations.meeting.MeetingProviderContract.refused;
import static chat.plenary.messaging.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.plenary.messaging.Waiting;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.meeting.Aftermath;
import chat.plenary.messaging.meeting.MeetingEvent;
import chat.plenary.messaging.meeting.MeetingPlan;
import chat.plenary.messaging.meeting.MeetingProvider;
import chat.plenary.messaging.meeting.Room;
import chat.plenary.simulator.meeting.ScriptLine;
import chat.plenary.simulator.meeting.SimulatorOptions;
import chat.plenary.simulator.meeting.TencentMeetingSimulator;
import chat.plenary.simulator.meeting.Weather;
import io.vertx.core.Future;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tencent Meeting as simulated, in good weather and bad. */
class TencentMeetingTest {
  @TempDir Path directory;
  private Place place;
  private TencentMeetingSimulator simulator;
  private MeetingProvider provider;

  @BeforeEach
  void begin() throws Exception {
    place = new Place(directory, Clock.systemUTC());
    start(SimulatorOptions.demo("127.0.0.1", 0, place.clock).withScript(script()));
  }

  private void start(SimulatorOptions options) throws Exception {
    simulator = await(TencentMeetingSimulator.start(place.vertx, options));
    provider =
        place.open(
            new MeetingProviders.Options(
                List.of(),
                List.of(TencentContractTest.options(simulator, 1)),
                List.of(),
                List.of()));
  }

  @AfterEach
  void finish() throws Exception {
    place.close();
  }

  private static List<ScriptLine> script() {
    return List.of(
        new ScriptLine(
            "alice",
            "Alice",
            100,
            "en",
            "We begin.",
            Map.of("es", "Empezamos.", "fr", "On commence."),
            ""),
        new ScriptLine("", "Denis", 100, "fr", "Bonjuor.", Map.of("en", "Hello."), "Bonjour."));
  }

  private String get(URI address) throws Exception {
    return await(place.call(new RequestOptions().setAbsoluteURI(address.toString()), "")).text();
  }

  /** The link without who comes. */
  private static String bare(URI link) {
    return link.toString().replaceFirst("\\?.*", "");
  }

  private <T> List<T> heard(Class<T> kind) {
    return place.heard.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  @Test
  void whoOpensTheLinkStartsTheMeetingAndCaptionsComeInThreeLanguages() throws Exception {
    await(simulator.register(place.webhook("tencent")));
    MeetingPlan plan = plan("mAAAAAAAAAAAAAAAAAAAAAA", "Dialogue");
    Room room = await(provider.create(plan));
    await(provider.captions(room, true));
    URI link = await(provider.link(room, plan, guest(ALICE, "Alice", true)));

    String page = get(link);
    assertThat(page).contains("simulation").contains("Dialogue");
    Waiting.until(
        "the corrected sentence",
        () -> heard(MeetingEvent.Said.class).stream().anyMatch(e -> e.text().equals("Bonjour.")));
    MeetingEvent.Said first =
        heard(MeetingEvent.Said.class).stream()
            .filter(each -> each.text().equals("We begin."))
            .findFirst()
            .orElseThrow();
    assertThat(first.external()).isEqualTo(room.external());
    assertThat(first.speaker().userid()).isEqualTo("alice");
    assertThat(first.language()).isEqualTo("en");
    assertThat(first.translations())
        .containsExactlyInAnyOrder(
            new MeetingEvent.Translation("es", "Empezamos."),
            new MeetingEvent.Translation("fr", "On commence."));
    List<MeetingEvent.Said> denis =
        heard(MeetingEvent.Said.class).stream().filter(e -> e.language().equals("fr")).toList();
    assertThat(denis).extracting(MeetingEvent.Said::key).containsOnly(denis.get(0).key());
    assertThat(heard(MeetingEvent.Started.class)).isNotEmpty();
    assertThat(heard(MeetingEvent.Joined.class)).isNotEmpty();

    await(provider.end(room));
    await(provider.end(room));
    Waiting.until("the end", () -> !heard(MeetingEvent.Ended.class).isEmpty());
    assertThat(heard(MeetingEvent.Ended.class)).noneMatch(MeetingEvent.Ended::mayReopen);
    Waiting.until("the recording", () -> !heard(MeetingEvent.Ready.class).isEmpty());

    Aftermath first_ = await(provider.after(room));
    assertThat(first_.attendance()).hasSize(1);
    assertThat(first_.attendance().get(0).participant().name()).isEqualTo("Alice");
    assertThat(first_.attendance().get(0).left()).isNotNull();
    assertThat(first_.links()).extracting(Aftermath.Link::kind).containsExactly("transcript");
    // The token for recordings comes by webhook, some time after it was asked for.
    Waiting.until(
        "a recording",
        () -> {
          try {
            return await(provider.after(room)).links().stream()
                .anyMatch(each -> each.kind().equals("recording"));
          } catch (Exception e) {
            throw new AssertionError(e);
          }
        });
    assertThat(
            get(
                await(provider.after(room)).links().stream()
                    .filter(each -> each.kind().equals("transcript"))
                    .findFirst()
                    .orElseThrow()
                    .url()))
        .contains("Alice: We begin.");
  }

  @Test
  void whoLeavesLastBeforeTheEndLeavesAMeetingThatMayGoOn() throws Exception {
    await(simulator.register(place.webhook("tencent")));
    MeetingPlan plan = plan("mAAAAAAAAAAAAAAAAAAAAAA", "Dialogue");
    Room room = await(provider.create(plan));
    URI link = await(provider.link(room, plan, guest(ALICE, "Alice", true)));
    String page = get(link);
    String who = page.replaceAll("(?s).*who=(ms_\\d+).*", "$1");
    get(URI.create(bare(link) + "/leave?who=" + who));
    Waiting.until("the end", () -> !heard(MeetingEvent.Ended.class).isEmpty());
    assertThat(heard(MeetingEvent.Ended.class)).allMatch(MeetingEvent.Ended::mayReopen);
    get(link);
    Waiting.until(
        "another start",
        () ->
            heard(MeetingEvent.Started.class).stream()
                    .map(MeetingEvent.Started::at)
                    .distinct()
                    .count()
                == 2);
  }

  @Test
  void aCreateWhoseAnswerIsLostIsFoundAgainAndNotMadeTwice() throws Exception {
    MeetingPlan plan = plan("mAAAAAAAAAAAAAAAAAAAAAA", "Dialogue");
    simulator.weather(Weather.LOST);
    Room lost = await(provider.create(plan));
    assertThat(simulator.meetings()).isEqualTo(1);
    simulator.weather(Weather.INTERNAL);
    Room failed = await(provider.create(plan("mAAAAAAAAAAAAAAAAAAAAAB", "Dialogue")));
    assertThat(simulator.meetings()).isEqualTo(2);
    assertThat(failed.external()).isNotEqualTo(lost.external());
    simulator.weather(Weather.FAIR);
    assertThat(await(provider.create(plan)).external()).isEqualTo(lost.external());
    assertThat(simulator.meetings()).isEqualTo(2);
  }

  @Test
  void aServiceThatIsAwayMakesNothingAndIsToldAsAway() throws Exception {
    simulator.weather(Weather.DOWN);
    refused(provider.create(plan("mAAAAAAAAAAAAAAAAAAAAAA", "One")), Fault.Code.UNAVAILABLE);
    assertThat(simulator.meetings()).isZero();
  }

  private boolean lookWorks(MeetingPlan plan) {
    try {
      await(provider.create(plan));
      return true;
    } catch (Exception e) {
      return false;
    }
  }

  @Test
  void aQuotaIsToldInThePlatformsWordsWithItsCode() throws Exception {
    start(SimulatorOptions.demo("127.0.0.1", 0, place.clock).withLimits(300, 1));
    await(provider.create(plan("mAAAAAAAAAAAAAAAAAAAAAA", "One")));
    assertThatThrownBy(() -> await(provider.create(plan("mAAAAAAAAAAAAAAAAAAAAAB", "Two"))))
        .cause()
        .hasMessageContaining("used up its meetings of this month")
        .hasMessageContaining("500168")
        .satisfies(e -> assertThat(((Fault) e).code()).isEqualTo(Fault.Code.TOO_MANY));
    // The newer code is missing in every other error: it is told all the same.
    assertThatThrownBy(() -> await(provider.create(plan("mAAAAAAAAAAAAAAAAAAAAAC", "Three"))))
        .cause()
        .hasMessageContaining("500168");
  }

  @Test
  void tooManyCallsAMinuteAreToldAsThat() throws Exception {
    start(SimulatorOptions.demo("127.0.0.1", 0, place.clock).withLimits(3, 10));
    await(provider.create(plan("mAAAAAAAAAAAAAAAAAAAAAA", "One")));
    assertThatThrownBy(
            () -> {
              await(provider.create(plan("mAAAAAAAAAAAAAAAAAAAAAB", "Two")));
              await(provider.create(plan("mAAAAAAAAAAAAAAAAAAAAAC", "Three")));
            })
        .cause()
        .hasMessageContaining("190310")
        .satisfies(e -> assertThat(((Fault) e).code()).isEqualTo(Fault.Code.TOO_MANY));
  }

  @Test
  void aWrongClockIsToldAsAWrongClock() throws Exception {
    simulator.weather(Weather.CLOCK);
    assertThatThrownBy(() -> await(provider.create(plan("mAAAAAAAAAAAAAAAAAAAAAA", "One"))))
        .cause()
        .hasMessageContaining("clock")
        .hasMessageContaining("190300");
  }

  @Test
  void anAnswerOfAnotherShapeIsToldAsThat() throws Exception {
    Room room = await(provider.create(plan("mAAAAAAAAAAAAAAAAAAAAAA", "One")));
    simulator.weather(Weather.SHAPE);
    assertThatThrownBy(() -> await(provider.after(room)))
        .cause()
        .hasMessageContaining("another shape")
        .satisfies(e -> assertThat(((Fault) e).code()).isEqualTo(Fault.Code.UNAVAILABLE));
    refused(provider.change(room, plan("mAAAAAAAAAAAAAAAAAAAAAA", "Two")), Fault.Code.UNKNOWN);
  }

  @Test
  void aSlowServiceIsGivenUpAndThenLeftAlone() throws Exception {
    Room room = await(provider.create(plan("mAAAAAAAAAAAAAAAAAAAAAA", "One")));
    simulator.weather(Weather.SLOW);
    refused(provider.change(room, plan("mAAAAAAAAAAAAAAAAAAAAAA", "Two")), Fault.Code.UNKNOWN);
    List<Future<Room>> many =
        java.util.stream.IntStream.range(0, 12)
            .mapToObj(i -> provider.change(room, plan("mAAAAAAAAAAAAAAAAAAAAAA", "Two")))
            .toList();
    await(Future.join(many).otherwiseEmpty());
    assertThatThrownBy(() -> await(provider.change(room, plan("mAAAAAAAAAAAAAAAAAAAAAA", "Three"))))
        .cause()
        .hasMessageContaining("has not answered for a while");
    simulator.weather(Weather.FAIR);
    Waiting.until("the circuit to close", () -> lookWorks(plan("mAAAAAAAAAAAAAAAAAAAAAA", "One")));
  }

  @Test
  void aTitleThatIsNotAcceptedIsToldAsTheTitle() {
    assertThatThrownBy(
            () -> await(provider.create(plan("mAAAAAAAAAAAAAAAAAAAAAA", "a forbidden word"))))
        .cause()
        .hasMessageContaining("9093")
        .satisfies(e -> assertThat(((Fault) e).field()).isEqualTo("title"));
  }

  @Test
  void aWrongSecretIsToldWithoutIt() throws Exception {
    var at = TencentContractTest.options(simulator, 1);
    var wrong =
        new chat.plenary.integrations.meeting.tencent.TencentOptions(
            "other",
            "Other",
            false,
            at.base(),
            at.secretId(),
            "WRONGSECRET",
            at.appId(),
            "",
            at.userid(),
            "",
            "",
            false,
            Duration.ofHours(1),
            at.limits());
    MeetingProviders opened =
        await(
            MeetingProviders.open(
                place.vertx,
                place.store,
                place.clock,
                new MeetingProviders.Options(List.of(), List.of(wrong), List.of(), List.of())));
    assertThatThrownBy(
            () -> await(opened.providers().get(0).create(plan("mAAAAAAAAAAAAAAAAAAAAAA", "One"))))
        .cause()
        .hasMessageContaining("200003")
        .hasMessageNotContaining("WRONGSECRET")
        .satisfies(e -> assertThat(((Fault) e).code()).isEqualTo(Fault.Code.FORBIDDEN));
    await(opened.close());
  }

  @Test
  void anAttendanceOfManyPagesIsReadWhole() throws Exception {
    MeetingPlan plan = plan("mAAAAAAAAAAAAAAAAAAAAAA", "Dialogue");
    Room room = await(provider.create(plan));
    URI link = await(provider.link(room, plan, guest(ALICE, "Alice", true)));
    for (int i = 0; i < 45; i++) {
      get(URI.create(bare(link) + "?name=Zo%C3%AB" + i));
    }
    Aftermath after = await(provider.after(room));
    assertThat(after.attendance()).hasSize(45);
    assertThat(after.attendance().get(44).participant().name()).isEqualTo("Zoë44");
  }
}
