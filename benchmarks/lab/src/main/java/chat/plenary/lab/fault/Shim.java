package chat.plenary.lab.fault;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one process is made to believe about its clock and its disk; see {@code faults.c}. */
public final class Shim {
  private static final int BYTES = 24;
  private final Path library;
  private final Path control;
  private final MappedByteBuffer numbers;

  private Shim(Path library, Path control, MappedByteBuffer numbers) {
    this.library = library;
    this.control = control;
    this.numbers = numbers;
  }

  /** Builds the library where there is a C compiler; null where there is none. */
  public static @Nullable Path build(Path folder) throws IOException, InterruptedException {
    Path source = folder.resolve("faults.c");
    Path library = folder.resolve("faults.so");
    try (InputStream code = Shim.class.getResourceAsStream("faults.c")) {
      if (code == null) {
        return null;
      }
      Files.copy(code, source, StandardCopyOption.REPLACE_EXISTING);
    }
    try {
      Shell.run(
          "cc", "-O2", "-shared", "-fPIC", "-o", library.toString(), source.toString(), "-ldl");
      return library;
    } catch (IOException noCompiler) {
      return null;
    }
  }

  static Shim create(Path library, Path control) throws IOException {
    Files.write(control, new byte[BYTES]);
    try (FileChannel channel =
        FileChannel.open(control, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      MappedByteBuffer numbers = channel.map(FileChannel.MapMode.READ_WRITE, 0, BYTES);
      numbers.order(ByteOrder.nativeOrder());
      return new Shim(library, control, numbers);
    }
  }

  void put(Map<String, String> environment) {
    environment.put("LD_PRELOAD", library.toString());
    environment.put("LAB_FAULTS", control.toString());
  }

  public void clockOffset(Duration offset) {
    numbers.putLong(0, offset.toNanos());
  }

  public void syncDelay(Duration delay) {
    numbers.putLong(8, delay.toNanos() / 1_000);
  }

  public void diskFull(boolean full) {
    numbers.putLong(16, full ? 1 : 0);
  }

  void heal() {
    clockOffset(Duration.ZERO);
    syncDelay(Duration.ZERO);
    diskFull(false);
  }
}
