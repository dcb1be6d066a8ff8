package chat.plenary.node;

import chat.plenary.node.backup.Backup;
import chat.plenary.node.backup.BackupException;
import chat.plenary.node.backup.Progress;
import chat.plenary.node.backup.Restore;
import chat.plenary.node.configuration.Configuration;
import chat.plenary.node.configuration.Settings;
import chat.plenary.node.configuration.Size;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The commands {@code backup} and {@code restore}. */
final class BackupCommand {
  private static final String MAX_RATE = "--max-rate";
  private static final long SLOWEST = 1 << 10;

  private final String command;
  private final Path path;
  private final long bytesPerSecond;
  private final Configuration configuration;

  private BackupCommand(
      String command, Path path, long bytesPerSecond, Configuration configuration) {
    this.command = command;
    this.path = path;
    this.bytesPerSecond = bytesPerSecond;
    this.configuration = configuration;
  }

  /** Reads {@code backup TARGET} or {@code restore BACKUP}, with the options of a node. */
  static BackupCommand of(CommandLine line, Map<String, String> environment) {
    boolean backup = line.command().equals("backup");
    if (line.words().size() != 1) {
      throw Failure.usage(
          backup
              ? "backup needs the folder to make: ./plenary backup TARGET --data DATA."
              : "restore needs the backup to put back: ./plenary restore BACKUP --data DATA.");
    }
    Map<String, String> options = new HashMap<>(line.options());
    long bytesPerSecond = backup ? rate(options.remove(MAX_RATE)) : 0;
    return new BackupCommand(
        line.command(),
        path(line.words().get(0)),
        bytesPerSecond,
        Settings.read(line.file(), environment, options).configuration());
  }

  private static Path path(String text) {
    try {
      Path path = Path.of(text);
      if (path.normalize().getFileName() != null && !text.isBlank()) {
        return path.toAbsolutePath().normalize();
      }
    } catch (InvalidPathException e) {
      // Told below, like the others.
    }
    throw Failure.usage("'" + text + "' is no name of a folder.");
  }

  private static long rate(@Nullable String text) {
    if (text == null) {
      return 0;
    }
    Size size = Size.parse(text);
    if (size == null || size.bytes() < SLOWEST) {
      throw Failure.usage(
          MAX_RATE
              + " must be a size of at least 1 KiB, for each second, such as '20 MiB', not '"
              + text
              + "'.");
    }
    return size.bytes();
  }

  int run() {
    if (configuration.mongodbUri() != null) {
      throw Failure.of(
          "This configuration keeps everything in MongoDB, which "
              + command
              + " does not touch: use MongoDB's own means, such as mongodump --oplog and"
              + " mongorestore, or snapshots of its replica set (docs/operations.md, Backup).");
    }
    Logs.configure(configuration.logging());
    Clock clock = Clock.systemUTC();
    Progress progress = new Progress(System.out);
    try {
      if (command.equals("backup")) {
        Backup backup =
            new Backup(
                configuration.data(), path, bytesPerSecond, Start.version(), clock, progress);
        System.out.println(backup.make());
      } else {
        System.out.println(new Restore(path, configuration.data(), clock, progress).make());
      }
      return 0;
    } catch (BackupException e) {
      throw Failure.of(String.valueOf(e.getMessage()));
    }
  }
}
