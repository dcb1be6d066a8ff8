package chat.plenary.integrations.speech;

import chat.plenary.messaging.interpretation.SpeechInterpreter;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a WAV file holds.
 *
 * @param rate samples a second
 * @param samples 16-bit, little-endian, of one channel
 */
record Wav(int rate, Buffer samples) {
  private static final int RIFF = 12;
  private static final int HEAD = 8;
  private static final int FORMAT = 16;
  private static final int PCM = 1;

  /**
   * Reads a file; the length of its data may be said wrong, as by programs that write while they
   * speak.
   *
   * @return null where it is none, or of another form
   */
  static @Nullable Wav read(byte[] file) {
    if (!isWav(file)) {
      return null;
    }
    ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).position(RIFF);
    int rate = 0;
    while (in.remaining() >= HEAD) {
      String name = name(file, in.position());
      long length = Integer.toUnsignedLong(in.getInt(in.position() + 4));
      in.position(in.position() + HEAD);
      int there = (int) Math.min(length, in.remaining());
      if (name.equals("data")) {
        int end = in.position() + there - there % 2;
        return rate == 0
            ? null
            : new Wav(rate, Buffer.buffer(Arrays.copyOfRange(file, in.position(), end)));
      }
      if (name.equals("fmt ")) {
        int at = in.position();
        boolean usual =
            there >= FORMAT
                && in.getShort(at) == PCM
                && in.getShort(at + 2) == 1
                && in.getShort(at + 14) == 16;
        rate = usual ? in.getInt(at + 4) : 0;
        if (rate < 4_000 || rate > 192_000) {
          return null;
        }
      }
      in.position((int) Math.min(file.length, (long) in.position() + there + there % 2));
    }
    return null;
  }

  /** Whether it begins as a file of this kind. */
  static boolean isWav(byte[] file) {
    return file.length > RIFF && name(file, 0).equals("RIFF") && name(file, 8).equals("WAVE");
  }

  private static String name(byte[] file, int at) {
    return new String(file, at, 4, StandardCharsets.ISO_8859_1);
  }

  /** The samples at the rate of speech. */
  Buffer speech() {
    byte[] speech = new Resampler(rate, SpeechInterpreter.RATE).resample(samples.getBytes());
    return Buffer.buffer(speech);
  }

  @Override
  public String toString() {
    return "Wav[" + rate + "]";
  }
}
