package chat.plenary.lab.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** One socket of a {@link Loop}, used on it only. */
abstract class Wire {
  private static final int ENDED = -1;
  private static final byte[] NOTHING = {};

  private final Deque<ByteBuffer> unwritten = new ArrayDeque<>();
  private @Nullable SocketChannel channel;
  private @Nullable SelectionKey key;
  private byte[] rest = NOTHING;

  /** The socket is there. */
  abstract void connected();

  /** Takes what is whole from the bytes; where what is not begins. */
  abstract int read(byte[] bytes, int from, int to);

  /** The socket is gone, without having been closed here. */
  abstract void lost(String why);

  final void opened(SocketChannel opened, SelectionKey registered) {
    channel = opened;
    key = registered;
    rest = NOTHING;
    unwritten.clear();
  }

  final boolean isOpen() {
    return channel != null && channel.isConnected();
  }

  final void write(byte[] bytes) {
    SocketChannel to = channel;
    SelectionKey registered = key;
    if (to == null || registered == null || !to.isConnected()) {
      return;
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    try {
      if (unwritten.isEmpty()) {
        to.write(buffer);
      }
      if (buffer.hasRemaining()) {
        unwritten.add(buffer);
        registered.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
      }
    } catch (IOException e) {
      gone(e.toString());
    }
  }

  final void writable() throws IOException {
    SocketChannel to = channel;
    SelectionKey registered = key;
    if (to == null || registered == null) {
      return;
    }
    while (!unwritten.isEmpty()) {
      to.write(unwritten.element());
      if (unwritten.element().hasRemaining()) {
        return;
      }
      unwritten.remove();
    }
    registered.interestOps(SelectionKey.OP_READ);
  }

  final void readable(byte[] buffer) throws IOException {
    SocketChannel from = channel;
    if (from == null) {
      return;
    }
    byte[] array = rest.length > buffer.length / 2 ? new byte[rest.length * 2] : buffer;
    ByteBuffer into = ByteBuffer.wrap(array).put(rest);
    if (from.read(into) == ENDED) {
      gone("the server ended the connection");
      return;
    }
    int taken = read(array, 0, into.position());
    if (taken < into.position()) {
      rest = Arrays.copyOfRange(array, taken, into.position());
    } else if (rest.length > 0) {
      rest = NOTHING;
    }
  }

  private void gone(String why) {
    close();
    lost(why);
  }

  /** Closes without a word. */
  final void close() {
    SocketChannel open = channel;
    channel = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        // It is closed all the same.
      }
    }
  }
}
