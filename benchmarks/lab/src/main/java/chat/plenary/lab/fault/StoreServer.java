package chat.plenary.lab.fault;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A store that speaks MongoDB's protocol, alone or as a pair, driven by the scripts {@code start},
 * {@code stop} and {@code pair} of a folder that the variable {@value #VARIABLE} names.
 */
public final class StoreServer {
  public static final String VARIABLE = "PLENARY_TEST_MONGODB_SERVER";

  private final Path scripts;
  private final Path data;
  private final boolean pair;
  private List<String> uris = List.of();
  private boolean over;

  private StoreServer(Path scripts, Path data, boolean pair) {
    this.scripts = scripts;
    this.data = data;
    this.pair = pair;
  }

  /** The folder of the scripts, or null where there is none. */
  public static @Nullable Path scripts() {
    String folder = System.getenv(VARIABLE);
    Path path = folder == null || folder.isEmpty() ? null : Path.of(folder);
    return path != null && Files.isExecutable(path.resolve("start")) ? path : null;
  }

  /** Starts one that keeps its data in a folder. */
  public static StoreServer start(Path scripts, Path data, boolean pair)
      throws IOException, InterruptedException {
    StoreServer server = new StoreServer(scripts, data, pair);
    Files.createDirectories(data);
    server.begin();
    return server;
  }

  /** The address of the server, or of the first of the pair. */
  InetSocketAddress address() {
    return addresses().get(0);
  }

  List<InetSocketAddress> addresses() {
    List<InetSocketAddress> addresses = new ArrayList<>();
    for (String uri : uris) {
      URI parsed = URI.create(uri);
      addresses.add(new InetSocketAddress(parsed.getHost(), parsed.getPort()));
    }
    return addresses;
  }

  /** Where it is reached, as nodes are told it. */
  public String uri() {
    return uris.get(0);
  }

  /** The URI, with another address in place of the server's own. */
  String uri(String host, int port) {
    return uris.get(0).replaceFirst("//[^/]+", "//" + host + ":" + port);
  }

  /** kill -9 of all of it. */
  public void kill() throws IOException, InterruptedException {
    script("stop", (pair ? data.resolve("a") : data).toString(), "--kill");
  }

  /** Starts it, where it does not run. */
  public synchronized void begin() throws IOException, InterruptedException {
    if (over) {
      throw new IOException("The store is ended for good.");
    }
    String printed =
        pair ? script("pair", "start", data.toString()) : script("start", data.toString());
    List<String> found = new ArrayList<>();
    for (String line : printed.split("\n")) {
      if (line.startsWith("mongodb://")) {
        found.add(line.trim());
      }
    }
    if (found.isEmpty()) {
      throw new IOException("The store printed no URI: " + printed);
    }
    uris = found;
  }

  /** Promotes the standby of a pair; the old primary is killed, or lives on. Its address. */
  InetSocketAddress failOver(boolean keep) throws IOException, InterruptedException {
    String printed =
        keep
            ? script("pair", "fail-over", data.toString(), "--keep")
            : script("pair", "fail-over", data.toString());
    String last = "";
    for (String line : printed.split("\n")) {
      last = line.startsWith("mongodb://") ? line.trim() : last;
    }
    URI promoted = URI.create(last);
    return new InetSocketAddress(promoted.getHost(), promoted.getPort());
  }

  /** Ends it for good. */
  public synchronized void stop() throws IOException, InterruptedException {
    over = true;
    if (pair) {
      script("pair", "stop", data.toString());
    } else {
      script("stop", data.toString());
    }
  }

  private String script(String name, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(scripts.resolve(name).toString());
    command.addAll(List.of(arguments));
    return Shell.run(command.toArray(String[]::new));
  }
}
