package chat.plenary.simulator.speech;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * What simulators give for a voice: a plain tone for each sentence, as long as its text takes to
 * say, so that nobody takes it for speech.
 */
public final class SimulatedVoice {
  private static final int RATE = 16_000;
  private static final int CHARACTER_MILLIS = 120;
  private static final int LOUD = 8_000;
  private static final int HEAD = 44;

  private SimulatedVoice() {}

  /** Samples of a sentence: 16-bit, little-endian, 16,000 a second. Its tone tells its number. */
  public static byte[] samples(int number, String text) {
    return tone(number, text.length() * CHARACTER_MILLIS);
  }

  /** A tone of so many milliseconds, 0 to 60,000. */
  public static byte[] tone(int number, int milliseconds) {
    int count = milliseconds * RATE / 1_000;
    double hertz = 300 + 100 * (number % 8);
    ByteBuffer out = ByteBuffer.allocate(2 * count).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      out.putShort((short) Math.round(LOUD * Math.sin(2 * Math.PI * hertz * i / RATE)));
    }
    return out.array();
  }

  /** The same as a WAV file. */
  static byte[] wav(byte[] samples) {
    return ByteBuffer.allocate(HEAD + samples.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put("RIFF".getBytes(StandardCharsets.US_ASCII))
        .putInt(HEAD - 8 + samples.length)
        .put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII))
        .putInt(16)
        .putShort((short) 1)
        .putShort((short) 1)
        .putInt(RATE)
        .putInt(2 * RATE)
        .putShort((short) 2)
        .putShort((short) 16)
        .put("data".getBytes(StandardCharsets.US_ASCII))
        .putInt(samples.length)
        .put(samples)
        .array();
  }
}
