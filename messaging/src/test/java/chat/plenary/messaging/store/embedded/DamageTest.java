package chat.plenary.messaging.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.messaging.store.Store;
import chat.plenary.messaging.store.StoreException;
import chat.plenary.messaging.store.StoreException.Kind;
import chat.plenary.messaging.store.StoreUnderTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files are damaged by a flipped byte, cut, zeroed or deleted: opening tells, or nothing is
 * missing. Never is older data served in silence. Each is tried on files as a killed process leaves
 * them, with a live log, and as closing leaves them.
 */
class DamageTest {
  @TempDir static Path directory;

  private static Map<String, Writing.Acknowledged> acknowledged;

  private final Map<String, List<String>> outcomes = new TreeMap<>();

  @BeforeAll
  static void write() throws Exception {
    var source = directory.resolve("source");
    var notes = directory.resolve("notes");
    var store = Writing.open(source);
    try (var file = FileChannel.open(notes, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      Writing.write(store, file, 600);
      copyOpen(source, directory.resolve("killed"));
      acknowledged = Writing.acknowledged(Files.readString(notes));
      StoreUnderTest.await(store.close());
      copy(source, directory.resolve("closed"));
    }
  }

  @AfterAll
  static void remove() throws IOException {
    remove(directory.resolve("tried"));
  }

  @Test
  void aFlippedByteIsNoticed() throws IOException {
    var random = Children.random(11);
    for (var path : files()) {
      int rounds = Children.rounds(path.toString().contains("MANIFEST") ? 24 : 6);
      for (int i = 0; i < rounds; i++) {
        damage(
            path,
            bytes -> {
              bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
              return bytes;
            });
      }
    }
    requireNoticed();
  }

  @Test
  void aFileCutShortIsNoticed() throws IOException {
    var random = Children.random(12);
    for (var path : files()) {
      damage(path, bytes -> Arrays.copyOf(bytes, bytes.length - 1));
      damage(path, bytes -> Arrays.copyOf(bytes, bytes.length / 2));
      damage(path, bytes -> Arrays.copyOf(bytes, 0));
      for (int i = 0; i < Children.rounds(4); i++) {
        damage(path, bytes -> Arrays.copyOf(bytes, random.nextInt(bytes.length)));
      }
    }
    requireNoticed();
  }

  @Test
  void aZeroedFileOrPageIsNoticed() throws IOException {
    var random = Children.random(13);
    for (var path : files()) {
      damage(path, bytes -> new byte[bytes.length]);
      for (int i = 0; i < Children.rounds(4); i++) {
        damage(
            path,
            bytes -> {
              int page = random.nextInt(bytes.length / 4_096 + 1) * 4_096;
              Arrays.fill(
                  bytes,
                  Math.min(page, bytes.length - 1),
                  Math.min(page + 4_096, bytes.length),
                  (byte) 0);
              return bytes;
            });
      }
    }
    requireNoticed();
  }

  @Test
  void aDeletedFileIsNoticed() throws IOException {
    for (var path : files()) {
      damage(path, bytes -> null);
    }
    requireNoticed();
  }

  private interface Damage {
    byte[] to(byte[] bytes);
  }

  /** All files that hold data, of both kinds of directory. */
  private static List<Path> files() throws IOException {
    var files = new ArrayList<Path>();
    for (var kind : List.of("killed", "closed")) {
      try (var paths = Files.walk(directory.resolve(kind))) {
        for (var path : paths.filter(Files::isRegularFile).sorted().toList()) {
          var name = path.getFileName().toString();
          if (!name.startsWith("LOG") && !name.equalsIgnoreCase("lock") && Files.size(path) > 0) {
            files.add(path);
          }
        }
      }
    }
    return files;
  }

  private void damage(Path path, Damage damage) throws IOException {
    var kind = directory.relativize(path).getName(0);
    var tried = directory.resolve("tried");
    remove(tried);
    copy(directory.resolve(kind), tried);
    var target = tried.resolve(directory.resolve(kind).relativize(path));
    var damaged = damage.to(Files.readAllBytes(target));
    Files.delete(target);
    if (damaged != null) {
      Files.write(target, damaged);
    }
    var what = kind + " " + path.getFileName().toString().replaceAll("\\d+", "N");
    outcomes.computeIfAbsent(what, first -> new ArrayList<>()).add(outcome(tried));
  }

  private static String outcome(Path tried) {
    Store store = null;
    try {
      store = Writing.open(tried);
      Writing.requireAll(store, acknowledged);
      return "whole";
    } catch (StoreException e) {
      assertThat(e).hasMessageContaining(tried.toString());
      return e.kind() == Kind.DAMAGED && e.getMessage().contains("restore the directory")
          ? "refused"
          : "WRONG " + e.kind() + " " + e.getMessage();
    } catch (AssertionError e) {
      return "LOST " + e.getMessage();
    } finally {
      if (store != null) {
        StoreUnderTest.await(store.close());
      }
    }
  }

  private void requireNoticed() {
    outcomes.forEach(
        (what, found) -> {
          if (System.getenv("PLENARY_ROUNDS") != null) {
            System.out.println(what + ": " + found);
          }
        });
    assertThat(outcomes.values().stream().flatMap(List::stream).distinct())
        .as("%s", outcomes)
        .isSubsetOf("whole", "refused")
        .contains("refused");
  }

  /**
   * Copies the files of an open store as a killed process leaves them: of one moment. RocksDB still
   * removes what it needs no longer, beside us; a copy during which a name came or went is of no
   * moment, and is taken again.
   */
  private static void copyOpen(Path from, Path to) throws Exception {
    for (int attempt = 0; attempt < 50; attempt++) {
      var before = names(from);
      try {
        copy(from, to);
        if (names(from).equals(before)) {
          return;
        }
      } catch (NoSuchFileException | UncheckedIOException removedMeanwhile) {
        // Again, below.
      }
      remove(to);
      Thread.sleep(100);
    }
    throw new AssertionError("the files of an idle store change without end");
  }

  private static List<String> names(Path directory) throws IOException {
    try (var paths = Files.walk(directory)) {
      return paths.map(Path::toString).sorted().toList();
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var paths = Files.walk(from)) {
      for (var path : paths.toList()) {
        var target = to.resolve(from.relativize(path));
        if (Files.isDirectory(path)) {
          Files.createDirectories(target);
        } else {
          Files.copy(path, target);
        }
      }
    }
  }

  private static void remove(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (var paths = Files.walk(directory)) {
      for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
