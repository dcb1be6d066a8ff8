package chat.plenary.lab.fault;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A TCP proxy of the lab's own, between a node and its store, with faults. */
public final class Proxy implements Closeable {
  /** What is done with bytes. */
  public enum Mode {
    /** Passed on. */
    PASS,
    /** Connections are ended, new ones too. */
    CUT,
    /** Kept back, in both directions; connections stay. */
    SILENT,
    /** Requests are passed on; what is answered is kept back until the connection ends. */
    NO_REPLIES,
    /** Requests are kept back; what is answered is passed on. */
    NO_REQUESTS
  }

  private final ServerSocket listener;
  private final Set<Link> links = ConcurrentHashMap.newKeySet();
  private volatile InetSocketAddress target;
  private volatile Mode mode = Mode.PASS;
  private volatile long delayMillis;
  private volatile boolean closed;

  private Proxy(ServerSocket listener, InetSocketAddress target) {
    this.listener = listener;
    this.target = target;
  }

  /** Listens on a free port of an address of this machine. */
  public static Proxy open(String address, InetSocketAddress target) throws IOException {
    ServerSocket listener = new ServerSocket(0, 200, InetAddress.getByName(address));
    Proxy proxy = new Proxy(listener, target);
    thread("lab-proxy", proxy::accept);
    return proxy;
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** Where connections go from now on. */
  public void pointAt(InetSocketAddress next) {
    target = next;
  }

  /** Changes what is done with bytes from now on, also on connections that there are. */
  public void mode(Mode next) {
    Mode before = mode;
    mode = next;
    boolean lost = before == Mode.NO_REPLIES || before == Mode.NO_REQUESTS;
    if (next == Mode.CUT || (lost && next == Mode.PASS)) {
      endAll();
    }
  }

  /** Ends every connection that there is; what was kept back is lost. */
  public void endAll() {
    links.forEach(Link::end);
  }

  /** How long each portion of bytes is kept before it is passed on, in each direction. */
  public void delay(long millis) {
    delayMillis = millis;
  }

  public void heal() {
    delay(0);
    mode(Mode.PASS);
  }

  @Override
  public void close() throws IOException {
    closed = true;
    listener.close();
    endAll();
  }

  private static void thread(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!closed) {
      try {
        Socket client = listener.accept();
        if (mode == Mode.CUT) {
          client.close();
        } else {
          thread("lab-proxy-link", () -> link(client));
        }
      } catch (IOException e) {
        // That one is gone, or this is closed.
      }
    }
  }

  private void link(Socket client) {
    Socket server = new Socket();
    Link link = new Link(client, server);
    links.add(link);
    try {
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      awaitPassing(true, link);
      server.connect(target, 3_000);
      thread("lab-proxy-back", () -> pump(link, server, client, false));
      pump(link, client, server, true);
    } catch (IOException e) {
      link.end();
    } finally {
      links.remove(link);
    }
  }

  private void pump(Link link, Socket from, Socket to, boolean request) {
    byte[] bytes = new byte[1 << 16];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      int size = in.read(bytes);
      while (size >= 0) {
        long delay = delayMillis;
        if (delay > 0) {
          Thread.sleep(delay);
        }
        awaitPassing(request, link);
        out.write(bytes, 0, size);
        size = in.read(bytes);
      }
    } catch (IOException e) {
      // One end closed it; so do we the other.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    link.end();
  }

  private void awaitPassing(boolean request, Link link) throws IOException {
    while (!passes(request)) {
      if (link.ended || closed) {
        throw new IOException("The connection was ended.");
      }
      try {
        Thread.sleep(5);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException(e);
      }
    }
  }

  private boolean passes(boolean request) {
    return switch (mode) {
      case PASS -> true;
      case CUT, SILENT -> false;
      case NO_REPLIES -> request;
      case NO_REQUESTS -> !request;
    };
  }

  private static final class Link {
    private final Socket client;
    private final Socket server;
    volatile boolean ended;

    Link(Socket client, Socket server) {
      this.client = client;
      this.server = server;
    }

    void end() {
      ended = true;
      close(client);
      close(server);
    }

    private static void close(Socket socket) {
      try {
        socket.close();
      } catch (IOException e) {
        // It is closed.
      }
    }
  }
}
