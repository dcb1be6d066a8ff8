package chat.plenary.messaging.cluster;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * Messages between nodes. Nothing that must be true may rest on them: they may be lost silently,
 * come late, come twice, or come from a node that was expelled already.
 */
public interface Bus {
  /** This node's name, new at every start. */
  String self();

  /** The nodes that this one sees, itself among them, in order of their names. */
  List<String> members();

  /** Calls back whenever {@link #members} has changed. */
  void onChange(Runnable changed);

  /** Tells all other nodes, as far as they can be reached. Never fails. */
  void publish(String topic, Buffer message);

  /** Hears what other nodes publish. */
  void subscribe(String topic, Consumer<Buffer> listener);

  /**
   * Asks one node.
   *
   * @param patience after which it fails
   */
  Future<Buffer> ask(String node, String topic, Buffer question, Duration patience);

  /** Answers what other nodes ask: from the asking node's name and its question. */
  void serve(String topic, BiFunction<String, Buffer, Future<Buffer>> answerer);
}
