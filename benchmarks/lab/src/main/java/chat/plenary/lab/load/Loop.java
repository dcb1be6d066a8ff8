package chat.plenary.lab.load;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Iterator;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * One thread that serves all sockets of the generator. It has one buffer for reading and nothing
 * for each socket but what is unfinished, so that ten thousand of them cost little beside what they
 * measure.
 */
final class Loop implements Closeable {
  private static final int BUFFER = 256 * 1024;

  private final Selector selector;
  private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final byte[] buffer = new byte[BUFFER];
  private final byte[] plain = new byte[2 * BUFFER];
  private final Thread thread = new Thread(this::run, "load-sockets");
  private volatile boolean closed;
  private volatile long busyNanos;

  Loop() throws IOException {
    selector = Selector.open();
    thread.setDaemon(true);
    thread.start();
  }

  /** Runs something on the loop; from any thread. */
  void execute(Runnable task) {
    tasks.add(task);
    selector.wakeup();
  }

  /** From now on nothing is read any more, on any of its sockets; they stay open. */
  void stopReading() {
    execute(
        () ->
            selector
                .keys()
                .forEach(key -> key.interestOps(key.interestOps() & ~SelectionKey.OP_READ)));
  }

  /** For how long the thread was not waiting, all in all. */
  long busyNanos() {
    return busyNanos;
  }

  /** Connects a socket, on the loop. */
  void connect(InetSocketAddress address, Wire wire) {
    try {
      SocketChannel channel = SocketChannel.open();
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT, wire);
      wire.opened(address, channel, key);
      if (channel.connect(address)) {
        key.interestOps(SelectionKey.OP_READ);
        wire.established();
      }
    } catch (IOException e) {
      wire.lost(e.toString());
    }
  }

  private void run() {
    long busy = 0;
    try {
      while (!closed) {
        selector.select(100);
        long began = System.nanoTime();
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
          task.run();
        }
        Iterator<SelectionKey> keys = selector.selectedKeys().iterator();
        while (keys.hasNext()) {
          serve(keys.next());
          keys.remove();
        }
        busy += System.nanoTime() - began;
        busyNanos = busy;
      }
      selector.keys().forEach(key -> ((Wire) key.attachment()).close());
      selector.close();
    } catch (IOException e) {
      throw new IllegalStateException("The generator cannot wait for its sockets.", e);
    }
  }

  private void serve(SelectionKey key) {
    Wire wire = (Wire) key.attachment();
    if (!key.isValid()) {
      return;
    }
    try {
      if (key.isConnectable() && ((SocketChannel) key.channel()).finishConnect()) {
        key.interestOps(SelectionKey.OP_READ);
        wire.established();
      }
      if (key.isValid() && key.isReadable()) {
        wire.readable(buffer, plain);
      }
      if (key.isValid() && key.isWritable()) {
        wire.writable();
      }
    } catch (IOException | RuntimeException e) {
      wire.lost(e.toString());
    }
  }

  @Override
  public void close() {
    closed = true;
    selector.wakeup();
  }
}
