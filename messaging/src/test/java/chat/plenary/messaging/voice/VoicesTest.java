package chat.plenary.messaging.voice;

import static chat.plenary.messaging.Waiting.await;
import static chat.plenary.messaging.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.caption.FakeEngine;
import chat.plenary.messaging.caption.Floors;
import chat.plenary.messaging.caption.Sentence;
import chat.plenary.messaging.caption.SpeechFeed;
import chat.plenary.messaging.caption.Speeches;
import chat.plenary.messaging.caption.Translation;
import chat.plenary.messaging.delivery.Signals;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who hears what, at the node where somebody speaks and at another one. */
class VoicesTest {
  private static final Buffer PIECE = Buffer.buffer(new byte[6_400]);

  @TempDir Path directory;
  private final FakeEngine engine = new FakeEngine();
  private final ToldSpeaker speaker = new ToldSpeaker("es", "fr", "en");
  private final HeardVoice ear = new HeardVoice();
  private Floors floors;
  private Caller bob;

  @BeforeEach
  void open() throws Exception {
    engine.voice = true;
    floors = Floors.open(directory, assembly -> null, List.of(speaker), List.of(engine));
    bob = floors.join("bob", true);
  }

  @AfterEach
  void close() throws Exception {
    floors.close();
  }

  private SpeechFeed speak() throws Exception {
    Speeches speeches =
        new Speeches(
            floors.captions,
            List.of(engine),
            floors.voices,
            floors.timers,
            Speeches.Options.defaults());
    SpeechFeed feed =
        await(speeches.open(floors.assembly.alice, Floors.MEETING, "en", false, told -> {})).feed();
    await(feed.audio(PIECE));
    return feed;
  }

  private Voices.Listening listen(Voices at, String language, Ear who) throws Exception {
    return await(at.listen(bob, Floors.MEETING, language, who));
  }

  private static Sentence translated(String key, String text, String spanish) {
    Sentence said = Floors.said(key, text, 1);
    return new Sentence(
        key,
        said.speaker(),
        said.language(),
        text,
        said.from(),
        said.to(),
        List.of(Translation.by("fake", "Fake", "es", spanish)),
        said.by(),
        true,
        false);
  }

  // ---- what engines give

  @Test
  void anEngineIsAskedForVoiceWhileSomebodyListensAtAnyNode() throws Exception {
    speak();
    Thread.sleep(1_500);
    assertThat(engine.last().aloud).as("nobody listens").isEmpty();
    engine.last().speak("1", "es", 400);
    Voices.Listening listening = listen(floors.voicesElsewhere, "es-MX", ear);
    until(() -> engine.last().aloud.equals(Set.of("es")));
    engine.last().speak("1", "es", 1_000);
    ear.heard(1_000);
    assertThat(ear.bytes.get()).as("none of before").isEqualTo(32_000);
    assertThat(ear.sentences).hasSize(1);
    assertThat(ear.sentences.get(0)).matches("speech/[0-9a-f]{8}/1/1 fake");
    listening.close();
    until(() -> engine.last().aloud.isEmpty());
  }

  @Test
  void whoeverComesInTheMiddleHearsFromTheNextSentenceOn() throws Exception {
    speak();
    listen(floors.voices, "es", ear);
    until(() -> engine.last().aloud.contains("es"));
    engine.last().speak("1", "es", 1_000);
    ear.sentences(1);
    HeardVoice late = new HeardVoice();
    listen(floors.voices, "es", late);
    engine.last().speak("2", "es", 600);
    ear.heard(1_600);
    late.heard(600);
    assertThat(late.bytes.get()).isEqualTo(600 * 32);
    assertThat(late.sentences).hasSize(1);
    assertThat(late.sentences.get(0)).endsWith("/2 fake");
  }

  @Test
  void whoeverListensToAnotherLanguageHearsNothingOfIt() throws Exception {
    speak();
    HeardVoice french = new HeardVoice();
    listen(floors.voices, "es", ear);
    await(floors.voices.listen(floors.assembly.alice, Floors.MEETING, "fr", french));
    until(() -> engine.last().aloud.equals(Set.of("es")));
    engine.last().speak("1", "es", 300);
    ear.heard(300);
    assertThat(french.bytes).hasValue(0);
  }

  @Test
  void voiceComesAtItsOwnPaceAndTheOldestFallsAway() throws Exception {
    speak();
    listen(floors.voices, "es", ear);
    until(() -> engine.last().aloud.contains("es"));
    long begun = System.nanoTime();
    for (int i = 1; i <= 6; i++) {
      engine.last().speak(Integer.toString(i), "es", 5_000);
    }
    assertThat(ear.lost.get()).as("20 s wait").isBetween(9_000L, 10_000L);
    ear.heard(1_200);
    assertThat(ear.sentences.get(0)).endsWith("/1 fake");
    assertThat(ear.sentences.get(1)).as("the second fell away whole").endsWith("/3 fake");
    assertThat((System.nanoTime() - begun) / 1_000_000).as("not all at once").isGreaterThan(700);
    assertThat(ear.bytes.get()).isLessThan(3_000 * 32);
  }

