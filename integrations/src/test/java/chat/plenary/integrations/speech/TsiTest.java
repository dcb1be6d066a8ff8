package chat.plenary.integrations.speech;

import static chat.plenary.messaging.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.plenary.integrations.tencent.Tc3;
import chat.plenary.messaging.interpretation.Speech;
import chat.plenary.messaging.interpretation.SpeechInterpreter;
import chat.plenary.simulator.speech.SimulatedVoice;
import chat.plenary.simulator.speech.SpeechScript;
import chat.plenary.simulator.speech.TsiSimulator;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** The client of Tencent's simultaneous interpretation, against its simulation. */
class TsiTest extends TencentSpeechCase {
  private TsiSimulator simulator;

  @BeforeEach
  void open() throws Exception {
    simulator =
        await(
            TsiSimulator.open(
                vertx, clock, new TsiSimulator.Options("AKID", "SECRET", SpeechScript.english())));
    engine = engine("SECRET", 101_001);
  }

  private Tsi engine(String key, Integer voice) {
    return new Tsi(
        vertx,
        clock,
        new Tsi.Options(
            URI.create("http://127.0.0.1:" + simulator.port()),
            "ap-guangzhou",
            "AKID",
            key,
            voice,
            "TSI",
            false));
  }

  /** Computed by a few lines of Python from the steps that the documents give. */
  @Test
  void itSignsByTheStepsOfTheDocuments() {
    assertThat(
            new Tc3("AKIDEXAMPLE0001", "SECRETEXAMPLE0001", "tsi")
                .authorization(
                    "tsi.tencentcloudapi.com",
                    Instant.ofEpochSecond(1_572_168_600),
                    "{}".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(
            "TC3-HMAC-SHA256 Credential=AKIDEXAMPLE0001/2019-10-27/tsi/tc3_request,"
                + " SignedHeaders=content-type;host, Signature=b20a7334ff143d12035ced22f11566aa8071d3c356e01039ff30638318fe4ca8");
  }

  @Test
  void sentencesAreReplacedByNewerVersionsAndTheLastComesAfterTheEnd() throws Exception {
    SpeechInterpreter.Session session = speak();
    say(session, 17);
    session.end();
    assertThat(heard.ended()).isEqualTo(new Speech.Ended(null, false));
    assertThat(heard.finished()).containsExactly("We open the meeting.", "The report is ready.");
    assertThat(heard.sentences().get("s0").translations()).containsOnlyKeys("zh");
  }

  @Test
  void finishedSentencesAreSpokenOnceWhereThatIsWanted() throws Exception {
    SpeechInterpreter.Session session = speak();
    say(session, 10);
    assertThat(heard.finished()).containsExactly("We open the meeting.");
    assertThat(heard.voice("s0").length()).as("nobody wanted it").isZero();
    assertThat(session.aloud(Set.of("fr"))).isEmpty();
    assertThat(session.aloud(Set.of("zh", "fr"))).containsExactly("zh");
    say(session, 9);
    session.end();
    heard.ended();
    String spoken = heard.sentences().get("s1").translations().get("zh");
    assertThat(heard.voice("s1").getBytes()).isEqualTo(SimulatedVoice.samples(1, spoken));
    assertThat(heard.all).filteredOn(Speech.Voice.class::isInstance).hasSizeGreaterThan(1);
    List<Speech> told = heard.all;
    assertThat(told.indexOf(heard.sentences().get("s1")))
        .as("the caption waits for no voice")
        .isLessThan(
            told.stream()
                .filter(Speech.Voice.class::isInstance)
                .findFirst()
                .map(told::indexOf)
                .get());
  }

  @Test
  void whereNoVoiceIsSetUpNoneIsAskedFor() throws Exception {
    Tsi mute = engine("SECRET", null);
    assertThat(engine.speaks("en", "zh")).isTrue();
    assertThat(engine.speaks("en", "fr")).isFalse();
    assertThat(mute.speaks("en", "zh")).isFalse();
    assertThat(await(mute.open("en", List.of("zh"), heard)).aloud(Set.of("zh"))).isEmpty();
    await(mute.close());
  }

  @Test
  void aFailureInTheMiddleOfASentenceEndsItsVoiceToo() throws Exception {
    SpeechInterpreter.Session session = speak();
    session.aloud(Set.of("zh"));
    say(session, 4);
    simulator.failNext("InternalError.BackendTimeout");
    assertThatThrownBy(() -> await(session.audio(PIECE))).hasMessageContaining("BackendTimeout");
    assertThat(heard.ended().again()).isTrue();
    assertThat(heard.all).noneMatch(Speech.Voice.class::isInstance);
  }

  /** Often: from a thread that is no event loop an answer could come before it was listened to. */
  @RepeatedTest(40)
  void failuresAreToldInWordsAndSayWhetherToTryAgain() throws Exception {
    simulator.failNext("InternalError.BackendTimeout");
    SpeechInterpreter.Session session = speak();
    assertThatThrownBy(() -> await(session.audio(PIECE)))
        .hasMessageContaining("InternalError.BackendTimeout");
    assertThat(heard.ended().again()).isTrue();
    heard.all.clear();
    simulator.failNext("FailedOperation.NoFreeAmount");
    SpeechInterpreter.Session other = speak();
    assertThatThrownBy(() -> await(other.audio(PIECE))).hasMessageContaining("used up");
    assertThat(heard.ended().again()).isFalse();
  }

  @Test
  void aWrongKeyIsRefusedWithoutTellingIt() throws Exception {
    engine = engine("WRONG", 101_001);
    SpeechInterpreter.Session session = speak();
    assertThatThrownBy(() -> await(session.audio(PIECE)))
        .hasMessageContaining("does not take the key (AuthFailure.SignatureFailure)")
        .hasMessageNotContaining("WRONG");
  }
}
