package chat.plenary.messaging.store.embedded;

import chat.plenary.messaging.store.StoreException;
import chat.plenary.messaging.store.StoreException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The directory of a store that nobody has open, kept so: its files can be copied as they are. It
 * is not opened for writing, which would change files, and whose they are.
 */
public final class ClosedStore implements AutoCloseable {
  private final DirectoryLock lock;

  private ClosedStore(DirectoryLock lock) {
    this.lock = lock;
  }

  /** Whether a directory holds a store; also one that is damaged. */
  public static boolean isIn(Path directory) {
    return Files.exists(directory.resolve("witness")) || Files.isDirectory(directory.resolve("db"));
  }

  /**
   * Keeps others from opening the store until this is closed.
   *
   * @throws StoreException as {@link Kind#REFUSED} when another process has it open
   */
  public static ClosedStore hold(Path directory) {
    try {
      return new ClosedStore(DirectoryLock.take(directory.resolve("lock")));
    } catch (IOException e) {
      throw new StoreException(Kind.UNKNOWN, directory + " could not be held: " + e, e);
    }
  }

  /**
   * Reads all of a store that nobody has open and compares it with its checksums, as opening does.
   * Writes nothing.
   *
   * @return the number of its last commit
   * @throws StoreException as {@link Kind#DAMAGED} that says what is wrong
   */
  public static long check(Path directory) {
    try (var tuning = new Tuning(EmbeddedOptions.defaults())) {
      return new Opening(directory, tuning.options()).check();
    } catch (IOException e) {
      throw new StoreException(Kind.UNKNOWN, directory + " could not be read: " + e, e);
    }
  }

  @Override
  public void close() {
    lock.close();
  }
}
