package chat.plenary.node.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes files and folders that nobody else may read from the moment they are there. */
public final class OwnersOnly {
  private static final String FILE = "rw-------";
  private static final String FOLDER = "rwx------";

  private OwnersOnly() {}

  /** Makes a file that must not be there yet, open for writing. */
  public static FileChannel create(Path file) throws IOException {
    return FileChannel.open(
        file,
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
        permissions(file, FILE));
  }

  /** Makes a folder that must not be there yet; its parent is. */
  public static void createFolder(Path folder) throws IOException {
    Files.createDirectory(folder, permissions(folder, FOLDER));
  }

  /** Makes a folder where there is none; parents that are missing are made as is usual. */
  public static void ensureFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(parent(folder));
      createFolder(folder);
    }
  }

  /** Takes others' permissions from a file or folder that is there. */
  public static void restrict(Path path) throws IOException {
    if (isPosix(path)) {
      Files.setPosixFilePermissions(
          path, PosixFilePermissions.fromString(Files.isDirectory(path) ? FOLDER : FILE));
    }
  }

  /** Deletes a file, or a folder with all that is in it, where it is there. Follows no links. */
  public static void delete(Path path) throws IOException {
    if (!Files.exists(path, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(
        path,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** Makes the entries of a folder durable. */
  public static void sync(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** The folder that a path is in. */
  public static Path parent(Path path) throws IOException {
    Path parent = path.toAbsolutePath().getParent();
    if (parent == null) {
      throw new IOException(path + " is in no folder");
    }
    return parent;
  }

  private static FileAttribute<?>[] permissions(Path path, String mode) throws IOException {
    return isPosix(parent(path))
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))
        }
        : new FileAttribute<?>[0];
  }

  private static boolean isPosix(Path path) throws IOException {
    return Files.getFileStore(path.toAbsolutePath()).supportsFileAttributeView("posix");
  }
}
