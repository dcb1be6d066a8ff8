package chat.plenary.messaging.store.embedded;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.zip.CRC32C;

/**
 * A small file that holds the number of the last commit. It is written after a commit was synced
 * and before anyone hears of it, so it can lag behind the database and never lead: a database that
 * opens with a smaller number has lost something that was acknowledged.
 *
 * <p>It is not synced at each commit; the operating system keeps it when the process is killed, and
 * after a power cut it says what was last written out. Commits alternate between two places in two
 * pages of 4 KiB, each 16 bytes (a mark, a checksum, the number), so a torn write spoils one.
 */
final class Witness implements AutoCloseable {
  private static final int MARK = 0x506c576e;
  private static final int PAGE = 4_096;
  private static final int SIZE = 16;

  private final FileChannel file;

  private Witness(FileChannel file) {
    this.file = file;
  }

  /** The number in the file; empty when neither place holds one. */
  static OptionalLong read(Path path) throws IOException {
    var bytes = ByteBuffer.wrap(Files.readAllBytes(path));
    var best = OptionalLong.empty();
    for (int place = 0; place + SIZE <= bytes.limit() && place <= PAGE; place += PAGE) {
      var number = bytes.getLong(place + 8);
      if (bytes.getInt(place) == MARK
          && bytes.getInt(place + 4) == checksum(number)
          && (best.isEmpty() || best.getAsLong() < number)) {
        best = OptionalLong.of(number);
      }
    }
    return best;
  }

  /** Makes a new file with a number in both places, synced. */
  static Witness create(Path path, long number) throws IOException {
    var witness = new Witness(FileChannel.open(path, CREATE_NEW, READ, WRITE));
    witness.writeAt(0, number);
    witness.writeAt(PAGE, number);
    witness.sync();
    syncDirectory(parent(path));
    return witness;
  }

  static Witness open(Path path) throws IOException {
    return new Witness(FileChannel.open(path, READ, WRITE));
  }

  /** The directory that a path is in. */
  static Path parent(Path path) {
    var parent = path.toAbsolutePath().getParent();
    if (parent == null) {
      throw new IllegalArgumentException(path + " is in no directory");
    }
    return parent;
  }

  /** Makes the entries of a directory durable. */
  static void syncDirectory(Path directory) throws IOException {
    try (var handle = FileChannel.open(directory, READ)) {
      handle.force(true);
    }
  }

  void write(long number) throws IOException {
    writeAt(number % 2 == 0 ? 0 : PAGE, number);
  }

  void sync() throws IOException {
    file.force(false);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private void writeAt(int place, long number) throws IOException {
    var bytes = ByteBuffer.allocate(SIZE);
    bytes.putInt(MARK).putInt(checksum(number)).putLong(number).flip();
    while (bytes.hasRemaining()) {
      file.write(bytes, place + bytes.position());
    }
  }

  private static int checksum(long number) {
    var sum = new CRC32C();
    sum.update(ByteBuffer.allocate(8).putLong(0, number));
    return (int) sum.getValue();
  }
}
