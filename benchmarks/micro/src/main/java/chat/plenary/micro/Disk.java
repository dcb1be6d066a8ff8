package chat.plenary.micro;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/** What the disk itself can do, and what was taken of it. */
final class Disk {
  private static final int PAGE = 4_096;

  private Disk() {}

  /** Appends of 4 KB, each followed by {@code fdatasync}, a second. */
  static long syncsPerSecond(Path directory, Duration time) throws IOException {
    var path = Files.createTempFile(directory, "disk", ".tmp");
    try (var file = FileChannel.open(path, StandardOpenOption.WRITE)) {
      var page = ByteBuffer.allocateDirect(PAGE);
      long begun = System.nanoTime();
      long count = 0;
      while (System.nanoTime() - begun < time.toNanos()) {
        page.clear();
        file.write(page);
        file.force(false);
        count++;
      }
      return count * 1_000_000_000L / (System.nanoTime() - begun);
    } finally {
      Files.delete(path);
    }
  }

  /** Bytes of all files below a directory. */
  static long used(Path directory) throws IOException {
    try (var paths = Files.walk(directory)) {
      long sum = 0;
      for (var path : paths.filter(Files::isRegularFile).toList()) {
        sum += Files.size(path);
      }
      return sum;
    }
  }

  /** What the process holds in memory, in bytes; 0 where the system does not tell. */
  static long residentBytes() {
    return proc("status", "VmRSS:") * 1_024;
  }

  /** What the process made the disk write since it began, in bytes; 0 where nobody tells. */
  static long writtenBytes() {
    return proc("io", "write_bytes:");
  }

  private static long proc(String file, String name) {
    try {
      for (var line : Files.readAllLines(Path.of("/proc/self", file))) {
        if (line.startsWith(name)) {
          return Long.parseLong(line.substring(name.length()).replace("kB", "").strip());
        }
      }
    } catch (IOException | NumberFormatException e) {
      return 0;
    }
    return 0;
  }
}
