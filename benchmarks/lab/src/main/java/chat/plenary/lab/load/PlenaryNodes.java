package chat.plenary.lab.load;

import chat.plenary.lab.fault.NodeProcess;
import chat.plenary.lab.fault.StoreServer;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Nodes of Plenary, each a process of its own on the loopback interface. */
final class PlenaryNodes implements Closeable {
  private static final Duration START = Duration.ofMinutes(2);
  private static final String LOOPBACK = "127.0.0.1";
  private static final int THREE = 3;

  private final String name;
  private final String about;
  private final @Nullable Certificate certificate;
  private final @Nullable StoreServer store;
  private final List<NodeProcess> nodes = new ArrayList<>();

  private PlenaryNodes(
      String name, String about, @Nullable Certificate certificate, @Nullable StoreServer store) {
    this.name = name;
    this.about = about;
    this.certificate = certificate;
    this.store = store;
  }

  /** One with its own store; with a certificate it speaks TLS, and this process must trust it. */
  static PlenaryNodes alone(Path jar, Path folder, String heap, @Nullable Certificate certificate)
      throws IOException, InterruptedException {
    PlenaryNodes nodes =
        new PlenaryNodes(
            certificate == null ? "Plenary" : "Plenary, TLS",
            "one node of this tree, embedded store, every message synced before it is accepted, -Xmx"
                + heap
                + (certificate == null
                    ? ""
                    : ", TLS with a P-256 key, what the JDK and the node agree on"),
            certificate,
            null);
    List<String> options = new ArrayList<>(List.of("--data", folder.resolve("data").toString()));
    if (certificate != null) {
      options.addAll(List.of("--tls-certificate", certificate.chain().toString()));
      options.addAll(List.of("--tls-key", certificate.key().toString()));
    }
    nodes.add(jar, folder, heap, options, Map.of());
    return nodes.started();
  }

  /**
   * Three with one store server, over which members and lanes are spread.
   *
   * @throws NotInstalled where {@value StoreServer#VARIABLE} names no server
   */
  static PlenaryNodes three(Path jar, Path folder, String heap)
      throws IOException, InterruptedException {
    Path scripts = StoreServer.scripts();
    if (scripts == null) {
      throw new NotInstalled("there is no store server (" + StoreServer.VARIABLE + ")");
    }
    StoreServer store = StoreServer.start(scripts, folder.resolve("store"), false);
    PlenaryNodes nodes =
        new PlenaryNodes(
            "Plenary, three nodes",
            "three nodes of this tree and one store server that syncs every write, -Xmx"
                + heap
                + " each; what is said of the server is of the three nodes together, without the store's",
            null,
            store);
    List<String> members = new ArrayList<>();
    for (int i = 0; i < THREE; i++) {
      members.add(LOOPBACK + ":" + freePort());
    }
    for (int i = 0; i < THREE; i++) {
      Map<String, String> environment = new HashMap<>();
      environment.put("PLENARY_MONGODB_URI", store.uri());
      environment.put("PLENARY_CLUSTER_NAME", "load-" + ProcessHandle.current().pid());
      environment.put("PLENARY_CLUSTER_HOST", LOOPBACK);
      environment.put("PLENARY_CLUSTER_PORT", members.get(i).split(":")[1]);
      environment.put("PLENARY_CLUSTER_MEMBERS", String.join(",", members));
      Path data = folder.resolve("node" + i);
      nodes.add(jar, folder, heap, List.of("--data", data.toString()), environment);
    }
    return nodes.started();
  }

  private void add(
      Path jar, Path folder, String heap, List<String> options, Map<String, String> environment)
      throws IOException {
    int port = freePort();
    String url = (certificate == null ? "http" : "https") + "://" + LOOPBACK + ":" + port;
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add(Target.javaOptions());
    command.add("-Xmx" + heap);
    command.addAll(List.of("-jar", jar.toString(), "start", "--host", LOOPBACK));
    command.addAll(List.of("--port", Integer.toString(port), "--groups-members", "10000"));
    command.addAll(options);
    String node = "node " + (nodes.size() + 1);
    Path output = folder.resolve("node" + nodes.size() + ".log");
    nodes.add(new NodeProcess(node, command, environment, url, output, null));
  }

  private PlenaryNodes started() throws IOException, InterruptedException {
    try {
      NodeProcess.startAll(nodes, START);
      return this;
    } catch (IOException | InterruptedException | RuntimeException e) {
      close();
      throw e;
    }
  }

  String name() {
    return name;
  }

  String about() {
    return about;
  }

  int count() {
    return nodes.size();
  }

  String url(int node) {
    return nodes.get(node).url();
  }

  long pid(int node) {
    return nodes.get(node).pid();
  }

  InetSocketAddress address(int node) {
    URI url = URI.create(url(node));
    return new InetSocketAddress(url.getHost(), url.getPort());
  }

  String setUpToken() throws IOException {
    String token = nodes.get(0).setUpToken();
    if (token == null) {
      throw new IOException("The node printed no set-up link; see " + nodes.get(0).output());
    }
    return token;
  }

  /** What trusts the nodes' certificate; null where they have none. */
  @Nullable SSLContext trusting() {
    return certificate == null ? null : certificate.trusting();
  }

  @Override
  public void close() throws IOException {
    try {
      for (NodeProcess node : nodes) {
        node.kill();
      }
      if (store != null) {
        store.stop();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
