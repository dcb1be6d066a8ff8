package chat.plenary.messaging.delivery;

import chat.plenary.messaging.protocol.ServerFrame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * The one path by which frames reach a socket, in order. It writes whole frames to the channel and
 * is flushed once a tick; while this node is not fresh it writes nothing at all. Used on the
 * socket's event loop only.
 */
public final class Outbox {
  private static final int MAX_HELD = 1_000;
  private static final int CLOSE_SECONDS = 5;

  private final ChannelHandlerContext context;
  private final Outlet outlet;
  private final Runnable closing;
  private final Deque<byte[]> held = new ArrayDeque<>();
  private boolean ended;
  boolean dirty;

  Outbox(ChannelHandlerContext context, Outlet outlet, Runnable closing) {
    this.context = context;
    this.outlet = outlet;
    this.closing = closing;
  }

  Outlet outlet() {
    return outlet;
  }

  /** Whether nothing is written any more. */
  public boolean isEnded() {
    return ended;
  }

  /**
   * Sends a frame that is for this socket alone. While this node is not fresh, frames wait; where
   * too many wait, the connection ends.
   */
  public void send(ServerFrame frame) {
    if (ended) {
      return;
    }
    byte[] bytes = Encoded.text(frame.toJson());
    if (outlet.isFresh()) {
      write(bytes);
    } else if (held.size() >= MAX_HELD) {
      cut();
    } else {
      held.add(bytes);
      outlet.held(this);
    }
  }

  /** Sends what waited for this node to be fresh, which it is again. */
  void release() {
    while (!ended && !held.isEmpty()) {
      put(Unpooled.wrappedBuffer(held.remove()));
    }
  }

  void write(byte[] bytes) {
    write(Unpooled.wrappedBuffer(bytes));
  }

  /**
   * Writes bytes of whole frames, behind what waited for this node to be fresh: whoever writes has
   * seen that it is. Takes over the buffer's reference.
   */
  void write(ByteBuf bytes) {
    release();
    put(bytes);
  }

  private void put(ByteBuf bytes) {
    if (ended || !context.channel().isActive()) {
      bytes.release();
      return;
    }
    context.write(bytes, context.voidPromise());
    outlet.dirty(this);
  }

  void flush() {
    context.flush();
  }

  /** Bytes that were written and that the socket has not taken. */
  long pending() {
    ChannelOutboundBuffer buffer = context.channel().unsafe().outboundBuffer();
    return buffer == null ? 0 : buffer.totalPendingWriteBytes();
  }

  /** Says why, and closes; nothing is written afterwards. */
  public void end(ServerFrame.Bye bye) {
    if (ended) {
      return;
    }
    held.clear();
    if (!outlet.isFresh()) {
      cut();
      return;
    }
    write(Encoded.text(bye.toJson()));
    ended = true;
    flush();
    closing.run();
    context.executor().schedule(() -> context.close(), CLOSE_SECONDS, TimeUnit.SECONDS);
  }

  /** Closes without a word. */
  public void cut() {
    ended = true;
    held.clear();
    context.close();
  }
}