  @Test
  void aLongSentenceIsHeardWholeWhereNothingComesAfterIt() throws Exception {
    speak();
    listen(floors.voices, "es", ear);
    until(() -> engine.last().aloud.contains("es"));
    engine.last().speak("1", "es", 30_000);
    assertThat(ear.lost).hasValue(0);
    engine.last().speak("1", "es", 40_000);
    assertThat(ear.lost.get()).as("no longer than 60 s").isBetween(9_000L, 10_000L);
  }

  @Test
  void anEngineThatNamesNoSentencesIsHeardByWhoComesLaterAfterAPause() throws Exception {
    speak();
    listen(floors.voices, "es", ear);
    until(() -> engine.last().aloud.contains("es"));
    engine.last().speak(null, "es", 200);
    ear.heard(200);
    HeardVoice late = new HeardVoice();
    listen(floors.voices, "es", late);
    Thread.sleep(1_000);
    engine.last().speak(null, "es", 200);
    late.heard(200);
    assertThat(late.sentences.get(0)).matches("speech/[0-9a-f]{8} fake");
  }

  @Test
  void voiceHoldsUpNoCaption() throws Exception {
    SpeechFeed feed = speak();
    listen(floors.voices, "es", ear);
    until(() -> engine.last().aloud.contains("es"));
    engine.last().speak("1", "es", 20_000);
    engine.last().hear("1", "We open.", true);
    feed.end();
    assertThat(floors.record(floors.assembly.alice, null, 1)).hasSize(1);
    assertThat(ear.bytes.get() / 32).as("the voice goes on").isLessThan(20_000);
  }

  @Test
  void whatTheEngineSpeaksIsNotReadAloudAgain() throws Exception {
    speak();
    listen(floors.voicesElsewhere, "es", ear);
    until(() -> engine.last().aloud.contains("es"));
    Thread.sleep(100);
    engine.last().hear("1", "We open.", Map.of("es", "Abrimos."), true);
    engine.last().speak("1", "es", 200);
    ear.heard(200);
    floors.take(translated("typed/1", "Welcome.", "Bienvenidos."));
    ear.sentences(2);
    assertThat(speaker.said).containsExactly("es: Bienvenidos.");
    assertThat(ear.sentences.get(1)).isEqualTo("typed/1 told");
  }

  // ---- what is read aloud

  @Test
  void captionsOfAnotherLanguageAreReadAloudInOrder() throws Exception {
    floors.translator =
        (reader, conversation, seqs, language) -> {
          assertThat(reader).isEqualTo(bob);
          return Future.succeededFuture(Map.of());
        };
    listen(floors.voices, "es", ear);
    floors.take(Floors.said("a", "Late.", 1));
    floors.take(translated("b", "Early.", "Temprano."));
    long seq = floors.record(floors.assembly.alice, null, 2).get(0).seq();
    assertThat(speaker.said).isEmpty();
    floors
        .assembly
        .chat
        .signals()
        .send(
            new Signals.Signal.Translated(
                floors.group, seq, seq, "es", "Tarde.", "fake", "Fake", null));
    ear.sentences(2);
    assertThat(ear.sentences).containsExactly("a told", "b told");
    assertThat(speaker.said).containsExactly("es: Tarde.", "es: Temprano.");
  }

  @Test
  void theFloorsOwnLanguageIsNotReadAloudButAnInterpretersIs() throws Exception {
    listen(floors.voices, "en", ear);
    floors.take(Floors.said("floor", "We open.", 1));
    Sentence said = Floors.said("i", "They open.", 2);
    floors.take(
        new Sentence(
            "i",
            said.speaker(),
            "en",
            said.text(),
            said.from(),
            said.to(),
            List.of(),
            Sentence.By.INTERPRETER,
            true,
            false));
    ear.sentences(1);
    assertThat(speaker.said).containsExactly("en: They open.");
  }

  @Test
  void whatCannotBeSpokenOrWasRecalledIsPassedOver() throws Exception {
    listen(floors.voices, "es", ear);
    speaker.fails = "Mal.";
    floors.translator = (reader, conversation, seqs, language) -> Future.succeededFuture(Map.of());
    floors.take(Floors.said("recalled", "Take this back.", 1));
    long seq = floors.record(floors.assembly.alice, null, 1).get(0).seq();
    floors.recall(seq);
    floors
        .assembly
        .chat
        .signals()
        .send(
            new Signals.Signal.Translated(
                floors.group, seq, seq, "es", "Secreto.", "fake", "Fake", null));
    floors.take(translated("bad", "Bad.", "Mal."));
    floors.take(translated("good", "Good.", "Bien."));
    ear.sentences(1);
    assertThat(ear.sentences).containsExactly("good told");
    assertThat(speaker.said).containsExactly("es: Mal.", "es: Bien.");
  }

