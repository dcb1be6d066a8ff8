package chat.plenary.messaging.cluster;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.spi.cluster.ClusterManager;
import io.vertx.core.spi.cluster.NodeListener;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The bus over Vert.x' event bus: of a cluster, or, on a Vert.x without one, of this node alone.
 */
public final class VertxBus implements Bus {
  private static final String ALL = "plenary.all";
  private static final String TOPIC = "topic";
  private static final String FROM = "from";

  private final Vertx vertx;
  private final @Nullable ClusterManager cluster;
  private final String self;
  private volatile List<String> members;
  private final List<Runnable> changed = new CopyOnWriteArrayList<>();
  private final Map<String, List<Consumer<Buffer>>> listeners = new ConcurrentHashMap<>();
  private final Map<String, BiFunction<String, Buffer, Future<Buffer>>> answerers =
      new ConcurrentHashMap<>();

  private VertxBus(Vertx vertx) {
    this.vertx = vertx;
    this.cluster = vertx.isClustered() ? ((VertxInternal) vertx).clusterManager() : null;
    this.self = cluster == null ? UUID.randomUUID().toString() : cluster.getNodeId();
    this.members = List.of(self);
  }

  /**
   * Opens the bus; when it succeeds, other nodes can reach this one as far as this node can tell.
   */
  public static Future<VertxBus> open(Vertx vertx) {
    VertxBus bus = new VertxBus(vertx);
    return Future.all(
            vertx.eventBus().<Buffer>consumer(ALL, bus::heard).completion(),
            vertx.eventBus().<Buffer>consumer(address(bus.self), bus::asked).completion())
        .map(
            v -> {
              bus.watch();
              return bus;
            });
  }

  private static String address(String node) {
    return "plenary.node." + node;
  }

  private void watch() {
    ClusterManager manager = cluster;
    if (manager == null) {
      return;
    }
    look(manager);
    manager.nodeListener(
        new NodeListener() {
          @Override
          public void nodeAdded(String node) {
            look(manager);
          }

          @Override
          public void nodeLeft(String node) {
            look(manager);
          }
        });
  }

  private void look(ClusterManager manager) {
    List<String> seen = manager.getNodes().stream().sorted().toList();
    if (!seen.equals(members)) {
      members = seen;
      changed.forEach(Runnable::run);
    }
  }

  @Override
  public String self() {
    return self;
  }

  @Override
  public List<String> members() {
    return members;
  }

  @Override
  public void onChange(Runnable callback) {
    changed.add(callback);
  }

  @Override
  public void publish(String topic, Buffer message) {
    if (members.size() > 1) {
      vertx.eventBus().publish(ALL, message, options(topic));
    }
  }

  @Override
  public void subscribe(String topic, Consumer<Buffer> listener) {
    listeners.computeIfAbsent(topic, t -> new CopyOnWriteArrayList<>()).add(listener);
  }

  @Override
  public Future<Buffer> ask(String node, String topic, Buffer question, Duration patience) {
    return vertx
        .eventBus()
        .<Buffer>request(
            address(node), question, options(topic).setSendTimeout(patience.toMillis()))
        .map(Message::body);
  }

  @Override
  public void serve(String topic, BiFunction<String, Buffer, Future<Buffer>> answerer) {
    answerers.put(topic, answerer);
  }

  private DeliveryOptions options(String topic) {
    return new DeliveryOptions().addHeader(TOPIC, topic).addHeader(FROM, self);
  }

  private void heard(Message<Buffer> message) {
    if (!self.equals(message.headers().get(FROM))) {
      listeners
          .getOrDefault(message.headers().get(TOPIC), List.of())
          .forEach(listener -> listener.accept(message.body()));
    }
  }

  private void asked(Message<Buffer> message) {
    var answerer = answerers.get(message.headers().get(TOPIC));
    if (answerer == null) {
      message.fail(404, "nobody answers here");
      return;
    }
    answerer
        .apply(message.headers().get(FROM), message.body())
        .onSuccess(message::reply)
        .onFailure(failure -> message.fail(500, String.valueOf(failure.getMessage())));
  }
}
