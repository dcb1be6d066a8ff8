package chat.plenary.lab.prove;

import chat.plenary.client.Plenary;
import chat.plenary.client.Session;
import chat.plenary.lab.fault.Deployment;
import chat.plenary.lab.fault.NodeProcess;
import chat.plenary.lab.fault.StoreServer;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A server that scenarios share as long as it is well, with two organisations whose owners are
 * signed in.
 */
final class Site implements Closeable {
  private static final String PASSWORD = "prove it to yourself";
  private static final String FIRST = "Lab";
  private static final String SECOND = "Neighbours";
  private static final int NODES = 3;

  private final Deployment deployment;
  private final Plenary client;
  private final List<Session> owners;

  private Site(Deployment deployment, Plenary client, List<Session> owners) {
    this.deployment = deployment;
    this.client = client;
    this.owners = owners;
  }

  static Site open(Scenario.On on, Path jar, Path folder, @Nullable Path shim) throws Exception {
    Files.createDirectories(folder);
    Deployment.Parts parts = new Deployment.Parts(jar, folder, shim);
    Deployment deployment =
        switch (on) {
          case EMBEDDED, EMBEDDED_SHIM -> Deployment.embedded(parts);
          case CLUSTER, CLUSTER_SHIM, CLUSTER_NETWORK, MEETING ->
              Deployment.cluster(parts, scripts(), NODES, false);
          case PAIR -> Deployment.cluster(parts, scripts(), NODES, true);
        };
    return of(deployment);
  }

  /** Nodes that are configured further. */
  static Site open(Path jar, Path folder, Deployment.Settings settings) throws Exception {
    Files.createDirectories(folder);
    Deployment.Parts parts = new Deployment.Parts(jar, folder, null);
    return of(Deployment.cluster(parts, scripts(), NODES, false, settings));
  }

  private static Site of(Deployment deployment) throws Exception {
    List<String> urls = deployment.nodes().stream().map(NodeProcess::url).toList();
    Plenary client = Plenary.at(urls, Duration.ofSeconds(8), 4);
    try {
      return new Site(deployment, client, owners(deployment, client));
    } catch (Exception e) {
      client.close();
      deployment.close();
      throw e;
    }
  }

  private static Path scripts() throws IOException {
    Path scripts = StoreServer.scripts();
    if (scripts == null) {
      throw new IOException("There is no store server; " + StoreServer.VARIABLE + " names none.");
    }
    return scripts;
  }

  private static List<Session> owners(Deployment deployment, Plenary client) throws Exception {
    String token = deployment.nodes().get(0).setUpToken();
    if (token == null) {
      throw new IOException("The first node printed no set-up link; see its log.");
    }
    client.setUp(token, FIRST, "owner", "Olga Owner", PASSWORD).get(30, TimeUnit.SECONDS);
    client
        .makeOrganisation(deployment.operatorToken(), SECOND, "owner", "Omar Owner", PASSWORD)
        .get(30, TimeUnit.SECONDS);
    return List.of(
        client.signIn(FIRST, "owner", PASSWORD).get(30, TimeUnit.SECONDS),
        client.signIn(SECOND, "owner", PASSWORD).get(30, TimeUnit.SECONDS));
  }

  Deployment deployment() {
    return deployment;
  }

  Plenary client() {
    return client;
  }

  /** Of the organisations, one each. */
  List<Session> owners() {
    return owners;
  }

  List<String> urls() {
    return deployment.nodes().stream().map(NodeProcess::url).toList();
  }

  @Override
  public void close() throws IOException {
    client.close();
    deployment.close();
  }
}
