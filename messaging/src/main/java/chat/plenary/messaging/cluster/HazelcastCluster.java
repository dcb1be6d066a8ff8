package chat.plenary.messaging.cluster;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.NetworkConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.spi.cluster.hazelcast.ConfigUtil;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Joins the nodes of a cluster by Hazelcast, over TCP/IP with a fixed list of members; never by
 * multicast.
 */
public final class HazelcastCluster {
  private static final String LOGGING = "hazelcast.logging.type";

  private HazelcastCluster() {}

  /**
   * Starts a Vert.x that is a node of a cluster.
   *
   * @param name the cluster's name: nodes of other names are not let in
   * @param host the address that this node listens at and that the others reach it by
   * @param port the first port to try; the next 20 are tried too
   * @param eventBusPort the port of the event bus; 0 for any
   * @param members addresses of nodes as {@code host:port}, this one's may be among them
   * @param patience after what silence a node is taken for gone, in whole seconds
   * @param options of Vert.x; its event bus' host and port are set here
   * @param builder what else the builder is to have (metrics)
   */
  public static Future<Vertx> start(
      String name,
      String host,
      int port,
      int eventBusPort,
      List<String> members,
      Duration patience,
      VertxOptions options,
      UnaryOperator<VertxBuilder> builder) {
    options.getEventBusOptions().setHost(host).setPort(eventBusPort);
    return builder
        .apply(Vertx.builder().with(options))
        .withClusterManager(
            new HazelcastClusterManager(config(name, host, port, members, patience)))
        .buildClustered();
  }

  private static Config config(
      String name, String host, int port, List<String> members, Duration patience) {
    // Before the first line that it writes, and it writes one while it reads its own defaults.
    System.setProperty(LOGGING, "slf4j");
    Config config = ConfigUtil.loadConfig();
    config.setClusterName(name);
    // Measured: without these a node that froze takes a minute to be noticed, and one that thawed
    // stays outside.
    config.setProperty("hazelcast.phone.home.enabled", "false");
    config.setProperty("hazelcast.heartbeat.interval.seconds", "1");
    config.setProperty(
        "hazelcast.max.no.heartbeat.seconds", String.valueOf(Math.max(2, patience.toSeconds())));
    config.setProperty("hazelcast.merge.first.run.delay.seconds", "10");
    config.setProperty("hazelcast.merge.next.run.delay.seconds", "10");
    config.setProperty("hazelcast.wait.seconds.before.join", "0");
    config.setProperty(LOGGING, "slf4j");
    config.setProperty("hazelcast.shutdownhook.enabled", "false");
    NetworkConfig network = config.getNetworkConfig();
    network.setPort(port).setPortAutoIncrement(true).setPortCount(20);
    network.setPublicAddress(null);
    network.getInterfaces().setEnabled(true).clear().addInterface(host);
    JoinConfig join = network.getJoin();
    join.getAutoDetectionConfig().setEnabled(false);
    join.getMulticastConfig().setEnabled(false);
    join.getTcpIpConfig().setEnabled(true).setMembers(List.copyOf(members));
    return config;
  }
}
