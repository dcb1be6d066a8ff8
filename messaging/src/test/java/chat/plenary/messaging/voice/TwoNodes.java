package chat.plenary.messaging.voice;

import chat.plenary.messaging.cluster.Bus;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** The buses of two nodes that reach each other, unless the test cuts them. */
public final class TwoNodes {
  public final Bus one;
  public final Bus other;

  /** Whether the nodes do not reach each other. */
  public volatile boolean cut;

  private final Vertx vertx;

  public TwoNodes(Vertx vertx) {
    this.vertx = vertx;
    Node first = new Node("one");
    Node second = new Node("other");
    first.peer = second;
    second.peer = first;
    one = first;
    other = second;
  }

  private final class Node implements Bus {
    private final String name;
    private final Map<String, List<Consumer<Buffer>>> listeners = new ConcurrentHashMap<>();
    private final Map<String, BiFunction<String, Buffer, Future<Buffer>>> answerers =
        new ConcurrentHashMap<>();
    private Node peer;

    Node(String name) {
      this.name = name;
    }

    @Override
    public String self() {
      return name;
    }

    @Override
    public List<String> members() {
      return List.of("one", "other");
    }

    @Override
    public void onChange(Runnable changed) {
      // They never change.
    }

    @Override
    public void publish(String topic, Buffer message) {
      if (!cut) {
        vertx.runOnContext(
            v -> peer.listeners.getOrDefault(topic, List.of()).forEach(l -> l.accept(message)));
      }
    }

    @Override
    public void subscribe(String topic, Consumer<Buffer> listener) {
      listeners.computeIfAbsent(topic, t -> new CopyOnWriteArrayList<>()).add(listener);
    }

    @Override
    public Future<Buffer> ask(String node, String topic, Buffer question, Duration patience) {
      Future<Buffer> answer =
          vertx
              .timer(cut ? patience.toMillis() + 1 : 1)
              .compose(v -> peer.answerers.get(topic).apply(name, question));
      return answer.timeout(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void serve(String topic, BiFunction<String, Buffer, Future<Buffer>> answerer) {
      answerers.put(topic, answerer);
    }
  }
}
