package chat.plenary.messaging.log;

import chat.plenary.messaging.cluster.Bus;
import chat.plenary.messaging.sim.SimulatedProcess;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** A bus whose other nodes are the test: questions are kept and answered, or not, by it. */
final class FakeBus implements Bus {
  /** A question under way. */
  record Question(String node, String topic, Buffer text, Promise<Buffer> answer) {}

  final List<Question> asked = new ArrayList<>();

  /** What the other nodes' clocks are ahead of this one's. */
  long ahead;

  final List<Buffer> published = new ArrayList<>();
  final Map<String, BiFunction<String, Buffer, Future<Buffer>>> answerers = new HashMap<>();
  private final SimulatedProcess process;
  private final List<Runnable> changed = new ArrayList<>();
  private List<String> members;

  FakeBus(SimulatedProcess process) {
    this.process = process;
    this.members = List.of(process.name());
  }

  void members(String... seen) {
    members = List.of(seen);
    changed.forEach(Runnable::run);
  }

  @Override
  public String self() {
    return process.name();
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
    published.add(message);
  }

  @Override
  public void subscribe(String topic, Consumer<Buffer> listener) {}

  @Override
  public Future<Buffer> ask(String node, String topic, Buffer question, Duration patience) {
    if (topic.equals("clock")) {
      return Future.succeededFuture(Buffer.buffer().appendLong(process.elapsed() + ahead));
    }
    Promise<Buffer> answer = Promise.promise();
    asked.add(new Question(node, topic, question, answer));
    process.after(patience, () -> answer.tryFail("no answer"));
    return answer.future();
  }

  @Override
  public void serve(String topic, BiFunction<String, Buffer, Future<Buffer>> answerer) {
    answerers.put(topic, answerer);
  }
}
