package chat.plenary.node.backup;

import chat.plenary.messaging.store.StoreException;
import chat.plenary.messaging.store.embedded.ClosedStore;
import chat.plenary.node.files.OwnersOnly;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Copies the store of a data folder, whether its node runs or not. The copy has its name only when
 * it is whole, read again and on the disk; until then it is called {@code NAME.partial}.
 */
public final class Backup {
  private final Path data;
  private final Path target;
  private final Path partial;
  private final Copying copying;
  private final Progress progress;
  private final String version;
  private final Clock clock;

  /**
   * A copy that is to be made.
   *
   * @param target a folder that does not exist, in one that does
   * @param bytesPerSecond how fast at the most; 0 for as fast as goes
   * @param version of Plenary, for the record
   */
  public Backup(
      Path data, Path target, long bytesPerSecond, String version, Clock clock, Progress progress) {
    this.data = data;
    this.target = target.toAbsolutePath().normalize();
    this.partial = Layout.unfinished(this.target);
    this.copying = new Copying(progress, bytesPerSecond);
    this.progress = progress;
    this.version = version;
    this.clock = clock;
  }

  /** Makes it; what is to be told of it. */
  public String make() throws BackupException {
    checkTarget();
    if (Files.exists(data) && !(Files.isReadable(data) && Files.isExecutable(data))) {
      throw new BackupException(
          "This user may not read "
              + data.toAbsolutePath()
              + ": back up as the user that the node runs as.");
    }
    if (!ClosedStore.isIn(Layout.store(data))) {
      throw new BackupException(
          "There is no store in "
              + data.toAbsolutePath()
              + ": name the data folder of the node (--data).");
    }
    Instant begun = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    RunningNode running = RunningNode.connect(data);
    try (Source source = running != null ? running : StoppedNode.hold(data)) {
      progress.say("Copying the store " + source.what() + " to " + partial + " ...");
      Contents contents = copy(source, begun);
      return "Backed up to " + target + ": " + contents.told() + "; " + progress.time() + ".";
    }
  }

  private void checkTarget() throws BackupException {
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new BackupException(
          target + " exists already. Nothing is overwritten: give a new name.");
    }
    if (Files.exists(partial, LinkOption.NOFOLLOW_LINKS)) {
      throw new BackupException(
          partial
              + " exists: another backup is under way to there, or one was cut off. In that case delete it.");
    }
    try {
      Path parent = OwnersOnly.parent(target);
      if (!Files.isDirectory(parent)) {
        throw new BackupException("There is no folder " + parent + " to put the backup in.");
      }
      if (Files.exists(data) && parent.toRealPath().startsWith(data.toRealPath())) {
        throw new BackupException(
            target + " is in the data folder, and would be lost with it: give a place outside.");
      }
    } catch (IOException e) {
      throw new BackupException(target + " cannot be made: " + e.getMessage(), e);
    }
  }

  private Contents copy(Source source, Instant begun) throws BackupException {
    try {
      OwnersOnly.createFolder(partial);
    } catch (IOException e) {
      throw new BackupException(partial + " cannot be made: " + e, e);
    }
    try {
      List<Path> files = files(source.folder());
      requireRoom(files);
      Path store = Layout.store(partial);
      OwnersOnly.createFolder(store);
      OwnersOnly.createFolder(store.resolve("db"));
      List<Contents.Piece> pieces = new ArrayList<>();
      for (Path file : files) {
        Path name = source.folder().relativize(file);
        pieces.add(copying.copy(file, store.resolve(name.toString()), "store/" + name));
      }
      progress.say("Reading the copy again ...");
      Contents contents = new Contents(begun, version, ClosedStore.check(store), pieces);
      try (FileChannel out = OwnersOnly.create(partial.resolve(Layout.CONTENTS))) {
        contents.write(out);
      }
      OwnersOnly.sync(store.resolve("db"));
      OwnersOnly.sync(store);
      OwnersOnly.sync(partial);
      Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
      OwnersOnly.sync(OwnersOnly.parent(target));
      return contents;
    } catch (NoSuchFileException e) {
      boolean snapshot =
          source instanceof RunningNode && Path.of(e.getFile()).startsWith(source.folder());
      throw given(
          snapshot
              ? "the node was stopped or started again meanwhile, and its snapshot is gone"
              : e.getFile() + " is not there",
          e);
    } catch (IOException | StoreException e) {
      throw given(String.valueOf(e.getMessage()), e);
    }
  }

  /** What was copied is of no use: others need its room. */
  private BackupException given(String why, Exception cause) {
    try {
      OwnersOnly.delete(partial);
      return new BackupException("The backup was given up: " + why + ".", cause);
    } catch (IOException e) {
      cause.addSuppressed(e);
      return new BackupException(
          "The backup was given up: " + why + ". Delete " + partial + ".", cause);
    }
  }

  private void requireRoom(List<Path> files) throws IOException {
    long bytes = 0;
    for (Path file : files) {
      bytes += Files.size(file);
    }
    progress.expect(bytes);
    long room = Files.getFileStore(partial).getUsableSpace();
    if (room < bytes) {
      throw new IOException(
          "it needs " + Progress.size(bytes) + ", and there is room for " + Progress.size(room));
    }
  }

  /** The lock is not of the store, but of who has it open. */
  private static List<Path> files(Path store) throws IOException {
    List<Path> files = new ArrayList<>();
    files.add(store.resolve("witness"));
    try (Stream<Path> all = Files.list(store.resolve("db"))) {
      all.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
          .filter(file -> !file.endsWith("LOCK"))
          .sorted()
          .forEach(files::add);
    }
    return files;
  }
}
