package chat.plenary.messaging.sim;

import chat.plenary.messaging.cluster.Bus;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * What simulated nodes hear of each other: messages that are lost, come twice, late or in another
 * order, and views of the members that disagree.
 */
final class Network {
  private static final Duration HOP = Duration.ofMillis(2);
  private static final Duration LATE = Duration.ofSeconds(6);

  private final Scheduler scheduler;
  private final List<Node> nodes = new ArrayList<>();
  private final Set<String> cut = new HashSet<>();
  private double lost;
  private double twice;
  private double late;

  Network(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  /** How often a message is lost, comes twice, comes up to six seconds late. */
  void faults(double lostRate, double twiceRate, double lateRate) {
    lost = lostRate;
    twice = twiceRate;
    late = lateRate;
  }

  /** A node joins: the others see it one by one, and it them. */
  Bus join(SimulatedProcess process) {
    Node fresh = new Node(process);
    nodes.add(fresh);
    for (Node other : List.copyOf(nodes)) {
      later(Duration.ofMillis(800), () -> other.look(true, fresh.self()));
      later(Duration.ofMillis(800), () -> fresh.look(!other.process.killed(), other.self()));
    }
    return fresh;
  }

  /** A node was killed: the others notice sooner or later. */
  void left(SimulatedProcess process) {
    for (Node other : nodes) {
      later(Duration.ofSeconds(8), () -> other.look(false, process.name()));
    }
  }

  /** One node sees some of the members only, for a while. */
  void disagree(Duration length) {
    if (nodes.isEmpty()) {
      return;
    }
    Node one = nodes.get(scheduler.random().nextInt(nodes.size()));
    for (Node other : nodes) {
      if (other != one && scheduler.chance(0.6)) {
        one.look(false, other.self());
      }
    }
    scheduler.schedule(length, "the views agree again", this::agree);
  }

  /** One node sees no other member, though they see it. */
  void alone(SimulatedProcess process) {
    for (Node one : nodes) {
      if (one.process == process) {
        nodes.forEach(other -> one.look(false, other.self()));
      }
    }
  }

  /** Cuts two nodes off from each other, or one way only, for a while. */
  void partition(Duration length) {
    if (nodes.size() < 2) {
      return;
    }
    Node one = nodes.get(scheduler.random().nextInt(nodes.size()));
    Node other = nodes.get(scheduler.random().nextInt(nodes.size()));
    cut.add(one.self() + ">" + other.self());
    if (scheduler.chance(0.7)) {
      cut.add(other.self() + ">" + one.self());
    }
    scheduler.schedule(length, "the partition heals", cut::clear);
  }

  /** All see all that live, and nothing is cut. */
  void agree() {
    cut.clear();
    for (Node one : nodes) {
      for (Node other : nodes) {
        one.look(!other.process.killed(), other.self());
      }
    }
  }

  private void later(Duration most, Runnable step) {
    scheduler.schedule(scheduler.between(Duration.ZERO, most), "members", step);
  }

  private void send(Node from, Node to, String what, Runnable arrival) {
    if (scheduler.chance(lost) || cut.contains(from.self() + ">" + to.self())) {
      return;
    }
    int copies = scheduler.chance(twice) ? 2 : 1;
    for (int i = 0; i < copies; i++) {
      Duration way = scheduler.between(Duration.ZERO, scheduler.chance(late) ? LATE : HOP);
      to.process.schedule(way, what + " from " + from.self(), arrival);
    }
  }

  /** One node's end of it. */
  private final class Node implements Bus {
    private final SimulatedProcess process;
    private final TreeSet<String> members = new TreeSet<>();
    private final List<Runnable> changed = new ArrayList<>();
    private final Map<String, List<Consumer<Buffer>>> listeners = new HashMap<>();
    private final Map<String, BiFunction<String, Buffer, Future<Buffer>>> answerers =
        new HashMap<>();

    Node(SimulatedProcess process) {
      this.process = process;
      members.add(process.name());
    }

    void look(boolean there, String node) {
      boolean news = there ? members.add(node) : !node.equals(self()) && members.remove(node);
      if (news) {
        process.schedule(Duration.ZERO, "sees other members", () -> changed.forEach(Runnable::run));
      }
    }

    @Override
    public String self() {
      return process.name();
    }

    @Override
    public List<String> members() {
      return List.copyOf(members);
    }

    @Override
    public void onChange(Runnable callback) {
      changed.add(callback);
    }

    @Override
    public void publish(String topic, Buffer message) {
      for (Node other : nodes) {
        if (other != this && members.size() > 1) {
          send(
              this,
              other,
              topic,
              () -> other.listeners.getOrDefault(topic, List.of()).forEach(l -> l.accept(message)));
        }
      }
    }

    @Override
    public void subscribe(String topic, Consumer<Buffer> listener) {
      listeners.computeIfAbsent(topic, t -> new ArrayList<>()).add(listener);
    }

    @Override
    public Future<Buffer> ask(String node, String topic, Buffer question, Duration patience) {
      Promise<Buffer> answer = Promise.promise();
      process.schedule(
          patience, "gives up the question", () -> answer.tryFail("no answer in time"));
      for (Node other : nodes) {
        if (other.self().equals(node)) {
          send(this, other, "HandOver", () -> other.asked(this, topic, question, answer));
        }
      }
      return answer.future();
    }

    private void asked(Node from, String topic, Buffer question, Promise<Buffer> answer) {
      var answerer = answerers.get(topic);
      if (answerer == null) {
        send(this, from, "nobody answers", () -> answer.tryFail("nobody answers here"));
        return;
      }
      answerer
          .apply(from.self(), question)
          .onComplete(
              done ->
                  send(
                      this,
                      from,
                      "HandedBack",
                      () -> {
                        if (done.succeeded()) {
                          answer.tryComplete(done.result());
                        } else {
                          answer.tryFail(done.cause());
                        }
                      }));
    }

    @Override
    public void serve(String topic, BiFunction<String, Buffer, Future<Buffer>> answerer) {
      answerers.put(topic, answerer);
    }
  }
}
