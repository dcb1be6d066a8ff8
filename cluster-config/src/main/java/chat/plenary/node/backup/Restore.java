package chat.plenary.node.backup;

import chat.plenary.messaging.log.Epoch;
import chat.plenary.messaging.store.StoreException;
import chat.plenary.messaging.store.embedded.EmbeddedOptions;
import chat.plenary.messaging.store.embedded.EmbeddedStore;
import chat.plenary.node.files.OwnersOnly;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Makes a data folder of a copy. Whatever is there already is left alone; the store has its name
 * only when all of it was read and compared.
 */
public final class Restore {
  /** All data is read once, at the speed of the disk. */
  private static final long OPENING_HOURS = 24;

  private static final long WRITING_SECONDS = 60;

  private final Path backup;
  private final Path data;
  private final Path partial;
  private final Clock clock;
  private final Progress progress;

  /**
   * A copy that is to be put back.
   *
   * @param backup what {@link Backup} made
   * @param data a folder that does not exist, or is empty
   */
  public Restore(Path backup, Path data, Clock clock, Progress progress) {
    this.backup = backup.toAbsolutePath().normalize();
    this.data = data.toAbsolutePath().normalize();
    this.partial = Layout.unfinishedStore(this.data);
    this.clock = clock;
    this.progress = progress;
  }

  /** Puts it back; what is to be told of it. */
  public String make() throws BackupException {
    Contents contents = contents();
    checkData();
    progress.say("Copying " + backup + " to " + partial + " ...");
    progress.expect(contents.bytes());
    boolean made = !Files.exists(data);
    try {
      OwnersOnly.ensureFolder(data);
      copy(contents);
      progress.say("Reading the store ...");
      begin();
      Files.move(partial, Layout.store(data), StandardCopyOption.ATOMIC_MOVE);
      OwnersOnly.sync(data);
    } catch (IOException | StoreException e) {
      throw given(String.valueOf(e.getMessage()), e, made);
    } catch (BackupException e) {
      throw given(String.valueOf(e.getMessage()), e, made);
    }
    return "Restored to " + data + ": " + contents.told() + "; " + progress.time() + ".";
  }

  private Contents contents() throws BackupException {
    if (!Files.isDirectory(backup)) {
      throw new BackupException("There is no folder " + backup + ".");
    }
    Path file = backup.resolve(Layout.CONTENTS);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new BackupException(
          backup
              + " is no whole backup: it has no "
              + Layout.CONTENTS
              + ", which is written last. It was cut off, or is something else.");
    }
    return Contents.read(file);
  }

  private void checkData() throws BackupException {
    if (Files.exists(partial, LinkOption.NOFOLLOW_LINKS)) {
      throw new BackupException(
          partial
              + " exists: another restore is under way, or one was cut off. In that case delete it.");
    }
    if (!Files.exists(data, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (DirectoryStream<Path> there = Files.newDirectoryStream(data)) {
      if (there.iterator().hasNext()) {
        throw new BackupException(
            data
                + " is there and not empty. Nothing is overwritten: move it away, or give another"
                + " folder (--data).");
      }
    } catch (IOException e) {
      throw new BackupException(data + " is no folder that can be used: " + e, e);
    }
  }

  private void copy(Contents contents) throws IOException, BackupException {
    OwnersOnly.createFolder(partial);
    OwnersOnly.createFolder(partial.resolve("db"));
    Copying copying = new Copying(progress, 0);
    for (Contents.Piece piece : contents.files()) {
      Path from = backup.resolve(piece.path());
      if (!Files.isRegularFile(from, LinkOption.NOFOLLOW_LINKS)) {
        throw new BackupException("the backup is damaged: " + from + " is missing");
      }
      Path to = partial.resolve(piece.path().substring("store/".length()));
      if (!copying.copy(from, to, piece.path()).equals(piece)) {
        throw new BackupException("the backup is damaged: " + from + " is not what was written");
      }
    }
    OwnersOnly.sync(partial.resolve("db"));
    OwnersOnly.sync(partial);
  }

  /** Opening compares all blocks with their checksums. */
  private void begin() throws BackupException {
    EmbeddedStore store =
        done(
            EmbeddedStore.open(null, partial, EmbeddedOptions.defaults()),
            TimeUnit.HOURS.toSeconds(OPENING_HOURS));
    try {
      done(Epoch.begin(store, clock.instant()), WRITING_SECONDS);
    } finally {
      done(store.close(), WRITING_SECONDS);
    }
  }

  private static <T> T done(Future<T> future, long seconds) throws BackupException {
    try {
      return future.toCompletionStage().toCompletableFuture().get(seconds, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new BackupException(String.valueOf(cause.getMessage()), cause);
    } catch (TimeoutException e) {
      throw new BackupException("the store did not answer in time", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BackupException("interrupted", e);
    }
  }

  private BackupException given(String why, Exception cause, boolean made) {
    try {
      OwnersOnly.delete(partial);
      if (made) {
        Files.deleteIfExists(data);
      }
      return new BackupException("The restore was given up: " + why + ".", cause);
    } catch (IOException e) {
      cause.addSuppressed(e);
      return new BackupException(
          "The restore was given up: " + why + ". Delete " + partial + ".", cause);
    }
  }
}
