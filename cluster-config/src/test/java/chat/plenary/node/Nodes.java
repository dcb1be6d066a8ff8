package chat.plenary.node;

import chat.plenary.messaging.store.mongo.TestMongo;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Several nodes in processes of their own over one store that speaks MongoDB's protocol. */
final class Nodes implements AutoCloseable {
  private final Path folder;
  private final Map<String, String> variables;
  private final List<String> properties;
  private final List<String> more;
  private final List<Integer> clusterPorts = new ArrayList<>();
  private final List<NodeProcess> nodes = new ArrayList<>();

  /** Nodes with the demonstration. */
  Nodes(Path folder, TestMongo store, int count) {
    this(folder, store, count, List.of("--demo"));
  }

  /** Nodes that are given some more arguments. */
  Nodes(Path folder, TestMongo store, int count, List<String> more) {
    this.folder = folder;
    this.more = more;
    this.variables = Map.of("PLENARY_MONGODB_URI", store.freshUri());
    this.properties =
        store.kind() == TestMongo.Kind.IN_MEMORY
            ? List.of("-D" + Storage.THROW_AWAY + "=true")
            : List.of();
    for (int i = 0; i < count; i++) {
      clusterPorts.add(Address.freePort("127.0.0.1"));
    }
    for (int i = 0; i < count; i++) {
      nodes.add(launch(i, Address.freePort("127.0.0.1")));
    }
    nodes.forEach(NodeProcess::awaitReady);
  }

  private NodeProcess launch(int index, int port) {
    String members =
        clusterPorts.stream().map(each -> "127.0.0.1:" + each).collect(Collectors.joining(","));
    List<String> arguments = new ArrayList<>(more);
    arguments.addAll(List.of("--cluster-name", "test-" + clusterPorts.get(0)));
    arguments.addAll(List.of("--cluster-port", String.valueOf(clusterPorts.get(index))));
    arguments.addAll(List.of("--cluster-members", members));
    return NodeProcess.launch(
        folder.resolve("node-" + index),
        port,
        variables,
        properties,
        arguments.toArray(String[]::new));
  }

  /** Where their store is. */
  String mongodbUri() {
    return variables.getOrDefault("PLENARY_MONGODB_URI", "");
  }

  NodeProcess get(int index) {
    return nodes.get(index);
  }

  /** Starts a node again that was ended. */
  NodeProcess startAgain(int index) {
    NodeProcess again = launch(index, nodes.get(index).port());
    nodes.set(index, again);
    return again.awaitReady();
  }

  JsonObject demo() throws IOException {
    return NodeProcess.demo(folder.resolve("node-0"));
  }

  @Override
  public void close() {
    nodes.forEach(NodeProcess::close);
  }
}
