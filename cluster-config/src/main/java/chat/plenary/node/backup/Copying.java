package chat.plenary.node.backup;

import chat.plenary.node.files.OwnersOnly;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Copies files to where only their owner may read them, no faster than is allowed. */
final class Copying {
  private static final int BUFFER = 64 << 10;

  private final Progress progress;
  private final long bytesPerSecond;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
  private final long begun = System.nanoTime();
  private long copied;

  /**
   * Begins to count.
   *
   * @param bytesPerSecond how much at the most; 0 for as much as goes
   */
  Copying(Progress progress, long bytesPerSecond) {
    this.progress = progress;
    this.bytesPerSecond = bytesPerSecond;
  }

  /**
   * Copies a file and brings it to the disk.
   *
   * @param name what it is called in the copy
   * @return what was read and written
   */
  Contents.Piece copy(Path from, Path to, String name) throws IOException {
    MessageDigest digest = sha256();
    long bytes = 0;
    try (FileChannel in =
            FileChannel.open(from, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
        FileChannel out = OwnersOnly.create(to)) {
      while (in.read(buffer.clear()) >= 0) {
        buffer.flip();
        digest.update(buffer.duplicate());
        bytes += buffer.remaining();
        pace(buffer.remaining());
        while (buffer.hasRemaining()) {
          out.write(buffer);
        }
      }
      out.force(true);
    }
    return new Contents.Piece(name, bytes, HexFormat.of().formatHex(digest.digest()));
  }

  private void pace(int more) throws IOException {
    copied += more;
    progress.add(more);
    if (bytesPerSecond <= 0) {
      return;
    }
    double due = (double) copied / bytesPerSecond * TimeUnit.SECONDS.toNanos(1);
    long early = TimeUnit.NANOSECONDS.toMillis((long) due - (System.nanoTime() - begun));
    try {
      if (early > 0) {
        Thread.sleep(early);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
