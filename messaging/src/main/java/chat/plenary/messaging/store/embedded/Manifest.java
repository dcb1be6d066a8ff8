package chat.plenary.messaging.store.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The file that names the tables and logs of a RocksDB database, looked at before RocksDB reads it:
 * RocksDB 11.8 was seen to read on for ever in one whose record had a flipped byte in its header.
 *
 * <p>The format is that of RocksDB's logs: blocks of 32 KiB, in each records of checksum (4 bytes),
 * length (2), type (1) and payload, little-endian; the checksum is a masked CRC-32C of type and
 * payload (RocksDB wiki, "Write Ahead Log File Format").
 */
final class Manifest {
  private static final int BLOCK = 32 * 1024;
  private static final int HEADER = 7;

  /** More than any database here grows one to before it is written anew. */
  private static final long MOST = 1L << 30;

  private Manifest() {}

  /**
   * What is wrong with the file that {@code CURRENT} names, or null. A record that the file ends in
   * the middle of is as a power cut leaves it, and not wrong.
   */
  static @Nullable String damage(Path db) throws IOException {
    var current = db.resolve("CURRENT");
    if (!Files.exists(current)) {
      return null;
    }
    var name = new String(Files.readAllBytes(current), StandardCharsets.US_ASCII);
    if (!name.matches("MANIFEST-[0-9]{6,20}\n")) {
      return "the file db/CURRENT names no MANIFEST";
    }
    var file = db.resolve(name.strip());
    if (!Files.exists(file)) {
      return "the file db/" + name.strip() + " is missing";
    }
    if (Files.size(file) > MOST) {
      return "the file db/" + name.strip() + " is larger than one can be";
    }
    return damage(Files.readAllBytes(file), name);
  }

  private static @Nullable String damage(byte[] file, String name) {
    var bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    var checksum = new CRC32C();
    int at = 0;
    while (at < bytes.limit()) {
      int left = BLOCK - at % BLOCK;
      if (left < HEADER) {
        at += left;
        continue;
      }
      if (bytes.limit() - at < HEADER) {
        return null;
      }
      int length = Short.toUnsignedInt(bytes.getShort(at + 4));
      int type = bytes.get(at + 6);
      if (type == 0 && length == 0) {
        return isZero(bytes, at) ? null : wrong(name, at);
      }
      if (type < 1 || type > 4 || HEADER + length > left) {
        return wrong(name, at);
      }
      if (at + HEADER + length > bytes.limit()) {
        return null;
      }
      checksum.reset();
      checksum.update(file, at + 6, 1 + length);
      if (masked((int) checksum.getValue()) != bytes.getInt(at)) {
        return wrong(name, at);
      }
      at += HEADER + length;
    }
    return null;
  }

  private static String wrong(String name, int at) {
    return "the record at byte %d of the file db/%s is altered".formatted(at, name.strip());
  }

  /** Space that was kept for more. */
  private static boolean isZero(ByteBuffer bytes, int from) {
    for (int at = from; at < bytes.limit(); at++) {
      if (bytes.get(at) != 0) {
        return false;
      }
    }
    return true;
  }

  private static int masked(int crc) {
    return Integer.rotateRight(crc, 15) + 0xa282ead8;
  }
}
