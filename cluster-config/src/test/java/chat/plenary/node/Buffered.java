package chat.plenary.node;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bson.RawBsonDocument;

/** Documents in buffers that went to or came from the database. */
final class Buffered {
  private static final int LEAST = 16;

  private Buffered() {}

  /** All whole documents around a place, as JSON: the innermost and those that hold it. */
  static List<String> around(byte[] array, int place) {
    ByteBuffer buffer = ByteBuffer.wrap(array).order(ByteOrder.LITTLE_ENDIAN);
    List<String> found = new ArrayList<>();
    for (int from = place; from >= 0; from--) {
      if (from + LEAST > array.length) {
        continue;
      }
      int length = buffer.getInt(from);
      long to = (long) from + length;
      if (length >= LEAST && to > place && to <= array.length && array[(int) to - 1] == 0) {
        read(array, from, (int) to).ifPresent(found::add);
      }
    }
    return found;
  }

  /** Empty where bytes only happened to look like the length of a document. */
  private static Optional<String> read(byte[] array, int from, int to) {
    try {
      byte[] document = Arrays.copyOfRange(array, from, to);
      return Optional.of(new RawBsonDocument(document).toBsonDocument().toJson());
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }
}
