package chat.plenary.integrations.speech;

import java.util.Arrays;

/**
 * Brings 16-bit samples of one channel from one rate to another, by a low pass of windowed sinc:
 * what the new rate cannot hold is taken out before, so that it does not come back as other tones.
 */
final class Resampler {
  /** Samples on either side that count, at the lower of both rates. */
  private static final int REACH = 24;

  /** Where the low pass ends, of half of the lower rate. */
  private static final double PASS = 0.92;

  /** Kaiser's window: about 80 dB. */
  private static final double BETA = 8;

  private final int up;
  private final int down;
  private final int half;
  private final float[][] phases;

  Resampler(int from, int to) {
    int common = gcd(from, to);
    this.up = to / common;
    this.down = from / common;
    double scale = Math.min(1.0, (double) to / from);
    this.half = (int) Math.ceil(REACH / scale);
    this.phases = new float[up][2 * half];
    for (int phase = 0; phase < up; phase++) {
      double sum = 0;
      for (int i = 0; i < 2 * half; i++) {
        double at = i - half + 1 - (double) phase / up;
        double value = sinc(at * scale * PASS) * kaiser(at / half);
        phases[phase][i] = (float) value;
        sum += value;
      }
      for (int i = 0; i < 2 * half; i++) {
        phases[phase][i] /= (float) sum;
      }
    }
  }

  /** Little-endian samples in, little-endian samples out. */
  byte[] resample(byte[] in) {
    int count = in.length / 2;
    if (up == down) {
      return Arrays.copyOf(in, count * 2);
    }
    int samples = (int) ((long) count * up / down);
    byte[] out = new byte[samples * 2];
    for (int n = 0; n < samples; n++) {
      long at = (long) n * down;
      int first = (int) (at / up) - half + 1;
      float[] taps = phases[(int) (at % up)];
      double sum = 0;
      for (int i = 0; i < taps.length; i++) {
        int index = first + i;
        if (index >= 0 && index < count) {
          sum += taps[i] * (short) ((in[2 * index] & 0xff) | in[2 * index + 1] << 8);
        }
      }
      long value = Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, Math.round(sum)));
      out[2 * n] = (byte) value;
      out[2 * n + 1] = (byte) (value >> 8);
    }
    return out;
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }

  private static double sinc(double x) {
    return x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
  }

  private static double kaiser(double x) {
    return Math.abs(x) >= 1 ? 0 : bessel(BETA * Math.sqrt(1 - x * x)) / bessel(BETA);
  }

  /** The modified function of order 0, by its series. */
  private static double bessel(double x) {
    double term = 1;
    double sum = 1;
    for (int k = 1; k < 40; k++) {
      term *= x / (2 * k) * (x / (2 * k));
      sum += term;
    }
    return sum;
  }
}
