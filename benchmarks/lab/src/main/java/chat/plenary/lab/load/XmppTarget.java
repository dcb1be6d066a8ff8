package chat.plenary.lab.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A chat server of others that speaks XMPP, in a process of its own, with a folder of its own. */
final class XmppTarget implements Target {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final String name;
  private final String about;
  private final Process process;
  private final InetSocketAddress address;

  private XmppTarget(String name, String about, Process process, InetSocketAddress address) {
    this.name = name;
    this.about = about;
    this.process = process;
    this.address = address;
  }

  /** Starts a server, and waits until it listens at a port of this machine alone. */
  static XmppTarget start(
      String name,
      String about,
      ProcessBuilder command,
      Map<String, String> environment,
      Path output,
      int port)
      throws IOException, InterruptedException {
    command.environment().putAll(environment);
    Process process = command.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    process.getOutputStream().close();
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
    long until = System.nanoTime() + PATIENCE_NANOS;
    while (process.isAlive() && System.nanoTime() < until) {
      try (Socket probe = new Socket()) {
        probe.connect(address, 1_000);
        return new XmppTarget(name, about, process, address);
      } catch (IOException e) {
        Thread.sleep(100);
      }
    }
    process.destroyForcibly();
    throw new IOException(
        name + " did not start: " + java.nio.file.Files.readString(output).strip());
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String about() {
    return about;
  }

  @Override
  public long pid() {
    return process.pid();
  }

  @Override
  public InetSocketAddress address() {
    return address;
  }

  /** Who is not there yet registers when they connect first; the first in a room makes it. */
  @Override
  public void prepare(int[] groups) {}

  @Override
  public Seat seat(Member member) {
    return new XmppSeat(member);
  }

  /** These servers have no collection of all garbage that one could ask for. */
  @Override
  public void collect() {}

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
