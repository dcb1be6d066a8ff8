package chat.plenary.lab.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A {@link Floor} in a process of its own. */
final class FloorTarget implements Target {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final boolean gathered;
  private final Process process;
  private final InetSocketAddress address;

  private FloorTarget(boolean gathered, Process process, InetSocketAddress address) {
    this.gathered = gathered;
    this.process = process;
    this.address = address;
  }

  static FloorTarget start(boolean gathered, Path folder, String heap) throws Exception {
    Path output = folder.resolve(gathered ? "floor-gathered.log" : "floor-each.log");
    Path jar =
        Path.of(FloorTarget.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    Target.javaOptions(),
                    "-Xmx" + heap,
                    "-jar",
                    jar.toString(),
                    "floor",
                    gathered ? "gathered" : "each"))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    long until = System.nanoTime() + PATIENCE_NANOS;
    while (process.isAlive() && System.nanoTime() < until) {
      for (String line : Files.readAllLines(output)) {
        if (line.startsWith(Floor.LISTENS)) {
          int port = Integer.parseInt(line.substring(Floor.LISTENS.length()));
          return new FloorTarget(
              gathered, process, new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        }
      }
      Thread.sleep(20);
    }
    process.destroyForcibly();
    throw new IOException("The floor did not start; see " + output);
  }

  @Override
  public String name() {
    return gathered ? "floor, gathered" : "floor, a write each";
  }

  @Override
  public String about() {
    return gathered
        ? "a bare Vert.x server of one event loop that stores nothing; what came within a tick of"
            + " at most 5 ms leaves each socket in one write of shared bytes"
        : "a bare Vert.x server of one event loop that stores nothing; a write for each message"
            + " and socket";
  }

  @Override
  public long pid() {
    return process.pid();
  }

  @Override
  public InetSocketAddress address() {
    return address;
  }

  @Override
  public void prepare(int[] groups) {}

  @Override
  public void collect() throws IOException, InterruptedException {
    Usage.collect(pid());
  }

  @Override
  public Seat seat(Member member) {
    return new FloorSeat(address, member);
  }

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
