package chat.plenary.integrations.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

/** Tones, brought to another rate. */
class ResamplerTest {
  private static final double LOUD = 10_000;

  private static byte[] tone(int rate, double hertz) {
    ByteBuffer out = ByteBuffer.allocate(2 * rate).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < rate; i++) {
      out.putShort((short) Math.round(LOUD * Math.sin(2 * Math.PI * hertz * i / rate)));
    }
    return out.array();
  }

  /** How loud a tone is among samples, without their first and last tenth. */
  private static double loudness(byte[] samples, int rate, double hertz) {
    ByteBuffer in = ByteBuffer.wrap(samples).order(ByteOrder.LITTLE_ENDIAN);
    int count = samples.length / 2;
    double sin = 0;
    double cos = 0;
    int used = 0;
    for (int i = count / 10; i < count * 9 / 10; i++) {
      double at = 2 * Math.PI * hertz * i / rate;
      sin += in.getShort(2 * i) * Math.sin(at);
      cos += in.getShort(2 * i) * Math.cos(at);
      used++;
    }
    return 2 * Math.hypot(sin, cos) / used;
  }

  @Test
  void tonesOfSpeechKeepTheirHeightAndLoudness() {
    Resampler down = new Resampler(22_050, 16_000);
    for (double hertz : new double[] {100, 440, 1_000, 3_400, 6_500}) {
      byte[] out = down.resample(tone(22_050, hertz));
      assertThat(out).hasSize(32_000);
      assertThat(loudness(out, 16_000, hertz)).isCloseTo(LOUD, within(LOUD * 0.02));
    }
    byte[] up = new Resampler(8_000, 16_000).resample(tone(8_000, 1_000));
    assertThat(loudness(up, 16_000, 1_000)).isCloseTo(LOUD, within(LOUD * 0.02));
  }

  @Test
  void whatTheNewRateCannotHoldDoesNotComeBackAsAnotherTone() {
    Resampler down = new Resampler(22_050, 16_000);
    for (double hertz : new double[] {9_000, 10_000, 10_900}) {
      byte[] out = down.resample(tone(22_050, hertz));
      assertThat(loudness(out, 16_000, 16_000 - hertz)).as("%s Hz", hertz).isLessThan(LOUD / 300);
    }
  }

  @Test
  void theSameRateLeavesSamplesAsTheyAre() {
    byte[] tone = tone(16_000, 440);
    assertThat(new Resampler(16_000, 16_000).resample(tone)).isEqualTo(tone);
    assertThat(new Resampler(22_050, 16_000).resample(new byte[0])).isEmpty();
  }
}
