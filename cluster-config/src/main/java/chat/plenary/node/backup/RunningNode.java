package chat.plenary.node.backup;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A snapshot that a running node keeps as long as the connection lasts. */
record RunningNode(Path folder, SocketChannel connection) implements Source {
  /** The node writes out what is in its memory and links files: seconds, on a slow disk minutes. */
  private static final long PATIENCE_MS = TimeUnit.MINUTES.toMillis(10);

  private static final int LONGEST_ANSWER = 64 << 10;

  /** Asks the node of a data folder for a snapshot; null where none listens. */
  static @Nullable RunningNode connect(Path data) throws BackupException {
    Path socket = Layout.socket(data.toAbsolutePath());
    SocketChannel connection = connection(socket);
    if (connection == null) {
      return null;
    }
    try {
      ByteBuffer request =
          ByteBuffer.wrap((SnapshotServer.REQUEST + "\n").getBytes(StandardCharsets.UTF_8));
      while (request.hasRemaining()) {
        connection.write(request);
      }
      JsonObject answer = new JsonObject(line(connection));
      String folder = answer.getString("folder");
      if (folder == null) {
        throw new BackupException("The node made no snapshot: " + answer.getString("error") + ".");
      }
      return new RunningNode(Path.of(folder), connection);
    } catch (IOException | DecodeException | ClassCastException e) {
      end(connection);
      throw new BackupException(
          "The node at " + socket + " made no snapshot: " + e.getMessage(), e);
    } catch (BackupException e) {
      end(connection);
      throw e;
    }
  }

  /** Null where nothing listens: no socket, or one that a killed node left. */
  private static @Nullable SocketChannel connection(Path socket) throws BackupException {
    if (!Files.exists(socket)) {
      return null;
    }
    if (!Files.isReadable(socket) || !Files.isWritable(socket)) {
      throw new BackupException(
          "This user may not use " + socket + ": back up as the user that the node runs as.");
    }
    try {
      SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
      try {
        channel.connect(UnixDomainSocketAddress.of(socket));
        return channel;
      } catch (IOException e) {
        channel.close();
        return null;
      }
    } catch (IOException e) {
      throw new BackupException("No socket can be opened here: " + e.getMessage(), e);
    }
  }

  private static String line(SocketChannel connection) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    ByteBuffer buffer = ByteBuffer.allocate(4_096);
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS);
    try (Selector selector = Selector.open()) {
      connection.configureBlocking(false);
      connection.register(selector, SelectionKey.OP_READ);
      while (line.size() < LONGEST_ANSWER) {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0) {
          throw new IOException("it did not answer in ten minutes");
        }
        selector.select(left);
        int read = connection.read(buffer);
        if (read < 0) {
          throw new IOException("it ended the connection");
        }
        line.write(buffer.array(), 0, buffer.position());
        buffer.clear();
        String text = line.toString(StandardCharsets.UTF_8);
        int end = text.indexOf('\n');
        if (end >= 0) {
          return text.substring(0, end);
        }
      }
    }
    throw new IOException("its answer is too long");
  }

  @Override
  public String what() {
    return "of a running node";
  }

  @Override
  public void close() {
    end(connection);
  }

  private static void end(SocketChannel connection) {
    try {
      connection.close();
    } catch (IOException e) {
      // The system ends it with the process, which is about to end.
      return;
    }
  }
}
