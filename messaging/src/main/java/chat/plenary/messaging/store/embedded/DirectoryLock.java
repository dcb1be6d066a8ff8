package chat.plenary.messaging.store.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import chat.plenary.messaging.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a second process out of the directory from before the files are checked. (RocksDB's own
 * lock comes too late for that: the check opens without it.)
 */
final class DirectoryLock implements AutoCloseable {
  private final FileChannel file;

  private DirectoryLock(FileChannel file) {
    this.file = file;
  }

  static DirectoryLock take(Path path) throws IOException {
    var file = FileChannel.open(path, CREATE, READ, WRITE);
    try {
      if (tryLock(file) == null) {
        var holder = ByteBuffer.allocate(32);
        file.read(holder, 0);
        var pid = new String(holder.array(), 0, holder.position(), UTF_8).strip();
        throw new StoreException(
            StoreException.Kind.REFUSED,
            "%s is in use by %s; one process at a time may open it"
                .formatted(
                    path.toAbsolutePath().getParent(),
                    pid.isEmpty() ? "another process" : "process " + pid),
            null);
      }
      file.truncate(0);
      file.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(UTF_8)), 0);
      return new DirectoryLock(file);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private static @Nullable FileLock tryLock(FileChannel file) throws IOException {
    try {
      return file.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException("a lock could not be let go", e);
    }
  }
}