  @Test
  void aTextLeavesTheOrganisationOnlyWhereTheOwnerSaidSo() throws Exception {
    speaker.outside = true;
    engine.voice = false;
    assertThatThrownBy(() -> listen(floors.voices, "fr", ear))
        .hasMessageContaining("Nothing here speaks French.");
    assertThat(await(floors.voices.available(bob, Floors.MEETING, null))).isEmpty();
    floors.openToOutside();
    listen(floors.voices, "fr", ear);
  }

  // ---- what it comes to

  private VoiceCounts.Engine counted(String name) {
    return floors.voices.counts().engines().get(name);
  }

  @Test
  void listenersAndWhatIsSpokenLostAndNotSpokenAreCounted() throws Exception {
    speak();
    assertThat(floors.voices.listeners()).isZero();
    Voices.Listening listening = listen(floors.voices, "es", ear);
    HeardVoice french = new HeardVoice();
    await(floors.voices.listen(floors.assembly.alice, Floors.MEETING, "fr", french));
    assertThat(floors.voices.listeners()).isEqualTo(2);
    assertThat(floors.voices.languages()).isEqualTo(2);
    until(() -> engine.last().aloud.equals(Set.of("es")));
    engine.last().speak("1", "es", 5_000);
    assertThat(floors.voices.counts().late()).isZero();
    for (int i = 2; i <= 6; i++) {
      engine.last().speak(Integer.toString(i), "es", 5_000);
    }
    assertThat(counted("fake").spoken()).isEqualTo(30_000);
    assertThat(floors.voices.counts().late()).isEqualTo(ear.lost.get()).isPositive();
    listening.close();
    listening.close();
    assertThat(floors.voices.listeners()).isEqualTo(1);
    assertThat(floors.voices.languages()).isEqualTo(1);
  }

  @Test
  void whatAnEngineDoesNotSpeakIsCountedAsItsFailure() throws Exception {
    listen(floors.voices, "es", ear);
    speaker.fails = "Mal.";
    floors.take(translated("bad", "Bad.", "Mal."));
    floors.take(translated("good", "Good.", "Bien."));
    ear.sentences(1);
    assertThat(counted("told").failures()).isEqualTo(1);
    assertThat(counted("told").spoken()).isPositive();
  }

  @Test
  void aSpeechThatBreaksOffIsAFailureOfItsEngineWhereItSpoke() throws Exception {
    speak();
    engine.last().breakOff("It broke off.", true);
    until(() -> engine.sessions.size() == 2);
    assertThat(counted("fake").failures()).as("nobody listened").isZero();
    engine.last().hear("1", "We open.", true);
    listen(floors.voices, "es", ear);
    until(() -> engine.last().aloud.equals(Set.of("es")));
    Thread.sleep(100);
    engine.last().breakOff("It broke off.", true);
    until(() -> counted("fake").failures() == 1);
  }

  // ---- who may

  @Test
  void itSaysWhatSpeaksWhichLanguage() throws Exception {
    assertThat(await(floors.voices.available(bob, Floors.MEETING, "ar")))
        .containsExactly(
            new Voices.Available("en", "told", "Told", false),
            new Voices.Available("es", "fake", "Fake", false),
            new Voices.Available("fr", "told", "Told", false));
    Caller stranger = floors.join("stranger", false);
    assertThatThrownBy(() -> await(floors.voices.available(stranger, Floors.MEETING, null)))
        .hasMessageContaining("meeting");
  }

  @Test
  void onlyMembersListenToMeetingsThatGoOnAndNotTooOften() throws Exception {
    Caller stranger = floors.join("stranger", false);
    String nobodys = "mBBBBBBBBBBBBBBBBBBBBBB";
    for (String id : List.of(Floors.MEETING, nobodys)) {
      assertThatThrownBy(() -> await(floors.voices.listen(stranger, id, "es", ear)))
          .hasMessageContaining("meeting");
    }
    Voices.Listening first = listen(floors.voices, "es", ear);
    listen(floors.voices, "fr", ear);
    assertThatThrownBy(() -> listen(floors.voices, "en", ear))
        .hasMessageContaining("You listen 2 times at once already.");
    first.close();
    first.close();
    listen(floors.voices, "en", ear);
    floors.meeting(Floors.MEETING, false);
    assertThatThrownBy(() -> await(floors.voices.still(bob, Floors.MEETING)))
        .hasMessageContaining("The meeting is over.");
  }

  @Test
  void whoeverListensIsLookedAtWhenMembersChange() throws Exception {
    listen(floors.voices, "es", ear);
    floors.join("carla", true);
    until(() -> ear.looks.get() > 0);
  }
}
