package chat.plenary.integrations.speech;

import static chat.plenary.messaging.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.plenary.messaging.interpretation.TextSpeaker;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real program, which the real pocketsphinx hears. */
class EspeakTest {
  @TempDir Path scratch;
  private final Vertx vertx = Vertx.vertx();
  private final Espeak engine = espeak("espeak-ng");

  private Espeak espeak(String program) {
    return new Espeak(
        vertx, new Espeak.Options(program, Set.of("en", "es", "fr", "zh", "tlh"), 140));
  }

  @AfterEach
  void close() throws Exception {
    await(engine.close());
    await(vertx.close());
  }

  @Test
  void whatItSpeaksIsHeardAgain() throws Exception {
    Spoken.needs("espeak-ng", "pocketsphinx_continuous");
    assertThat(Spoken.heard(await(engine.speak("The report is ready.", "en")), vertx))
        .containsExactly("The report is ready.");
  }

  @Test
  void otherLanguagesAreSpokenAtAPlausibleLength() throws Exception {
    Spoken.needs("espeak-ng");
    for (String[] one :
        new String[][] {
          {"es", "El comité adoptó la resolución por consenso."},
          {"fr", "Nous ouvrons la séance."},
          {"zh-Hant", "\u6211\u4eec\u5ba3\u5e03\u5f00\u4f1a\u3002"}
        }) {
      Buffer audio = await(engine.speak(one[1], one[0]));
      assertThat(audio.length() / 32).as(one[1]).isBetween(800, 6_000);
      assertThat(Spoken.loudness(audio)).as(one[1]).isGreaterThan(500);
    }
  }

  @Test
  void aTextIsNoCommandAndNoPhonemes() throws Exception {
    Spoken.needs("espeak-ng");
    Path there = scratch.resolve("there");
    String text = "$(touch " + there + ") `touch " + there + "` ; touch " + there;
    assertThat(await(engine.speak(text, "en")).length()).isPositive();
    assertThat(
            await(engine.speak("--help -v es \0 [[_::_]] <audio src='/etc/hosts'/>", "en"))
                .length())
        .isPositive();
    assertThat(there).doesNotExist();
  }

  @Test
  void textsAndAudioAreBounded() throws Exception {
    Spoken.needs("espeak-ng");
    String longest = "word ".repeat(TextSpeaker.MOST_TEXT / 5);
    assertThat(await(engine.speak(longest, "en")).length())
        .isLessThanOrEqualTo(TextSpeaker.MOST_AUDIO);
    for (String bad : List.of("", " ", longest + "x")) {
      assertThatThrownBy(() -> await(engine.speak(bad, "en")))
          .hasMessageContaining("1 to 1,000 characters");
    }
    assertThatThrownBy(() -> await(engine.speak("Hallo.", "de")))
        .hasMessageContaining("of its languages");
    assertThat(engine.speaks("es-MX")).isTrue();
    assertThat(engine.speaks("de")).isFalse();
  }

  @Test
  void whatIsNotInstalledOrHasNoVoiceIsSaid() {
    Spoken.needs("espeak-ng");
    assertThatThrownBy(() -> await(engine.speak("nuqneH", "tlh")))
        .hasMessageContaining("eSpeak NG does not speak here.");
    Espeak none = espeak("no-such-program");
    assertThatThrownBy(() -> await(none.speak("Hello.", "en")))
        .hasMessageContaining("eSpeak NG does not speak here.");
  }

  @Test
  void aProgramThatHangsIsEndedAndMoreThanWaitAreRefused() throws Exception {
    Path hangs = scratch.resolve("hangs");
    Files.writeString(hangs, "#!/bin/sh\nexec sleep 600\n");
    Files.setPosixFilePermissions(hangs, PosixFilePermissions.fromString("rwx------"));
    Espeak slow = espeak(hangs.toString());
    List<Future<Buffer>> asked = new ArrayList<>();
    for (int i = 0; i < 67; i++) {
      asked.add(slow.speak("Hello.", "en"));
    }
    assertThat(asked.get(66).failed()).isTrue();
    assertThat(asked.get(66).cause()).hasMessageContaining("too much to say");
    assertThatThrownBy(() -> await(asked.get(0))).hasMessageContaining("does not speak here");
    await(slow.close());
  }
}
