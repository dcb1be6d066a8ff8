package chat.plenary.lab.fault;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of one server with their store, as processes that this lab started and ends, at the
 * latest when the lab is ended itself.
 */
public final class Deployment implements Closeable {
  private static final Duration START = Duration.ofMinutes(2);
  private static final String LOOPBACK = "127.0.0.1";

  /**
   * What a deployment is made from.
   *
   * @param jar of a node
   * @param folder for everything it writes
   * @param shim the library that {@link Shim#build} made, or null
   */
  public record Parts(Path jar, Path folder, @Nullable Path shim) {}

  /** What nodes are configured with, given the address at which they reach the lab. */
  @FunctionalInterface
  public interface Settings {
    Map<String, String> of(String near);
  }

  private final Parts parts;
  private final String operatorToken = UUID.randomUUID() + "." + UUID.randomUUID();
  private final List<NodeProcess> nodes = new ArrayList<>();
  private final List<Proxy> proxies = new ArrayList<>();
  private final Thread ending = new Thread(this::end, "lab-end");
  private @Nullable Network network;
  private @Nullable StoreServer store;
  private boolean closed;

  private Deployment(Parts parts) {
    this.parts = parts;
    Runtime.getRuntime().addShutdownHook(ending);
  }

  /** One node that keeps everything itself. */
  public static Deployment embedded(Parts parts) throws IOException, InterruptedException {
    Deployment deployment = new Deployment(parts);
    try {
      deployment.addNode(0, LOOPBACK, Map.of());
      NodeProcess.startAll(deployment.nodes, START);
    } catch (IOException | InterruptedException | RuntimeException e) {
      deployment.close();
      throw e;
    }
    return deployment;
  }

  /**
   * Nodes that share a store, each of which reaches it through a proxy of its own.
   *
   * @param pair whether the store is a pair
   */
  public static Deployment cluster(Parts parts, Path scripts, int nodes, boolean pair)
      throws IOException, InterruptedException {
    return cluster(parts, scripts, nodes, pair, near -> Map.of());
  }

  /**
   * The same, with nodes that are configured further.
   *
   * @param settings variables of their environment, from the address at which nodes reach the lab
   */
  public static Deployment cluster(
      Parts parts, Path scripts, int nodes, boolean pair, Settings settings)
      throws IOException, InterruptedException {
    Deployment deployment = new Deployment(parts);
    try {
      deployment.makeCluster(scripts, nodes, pair, settings);
      NodeProcess.startAll(deployment.nodes, START);
    } catch (IOException | InterruptedException | RuntimeException e) {
      deployment.close();
      throw e;
    }
    return deployment;
  }

  private synchronized void makeCluster(Path scripts, int count, boolean pair, Settings settings)
      throws IOException, InterruptedException {
    refuseIfClosed();
    StoreServer server = StoreServer.start(scripts, parts.folder().resolve("store"), pair);
    store = server;
    Network own = Network.open(count);
    network = own;
    List<String> members = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      members.add(own == null ? LOOPBACK + ":" + freePort(LOOPBACK) : own.address(i) + ":5701");
    }
    String near = own == null ? LOOPBACK : own.gateway();
    for (int i = 0; i < count; i++) {
      Proxy proxy = Proxy.open(near, server.address());
      proxies.add(proxy);
      String[] member = members.get(i).split(":");
      Map<String, String> environment = new HashMap<>();
      environment.putAll(settings.of(near));
      environment.put("PLENARY_MONGODB_URI", server.uri(near, proxy.port()));
      environment.put("PLENARY_CLUSTER_NAME", "lab-" + ProcessHandle.current().pid());
      environment.put("PLENARY_CLUSTER_HOST", member[0]);
      environment.put("PLENARY_CLUSTER_PORT", member[1]);
      environment.put("PLENARY_CLUSTER_MEMBERS", String.join(",", members));
      addNode(i, member[0], environment);
    }
  }

  private void refuseIfClosed() throws IOException {
    if (closed) {
      throw new IOException("This server is ended for good.");
    }
  }

  private synchronized void addNode(int number, String host, Map<String, String> environment)
      throws IOException {
    refuseIfClosed();
    Network own = network;
    int port = own == null ? freePort(host) : 8080;
    Path data = parts.folder().resolve("node" + number);
    Files.createDirectories(data);
    List<String> command = new ArrayList<>(own == null ? List.of() : own.on(number));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx768m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-jar", parts.jar().toString(), "start"));
    command.addAll(List.of("--host", host, "--port", Integer.toString(port)));
    command.addAll(List.of("--data", data.toString()));
    Path library = parts.shim();
    Shim shim =
        library == null ? null : Shim.create(library, parts.folder().resolve("faults" + number));
    Map<String, String> all = new HashMap<>(environment);
    all.put("PLENARY_OPERATOR_TOKEN", operatorToken);
    nodes.add(
        new NodeProcess(
            "node " + (number + 1),
            command,
            all,
            "http://" + host + ":" + port,
            parts.folder().resolve("node" + number + ".log"),
            shim));
  }

  /** Makes organisations beside the first one. */
  public String operatorToken() {
    return operatorToken;
  }

  public List<NodeProcess> nodes() {
    return nodes;
  }

  /** The proxy between a node and the store. */
  public Proxy proxy(int node) {
    return proxies.get(node);
  }

  public boolean hasNetwork() {
    return network != null;
  }

  /** Of a cluster whose nodes have a network of their own. */
  Network network() {
    if (network == null) {
      throw new IllegalStateException("These nodes have no network of their own.");
    }
    return network;
  }

  /** Of a cluster. */
  public StoreServer store() {
    if (store == null) {
      throw new IllegalStateException("This node keeps everything itself.");
    }
    return store;
  }

  /** Ends every fault that there is: all run, all reach each other. */
  public void heal() throws IOException, InterruptedException {
    proxies.forEach(Proxy::heal);
    if (network != null) {
      network.heal();
    }
    if (store != null) {
      store.begin();
    }
    for (NodeProcess node : nodes) {
      node.resume();
      Shim shim = node.shim();
      if (shim != null) {
        shim.heal();
      }
      node.begin();
    }
    for (NodeProcess node : nodes) {
      node.awaitReady(START);
    }
  }

  private void end() {
    try {
      close();
    } catch (IOException | RuntimeException e) {
      System.err.println("The server could not be ended in good order: " + e);
    }
  }

  /** Whoever else still breaks or heals something finds that nothing starts any more. */
  @Override
  public synchronized void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try {
      Runtime.getRuntime().removeShutdownHook(ending);
    } catch (IllegalStateException endingAlready) {
      // It is this hook that closes, or waits for who does.
    }
    try {
      for (NodeProcess node : nodes) {
        node.end();
      }
      for (Proxy proxy : proxies) {
        proxy.close();
      }
      if (store != null) {
        store.stop();
      }
      if (network != null) {
        network.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static int freePort(String host) throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getByName(host), 0));
      return socket.getLocalPort();
    }
  }
}
