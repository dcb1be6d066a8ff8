package chat.plenary.integrations.speech;

import static chat.plenary.messaging.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.messaging.interpretation.SpeechInterpreter;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Assumptions;

/** English that espeak-ng speaks, as a speaker's microphone would give it. */
final class Spoken {
  static final List<String> SENTENCES =
      List.of(
          "We open the meeting.",
          "The committee adopted the resolution by consensus.",
          "The report is ready.",
          "Thank you for your work.");

  private static final int RATE = 16_000;
  private static final int PIECE = 6_400;

  private Spoken() {}

  /** Where a program is not installed the test is left out, but not where all must run. */
  static void needs(String... programs) {
    for (String program : programs) {
      boolean there =
          List.of(System.getenv("PATH").split(":")).stream()
              .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
      if (System.getenv("CI") != null) {
        assertThat(there).as(program + " is installed").isTrue();
      }
      Assumptions.assumeTrue(there, program + " is not installed (see .ci/packages)");
    }
  }

  static Path grammar() {
    try {
      return Path.of(Spoken.class.getResource("/dialogue.gram").toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Pieces of 200 ms: half a second of silence, then each sentence and a second of silence. */
  static List<Buffer> pieces(List<String> sentences, Path scratch) throws Exception {
    Buffer all = Buffer.buffer(new byte[RATE]);
    for (String sentence : sentences) {
      all.appendBytes(speak(sentence, scratch)).appendBytes(new byte[2 * RATE]);
    }
    all.appendBytes(new byte[PIECE - all.length() % PIECE]);
    List<Buffer> pieces = new ArrayList<>();
    for (int at = 0; at < all.length(); at += PIECE) {
      pieces.add(all.getBuffer(at, at + PIECE));
    }
    return pieces;
  }

  /** What the real pocketsphinx hears of some audio, by the grammar. */
  static List<String> heard(Buffer audio, Vertx vertx) throws Exception {
    HeardSpeech heard = new HeardSpeech();
    Pocketsphinx ears = new Pocketsphinx(vertx, Pocketsphinx.Options.english(grammar()));
    SpeechInterpreter.Session session = await(ears.open("en", List.of(), heard));
    Buffer all = Buffer.buffer(new byte[RATE]).appendBuffer(audio).appendBytes(new byte[2 * RATE]);
    for (int at = 0; at < all.length(); at += PIECE) {
      await(session.audio(all.getBuffer(at, Math.min(all.length(), at + PIECE))));
    }
    session.end();
    heard.ended();
    await(ears.close());
    return heard.finished();
  }

  /** The root of the mean square of the samples; 0 is silence. */
  static double loudness(Buffer audio) {
    byte[] bytes = audio.getBytes();
    double sum = 0;
    for (int i = 0; i < bytes.length / 2; i++) {
      sum += (double) sample(bytes, i) * sample(bytes, i);
    }
    return Math.sqrt(sum / Math.max(1, bytes.length / 2));
  }

  private static byte[] speak(String sentence, Path scratch) throws Exception {
    Path file = scratch.resolve("spoken.wav");
    Process process =
        new ProcessBuilder("espeak-ng", "-v", "en-us", "-s", "140", "-w", file.toString(), sentence)
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    byte[] wav = Files.readAllBytes(file);
    try (AudioInputStream audio = AudioSystem.getAudioInputStream(new ByteArrayInputStream(wav))) {
      return resample(audio.readAllBytes(), (int) audio.getFormat().getSampleRate());
    } catch (IOException e) {
      throw new AssertionError("espeak-ng wrote no audio", e);
    }
  }

  /** Between two samples a straight line: good enough for a grammar. */
  private static byte[] resample(byte[] in, int from) {
    int samples = (int) ((long) (in.length / 2) * RATE / from);
    byte[] out = new byte[samples * 2];
    for (int i = 0; i < samples; i++) {
      double at = (double) i * from / RATE;
      int left = (int) at;
      int right = Math.min(left + 1, in.length / 2 - 1);
      double value = sample(in, left) + (sample(in, right) - sample(in, left)) * (at - left);
      int rounded = (int) Math.round(value);
      out[2 * i] = (byte) rounded;
      out[2 * i + 1] = (byte) (rounded >> 8);
    }
    return out;
  }

  private static int sample(byte[] in, int i) {
    return (in[2 * i] & 0xff) | in[2 * i + 1] << 8;
  }
}
