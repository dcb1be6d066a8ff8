package chat.plenary.messaging.caption;

import static chat.plenary.messaging.Waiting.await;
import static chat.plenary.messaging.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.plenary.messaging.account.Caller;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Speech that goes to an engine, by an engine that does what the test says. */
class SpeechesTest extends FloorsCase {
  private static final Buffer PIECE = Buffer.buffer(new byte[6_400]);

  private final FakeEngine engine = new FakeEngine();
  private final List<Speeches.Told> told = new CopyOnWriteArrayList<>();
  private Speeches speeches;

  @BeforeEach
  void open() {
    speeches =
        new Speeches(floors.captions, List.of(engine), floors.timers, Speeches.Options.defaults());
  }

  private SpeechFeed speak() throws Exception {
    return await(speeches.open(floors.assembly.alice, Floors.MEETING, "en", false, told::add))
        .feed();
  }

  private List<String> texts(int many) throws Exception {
    return floors.record(floors.assembly.alice, null, many).stream()
        .map(line -> line.sentence().text())
        .toList();
  }

  private void untilOver() throws Exception {
    until(() -> told.stream().anyMatch(Speeches.Told.Over.class::isInstance));
    assertThat(told).last().isInstanceOf(Speeches.Told.Over.class);
  }

  @Test
  void whatIsHeardIsACaptionOfTheSpeakerWithTheEnginesTranslations() throws Exception {
    SpeechFeed feed = speak();
    await(feed.audio(PIECE));
    assertThat(engine.last().into).containsExactly("es");
    assertThat(engine.last().audio).containsExactly(PIECE);
    engine.last().hear("1", "We open", Map.of(), false);
    engine.last().hear("1", "We open the meeting.", Map.of("es", "Abrimos la sesión."), true);
    feed.end();
    untilOver();
    CaptionRecord.Line line = floors.record(floors.assembly.bo, "es", 1).get(0);
    assertThat(line.sentence().speaker().name()).isEqualTo("Alice");
    assertThat(line.sentence().by()).isEqualTo(Sentence.By.SPEECH);
    assertThat(line.translation())
        .isEqualTo(Translation.by("fake", "Fake", "es", "Abrimos la sesión."));
  }

  @Test
  void duplicatedOutOfOrderAndCorrectedSentencesStandOnce() throws Exception {
    SpeechFeed feed = speak();
    FakeEngine.Heard session = engine.last();
    session.hear("2", "Second.", true);
    session.hear("1", "First.", true);
    session.hear("2", "Second.", true);
    session.hear("1", "First", false);
    session.hear("1", "First, corrected.", true);
    feed.end();
    untilOver();
    assertThat(texts(2)).containsExactly("Second.", "First, corrected.");
  }

  @Test
  void aSessionThatBreaksOffIsFollowedByAnotherAndTheCutSentenceIsMarked() throws Exception {
    SpeechFeed feed = speak();
    engine.last().hear("1", "The committee", false);
    engine.last().breakOff("Fake was cut off.", true);
    assertThat(engine.sessions).hasSize(2);
    await(feed.audio(PIECE));
    assertThat(engine.last().audio).hasSize(1);
    engine.last().hear("1", "The committee adopted it.", true);
    feed.end();
    untilOver();
    assertThat(told).noneMatch(Speeches.Told.Trouble.class::isInstance);
    List<CaptionRecord.Line> lines = floors.record(floors.assembly.alice, null, 2);
    assertThat(lines.get(0).sentence().text()).isEqualTo("The committee …");
    assertThat(lines.get(0).sentence().cut()).isTrue();
    assertThat(lines.get(1).sentence().text()).isEqualTo("The committee adopted it.");
    assertThat(lines.get(1).sentence().cut()).isFalse();
    assertThat(lines.get(0).key()).isNotEqualTo(lines.get(1).key());
  }

  @Test
  void asItBreaksOffAgainWithoutHearingAnythingTheSpeakerIsTold() throws Exception {
    speak();
    engine.last().breakOff("Fake was cut off.", true);
    engine.last().breakOff("Fake was cut off again.", true);
    untilOver();
    assertThat(engine.sessions).hasSize(2);
    assertThat(((Speeches.Told.Trouble) told.get(0)).why()).hasMessage("Fake was cut off again.");
  }

