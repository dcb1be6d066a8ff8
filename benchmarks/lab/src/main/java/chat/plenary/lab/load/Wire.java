package chat.plenary.lab.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** One socket of a {@link Loop}, used on it only. */
abstract class Wire {
  private static final int ENDED = -1;
  private static final byte[] NOTHING = {};

  private final Deque<ByteBuffer> unwritten = new ArrayDeque<>();
  private @Nullable SocketChannel channel;
  private @Nullable SelectionKey key;
  private byte[] rest = NOTHING;
  private byte[] sealed = NOTHING;
  private @Nullable Secure secure;

  /** The socket is there. */
  abstract void connected();

  /** Takes what is whole from the bytes; where what is not begins. */
  abstract int read(byte[] bytes, int from, int to);

  /** The socket is gone, without having been closed here. */
  abstract void lost(String why);

  /** With what the socket is secured; null for not at all. */
  @Nullable SSLContext secured() {
    return null;
  }

  final void opened(InetSocketAddress to, SocketChannel opened, SelectionKey registered) {
    channel = opened;
    key = registered;
    rest = NOTHING;
    sealed = NOTHING;
    SSLContext context = secured();
    secure =
        context == null
            ? null
            : new Secure(context, to.getHostString(), to.getPort(), this::writeAsItIs);
    unwritten.clear();
  }

  final boolean isOpen() {
    return channel != null && channel.isConnected();
  }

  /** The socket is connected: what it is secured by comes first. */
  final void established() throws IOException {
    Secure by = secure;
    if (by == null) {
      connected();
    } else {
      by.begin();
    }
  }

  final void write(byte[] bytes) {
    Secure by = secure;
    if (by == null) {
      writeAsItIs(bytes);
      return;
    }
    try {
      by.write(bytes);
    } catch (IOException e) {
      gone(e.toString());
    }
  }

  private void writeAsItIs(byte[] bytes) {
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

  /**
   * Takes what has come.
   *
   * @param buffer for what is read, of this call only
   * @param plain for what was in it, where the socket is secured
   */
  final void readable(byte[] buffer, byte[] plain) throws IOException {
    Secure by = secure;
    if (by != null) {
      readSecured(by, buffer, plain);
      return;
    }
    byte[] array = rest.length > buffer.length / 2 ? new byte[rest.length * 2] : buffer;
    ByteBuffer into = ByteBuffer.wrap(array).put(rest);
    if (receive(into)) {
      take(array, into.position());
    }
  }

  private void readSecured(Secure by, byte[] buffer, byte[] plain) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(buffer).put(sealed);
    if (!receive(in)) {
      return;
    }
    in.flip();
    int most = rest.length + by.plainSize(in.remaining());
    byte[] array = most > plain.length ? new byte[most] : plain;
    ByteBuffer into = ByteBuffer.wrap(array).put(rest);
    boolean greeted = by.isGreeted();
    boolean open = by.open(in, into);
    sealed = in.hasRemaining() ? Arrays.copyOfRange(buffer, in.position(), in.limit()) : NOTHING;
    if (!greeted && by.isGreeted()) {
      connected();
    }
    take(array, into.position());
    if (!open) {
      gone("the server ended the connection");
    }
  }

  private boolean receive(ByteBuffer into) throws IOException {
    SocketChannel from = channel;
    if (from == null) {
      return false;
    }
    if (from.read(into) == ENDED) {
      gone("the server ended the connection");
      return false;
    }
    return true;
  }

  private void take(byte[] array, int to) {
    int taken = read(array, 0, to);
    if (taken < to) {
      rest = Arrays.copyOfRange(array, taken, to);
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
