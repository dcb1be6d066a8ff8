package chat.plenary.messaging.log;

import chat.plenary.messaging.fault.Fault;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;

/**
 * How far somebody has read every lane. To clients it is an opaque text; it grants nothing, since
 * access is judged at every reading.
 */
public final class Cursor {
  private static final byte FORMAT = 1;

  private final int epoch;
  private final long[] numbers;

  private Cursor(int epoch, long[] numbers) {
    this.epoch = epoch;
    this.numbers = numbers;
  }

  /**
   * A cursor.
   *
   * @param epoch the database's epoch, from 1; a restore from backup raises it
   * @param numbers the last number read of each lane; 64 numbers from 0
   */
  public static Cursor of(int epoch, long[] numbers) {
    if (numbers.length != Log.LANES) {
      throw new IllegalArgumentException("a cursor has " + Log.LANES + " numbers");
    }
    return new Cursor(epoch, numbers.clone());
  }

  /** The text that clients keep: at most 880 characters of base64url. */
  public String encode() {
    ByteBuffer out = ByteBuffer.allocate(1 + 5 + Log.LANES * 10);
    out.put(FORMAT);
    put(out, epoch);
    for (long number : numbers) {
      put(out, number);
    }
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Arrays.copyOf(out.array(), out.position()));
  }

  /**
   * Reads a client's text.
   *
   * @throws Fault as invalid, naming {@code field}
   */
  public static Cursor decode(String field, String text) {
    try {
      ByteBuffer in = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
      if (text.length() > 900 || in.get() != FORMAT) {
        throw Fault.invalid(field, "This is not a cursor of this server.");
      }
      long epoch = get(in);
      long[] numbers = new long[Log.LANES];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = get(in);
      }
      if (in.hasRemaining() || epoch < 0 || epoch > Integer.MAX_VALUE) {
        throw Fault.invalid(field, "This is not a cursor of this server.");
      }
      return new Cursor((int) epoch, numbers);
    } catch (IllegalArgumentException | BufferUnderflowException e) {
      throw Fault.invalid(field, "This is not a cursor of this server.");
    }
  }

  public int epoch() {
    return epoch;
  }

  /** The last number read of a lane. */
  public long number(int lane) {
    return numbers[lane];
  }

  /** Whether it has reached another one of the same epoch in every lane. */
  public boolean covers(Cursor other) {
    for (int i = 0; i < numbers.length; i++) {
      if (numbers[i] < other.numbers[i]) {
        return false;
      }
    }
    return epoch == other.epoch;
  }

  private static void put(ByteBuffer out, long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.put((byte) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    out.put((byte) rest);
  }

  private static long get(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; shift < 63; shift += 7) {
      byte b = in.get();
      value |= (long) (b & 0x7f) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("a number has at most nine bytes");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Cursor c && c.epoch == epoch && Arrays.equals(c.numbers, numbers);
  }

  @Override
  public int hashCode() {
    return 31 * epoch + Arrays.hashCode(numbers);
  }

  @Override
  public String toString() {
    return "Cursor[epoch " + epoch + ", " + Arrays.stream(numbers).sum() + " entries]";
  }
}