  @Test
  void whatCannotBeMendedIsNotTriedAgain() throws Exception {
    speak();
    engine.last().breakOff("Fake does not take this account.", false);
    untilOver();
    assertThat(engine.sessions).hasSize(1);
  }

  @Test
  void anEngineThatIsAwayIsAClearProblemAndTakesNoPlace() {
    engine.away = true;
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(this::speak).hasMessageContaining("Fake does not answer: try again.");
    }
    assertThatThrownBy(
            () ->
                await(speeches.open(floors.assembly.alice, Floors.MEETING, "ar", false, told::add)))
        .hasMessageContaining("No engine here understands speech in Arabic.");
    engine.away = false;
    engine.outside = true;
    assertThatThrownBy(this::speak).hasMessageContaining("No engine here");
  }

  @Test
  void speechLeavesTheOrganisationOnlyWhereTheOwnerSaidSo() throws Exception {
    engine.outside = true;
    floors.openToOutside();
    speak();
    assertThat(engine.sessions).hasSize(1);
  }

  @Test
  void aMemberSpeaksTwiceAtOnceAtTheMost() throws Exception {
    SpeechFeed first = speak();
    speak();
    assertThatThrownBy(this::speak).hasMessageContaining("2 times at once");
    first.end();
    untilOver();
    speak();
  }

  @Test
  void whoeverIsNeitherHostNorOnDutyMayNotSpeak() throws Exception {
    Caller guest = floors.join("guest", true);
    assertThatThrownBy(() -> await(speeches.open(guest, Floors.MEETING, "en", false, told::add)))
        .hasMessageContaining("Only hosts");
    assertThatThrownBy(() -> await(speeches.open(guest, Floors.MEETING, "fr", true, told::add)))
        .hasMessageContaining("not on duty");
    await(
        floors
            .captions
            .floor()
            .assign(
                floors.assembly.alice,
                Floors.MEETING,
                List.of(new Interpreters.Interpreter(guest.account(), "fr", false))));
    await(floors.captions.floor().duty(guest, Floors.MEETING, "fr", true));
    SpeechFeed feed = await(speeches.open(guest, Floors.MEETING, "fr", true, told::add)).feed();
    assertThat(engine.last().into).as("an interpretation is not interpreted").isEmpty();
    engine.last().hear("1", "Bonjour.", true);
    feed.end();
    untilOver();
    assertThat(floors.record(guest, "fr", 1).get(0).sentence().by())
        .isEqualTo(Sentence.By.INTERPRETER);
    await(floors.captions.floor().duty(guest, Floors.MEETING, "fr", false));
    assertThatThrownBy(() -> await(speeches.still(guest, Floors.MEETING, "fr", true)))
        .hasMessageContaining("not on duty");
  }

  @Test
  void audioIsInRealTimeAndInPieces() throws Exception {
    SpeechFeed feed = speak();
    assertThatThrownBy(() -> await(feed.audio(Buffer.buffer(new byte[600]))))
        .hasMessageContaining("20 to 500 ms");
    assertThatThrownBy(() -> await(feed.audio(Buffer.buffer(new byte[641]))))
        .hasMessageContaining("even");
    assertThatThrownBy(() -> await(feed.audio(Buffer.buffer(new byte[16_002]))))
        .hasMessageContaining("20 to 500 ms");
    for (int i = 0; i < 15; i++) {
      await(feed.audio(PIECE));
    }
    assertThatThrownBy(
            () -> {
              await(feed.audio(PIECE));
              await(feed.audio(PIECE));
            })
        .hasMessageContaining("3 s ahead");
  }

  @Test
  void aSlowEngineHoldsTheSpeakerBack() throws Exception {
    engine.slow = true;
    SpeechFeed feed = speak();
    Future<Void> room = Future.succeededFuture();
    int taken = 0;
    while (room.isComplete() && taken < 14) {
      room = feed.audio(PIECE);
      taken++;
    }
    assertThat(taken).as("one on its way, and a second that waits").isEqualTo(7);
    assertThat(engine.last().audio).hasSize(1);
    engine.last().waiting.get(0).complete();
    await(room);
    assertThat(engine.last().audio).hasSize(2);
  }
}
