package chat.plenary.lab.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;

/**
 * TLS on one socket of a {@link Loop}, as its client. It keeps no buffers of its own: what is read
 * and not whole yet is the wire's to keep.
 */
final class Secure {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final SSLEngine engine;
  private final Consumer<byte[]> socket;
  private final ByteBuffer sealed;
  private boolean greeted;

  /**
   * A connection that has not begun.
   *
   * @param socket takes what is to be written, as it is
   */
  Secure(SSLContext context, String host, int port, Consumer<byte[]> socket) {
    this.engine = context.createSSLEngine(host, port);
    this.socket = socket;
    engine.setUseClientMode(true);
    sealed = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
  }

  /** Says hello. */
  void begin() throws IOException {
    engine.beginHandshake();
    shakeHands();
  }

  /** Whether the handshake is over. */
  boolean isGreeted() {
    return greeted;
  }

  /** Writes a text. */
  void write(byte[] plain) throws IOException {
    ByteBuffer from = ByteBuffer.wrap(plain);
    while (from.hasRemaining()) {
      wrap(from);
    }
  }

  /** The most that can come of so many bytes. */
  int plainSize(int bytes) {
    return bytes + engine.getSession().getApplicationBufferSize();
  }

  /** Opens all whole records; what is not whole is left. False where the server has ended it. */
  boolean open(ByteBuffer from, ByteBuffer plain) throws IOException {
    while (from.hasRemaining()) {
      SSLEngineResult result = engine.unwrap(from, plain);
      switch (result.getStatus()) {
        case CLOSED -> {
          return false;
        }
        case BUFFER_UNDERFLOW -> {
          return true;
        }
        case BUFFER_OVERFLOW -> throw new SSLException("A record is larger than it may be.");
        case OK -> shakeHands();
      }
    }
    return true;
  }

  private void shakeHands() throws IOException {
    while (true) {
      switch (engine.getHandshakeStatus()) {
        case NEED_TASK -> engine.getDelegatedTask().run();
        case NEED_WRAP -> wrap(NOTHING);
        case FINISHED, NOT_HANDSHAKING -> {
          greeted = true;
          return;
        }
        case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
          return;
        }
      }
    }
  }

  private void wrap(ByteBuffer from) throws IOException {
    sealed.clear();
    if (engine.wrap(from, sealed).getStatus() != SSLEngineResult.Status.OK) {
      throw new SSLException("The connection is closed.");
    }
    byte[] bytes = new byte[sealed.flip().remaining()];
    sealed.get(bytes);
    socket.accept(bytes);
  }
}
