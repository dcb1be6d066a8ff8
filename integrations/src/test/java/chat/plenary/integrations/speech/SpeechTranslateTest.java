package chat.plenary.integrations.speech;

import static chat.plenary.messaging.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.plenary.messaging.TestClock;
import chat.plenary.messaging.interpretation.Speech;
import chat.plenary.messaging.interpretation.SpeechInterpreter;
import chat.plenary.simulator.speech.SpeechScript;
import chat.plenary.simulator.speech.SpeechTranslateSimulator;
import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The client of Tencent's realtime speech translation, against its simulation. */
class SpeechTranslateTest extends TencentSpeechCase {
  private static final String KEY = "SECRETEXAMPLE0001";

  private SpeechTranslateSimulator simulator;

  @BeforeEach
  void open() throws Exception {
    simulator =
        await(
            SpeechTranslateSimulator.open(
                vertx,
                clock,
                new SpeechTranslateSimulator.Options(
                    "1234567890", "AKIDEXAMPLE0001", KEY, 2, SpeechScript.english())));
    engine = engine(clock, KEY, simulator.port());
  }

  private SpeechTranslate engine(TestClock clock, String key, int port) {
    return new SpeechTranslate(
        vertx,
        clock,
        new SpeechTranslate.Options(
            URI.create("ws://127.0.0.1:" + port),
            "1234567890",
            "AKIDEXAMPLE0001",
            key,
            "hunyuan-translation-lite",
            Map.of("en", Set.of("zh"), "zh", Set.of("en")),
            "Tencent",
            false));
  }

  @Test
  void itSignsAsTheReferencesVectorSays() {
    var query = new TreeMap<String, String>();
    query.put("secretid", "AKIDEXAMPLE0001");
    query.put("timestamp", "1572168600");
    query.put("expired", "1572255000");
    query.put("nonce", "12345");
    query.put("voice_id", "v-1");
    query.put("voice_format", "1");
    query.put("source", "zh");
    query.put("target", "en");
    query.put("trans_model", "hunyuan-translation-lite");
    String path = "/asr/speech_translate/1234567890";
    assertThat(SpeechTranslateSignature.signature("asr.cloud.tencent.com", path, query, KEY))
        .isEqualTo("qsuZ9VFnxeZ15kPScWGNcPbwpzc=");
    assertThat(SpeechTranslateSignature.address("asr.cloud.tencent.com", path, query, KEY))
        .startsWith(path + "?expired=1572255000&nonce=12345&secretid=")
        .endsWith("&voice_id=v-1&signature=qsuZ9VFnxeZ15kPScWGNcPbwpzc%3D");
  }

  @Test
  void sentencesGrowAreReplacedAndFinished() throws Exception {
    SpeechInterpreter.Session session = speak();
    say(session, 25);
    session.end();
    assertThat(heard.ended()).isEqualTo(new Speech.Ended(null, false));
    assertThat(heard.finished()).containsExactly("We open the meeting.", "The report is ready.");
    Speech.Sentence first = heard.sentences().get("0");
    assertThat(first.translations()).containsOnlyKeys("zh");
    assertThat(first.toMs()).isEqualTo(1_200);
    assertThat(heard.all.stream().filter(Speech.Sentence.class::isInstance).count())
        .as("they grew")
        .isGreaterThan(8);
  }

  @Test
  void piecesOfAnyLengthComeAsPiecesOfAFifthOfASecond() throws Exception {
    SpeechInterpreter.Session session = speak();
    for (int i = 0; i < 60; i++) {
      await(session.audio(Buffer.buffer(new byte[1_000])));
    }
    session.end();
    heard.ended();
    assertThat(heard.finished()).containsExactly("We open the meeting.");
  }

  @Test
  void aLostConnectionMayBeFollowedByANewSpeech() throws Exception {
    simulator.cutNextAfter(20_000);
    SpeechInterpreter.Session session = speak();
    for (int i = 0; i < 4; i++) {
      session.audio(PIECE);
      Thread.sleep(120);
    }
    assertThat(heard.ended()).isEqualTo(new Speech.Ended("Tencent broke off.", true));
    speak();
    assertThat(simulator.speeches()).isEqualTo(2);
  }

  @Test
  void codesAreToldInWordsAndSayWhetherToTryAgain() throws Exception {
    simulator.failNext(5001);
    speak().audio(PIECE);
    assertThat(heard.ended().again()).isTrue();
    assertThat(heard.ended().problem()).isEqualTo("Tencent failed inside (5001).");
    heard.all.clear();
    simulator.failNext(4004);
    speak().audio(PIECE);
    assertThat(heard.ended().again()).isFalse();
    assertThat(heard.ended().problem()).contains("used up").contains("4004");
    simulator.refuseNext(6001);
    assertThatThrownBy(this::speak).hasMessageContaining("international account");
  }

  @Test
  void aWrongKeyAndAWrongClockAreRefusedWithoutTellingTheKey() {
    engine = engine(clock, "WRONG", simulator.port());
    assertThatThrownBy(this::speak)
        .hasMessageContaining("does not take the key (4002)")
        .hasMessageNotContaining("WRONG");
    TestClock late = new TestClock();
    late.pass(Duration.ofMinutes(10));
    engine = engine(late, KEY, simulator.port());
    assertThatThrownBy(this::speak).hasMessageContaining("4002");
  }

  @Test
  void moreSpeechesThanTheAccountMayHaveAreToldAsThat() throws Exception {
    speak();
    speak();
    assertThatThrownBy(this::speak).hasMessageContaining("4006");
  }

  @Test
  void nobodyThereIsToldAsThat() throws Exception {
    int port = simulator.port();
    await(simulator.close());
    engine = engine(clock, KEY, port);
    assertThatThrownBy(this::speak).hasMessageContaining("cannot be reached");
  }

  @Test
  void itHearsAndTranslatesWhatItWasToldThatItDoes() {
    assertThat(engine.hears("en-US")).isTrue();
    assertThat(engine.hears("fr")).isFalse();
    assertThat(engine.interprets("zh", "en")).isTrue();
    assertThat(engine.interprets("en", "fr")).isFalse();
  }
}
