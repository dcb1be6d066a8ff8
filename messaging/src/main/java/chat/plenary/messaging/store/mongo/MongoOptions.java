package chat.plenary.messaging.store.mongo;

import java.time.Duration;

/**
 * How a {@link MongoStore} connects and how long it waits.
 *
 * @param connections to the server at the most, 1 to 1,000
 * @param waiting operations that may be under way or wait for a connection, at least {@code
 *     connections}; further ones fail as unknown
 * @param connecting how long one connection may take to be made
 * @param selecting how long an operation waits for a primary, and for a free connection
 * @param replicating how long the server waits for the majority before it says that it does not
 *     know
 * @param timeout after which an operation fails as unknown, at least a second; longer than {@code
 *     replicating}
 * @param withoutSessions whether a server without sessions is accepted: only for one that this
 *     program started itself, since reads after writes can be stale elsewhere
 */
public record MongoOptions(
    int connections,
    int waiting,
    Duration connecting,
    Duration selecting,
    Duration replicating,
    Duration timeout,
    boolean withoutSessions) {

  public MongoOptions {
    if (connections < 1 || connections > 1_000) {
      throw new IllegalArgumentException("connections must be 1 to 1,000: " + connections);
    }
    if (waiting < connections) {
      throw new IllegalArgumentException("waiting must be at least connections: " + waiting);
    }
    positive("connecting", connecting);
    positive("selecting", selecting);
    positive("replicating", replicating);
    if (timeout.toMillis() < 1_000 || timeout.compareTo(replicating) <= 0) {
      throw new IllegalArgumentException(
          "timeout must be at least a second and longer than replicating: " + timeout);
    }
  }

  /**
   * 32 connections, 4,096 operations at once; 2 s to connect, 3 s to find a primary, 4 s for the
   * majority, 8 s in all; sessions are required.
   */
  public static MongoOptions defaults() {
    return new MongoOptions(
        32,
        4_096,
        Duration.ofSeconds(2),
        Duration.ofSeconds(3),
        Duration.ofSeconds(4),
        Duration.ofSeconds(8),
        false);
  }

  /** The same for a server that this program started itself and that has no sessions. */
  public MongoOptions acceptingNoSessions() {
    return new MongoOptions(
        connections, waiting, connecting, selecting, replicating, timeout, true);
  }

  /** The same with another limit of operations and connections. */
  public MongoOptions bounded(int mostConnections, int mostWaiting) {
    return new MongoOptions(
        mostConnections, mostWaiting, connecting, selecting, replicating, timeout, withoutSessions);
  }

  private static void positive(String name, Duration duration) {
    if (duration.toMillis() < 1) {
      throw new IllegalArgumentException(name + " must be at least 1 ms: " + duration);
    }
  }
}
