package chat.plenary.messaging.log;

import chat.plenary.messaging.cluster.Bus;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How far the clocks of other nodes are ahead of this one's, at the least, so that they can be told
 * in their own time until when something is worth doing. They are clocks that only count what has
 * passed ({@link Timers#elapsed}). May be used on any thread.
 */
final class Clocks {
  private static final String TOPIC = "clock";
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  /** Even clocks that nobody sets drift apart: by a few milliseconds in this time. */
  private static final Duration VALID = Duration.ofMinutes(1);

  private record Known(long ahead, long since) {}

  private final Bus bus;
  private final Timers timers;
  private final Map<String, Known> known = new ConcurrentHashMap<>();

  Clocks(Bus bus, Timers timers) {
    this.bus = bus;
    this.timers = timers;
  }

  /** Tells other nodes this one's clock. */
  void serve() {
    bus.serve(
        TOPIC,
        (node, question) -> Future.succeededFuture(Buffer.buffer().appendLong(timers.elapsed())));
  }

  void membersChanged() {
    known.keySet().retainAll(bus.members());
  }

  /**
   * By how many milliseconds a node's clock is ahead. What it answered was read before it came
   * here, so it is ahead by that much or more.
   */
  Future<Long> ahead(String node) {
    Known last = known.get(node);
    if (last != null && timers.elapsed() - last.since < VALID.toMillis()) {
      return Future.succeededFuture(last.ahead);
    }
    return ask(node);
  }

  /** The same, asked now: fails where the node does not answer within a second. */
  Future<Long> ask(String node) {
    return bus.ask(node, TOPIC, Buffer.buffer(), PATIENCE)
        .map(
            answer -> {
              long now = timers.elapsed();
              Known found = new Known(answer.getLong(0) - now, now);
              known.put(node, found);
              return found.ahead;
            });
  }
}
