package chat.plenary.integrations.speech;

import static chat.plenary.messaging.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.plenary.messaging.interpretation.Speech;
import chat.plenary.messaging.interpretation.SpeechInterpreter;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real program, which hears what the real espeak-ng says. */
class PocketsphinxTest {
  @TempDir Path scratch;
  private final Vertx vertx = Vertx.vertx();
  private final HeardSpeech heard = new HeardSpeech();
  private final Pocketsphinx engine =
      new Pocketsphinx(vertx, Pocketsphinx.Options.english(Spoken.grammar()));

  @AfterEach
  void close() throws Exception {
    await(engine.close());
    await(vertx.close());
  }

  @Test
  void itHearsTheSentencesOfItsGrammarWhileTheyAreSpoken() throws Exception {
    Spoken.needs("espeak-ng", "pocketsphinx_continuous");
    SpeechInterpreter.Session session = await(engine.open("en", List.of(), heard));
    for (Buffer piece : Spoken.pieces(Spoken.SENTENCES, scratch)) {
      await(session.audio(piece));
    }
    session.end();
    assertThat(heard.ended()).isEqualTo(new Speech.Ended(null, false));
    assertThat(heard.finished()).isEqualTo(Spoken.SENTENCES);
    List<Speech.Sentence> all = new ArrayList<>(heard.sentences().values());
    for (int i = 0; i < all.size(); i++) {
      assertThat(all.get(i).toMs()).isGreaterThan(all.get(i).fromMs());
      assertThat(all.get(i).fromMs()).isGreaterThanOrEqualTo(i == 0 ? 300 : all.get(i - 1).toMs());
    }
  }

  @Test
  void noMoreProcessesRunThanAreAllowedAndTheyEnd() throws Exception {
    Spoken.needs("pocketsphinx_continuous");
    SpeechInterpreter.Session first = await(engine.open("en", List.of(), heard));
    await(engine.open("en", List.of(), new HeardSpeech()));
    assertThatThrownBy(() -> await(engine.open("en", List.of(), heard)))
        .hasMessageContaining("2 speeches at once");
    first.end();
    heard.ended();
    await(engine.open("en", List.of(), new HeardSpeech()));
  }

  @Test
  void aProcessThatDiesIsToldAsBrokenOff() throws Exception {
    Spoken.needs("pocketsphinx_continuous");
    await(engine.open("en", List.of(), heard));
    await(engine.close());
    assertThat(heard.ended()).isEqualTo(new Speech.Ended("Pocketsphinx broke off.", true));
  }

  @Test
  void whereItIsNotInstalledThatIsSaid() {
    Pocketsphinx none =
        new Pocketsphinx(
            vertx, new Pocketsphinx.Options("no-such-program", "en", Spoken.grammar(), 1));
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> await(none.open("en", List.of(), heard)))
          .hasMessageContaining("not installed");
    }
  }

  @Test
  void itReadsWhatIsPrinted() {
    SphinxLines lines = new SphinxLines(heard);
    for (String line :
        List.of(
            "we open",
            "<sil> 0.380 0.510 1.000000",
            "we 0.520 0.660 0.9",
            "open(2) 0.670 1.040 1.000000")) {
      lines.take(line);
    }
    assertThat(heard.all).hasSize(1);
    assertThat(heard.sentences().get("1"))
        .isEqualTo(new Speech.Sentence("1", "We open.", Map.of(), 520, 1_040, true));
    lines.take("");
    lines.take("the end");
    lines.end();
    assertThat(heard.finished()).containsExactly("We open.", "The end.");
  }
}
