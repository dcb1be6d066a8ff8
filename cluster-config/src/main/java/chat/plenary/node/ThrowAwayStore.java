package chat.plenary.node;

import chat.plenary.node.configuration.Configuration;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.util.List;

/**
 * A server in memory that speaks MongoDB's protocol, in a process of its own: what a cluster for
 * developers keeps its data in where there is nothing better. Nothing of it is durable.
 */
final class ThrowAwayStore {
  /** Not for people: the cluster for developers starts itself with it. */
  static final String COMMAND = "throw-away-store";

  private ThrowAwayStore() {}

  /** Serves on a port of this machine until it is told to stop. */
  static int run(List<String> words) {
    if (words.size() != 1 || !words.get(0).matches("[0-9]{1,5}")) {
      throw Failure.usage(COMMAND + " needs a port.");
    }
    Logs.configure(new Configuration.Logging(Configuration.Level.WARN, Configuration.Format.TEXT));
    StopSignals signals = StopSignals.listenAsServant();
    MongoServer server = new MongoServer(new MemoryBackend());
    try {
      server.bind("127.0.0.1", Integer.parseInt(words.get(0)));
      signals.stop().await();
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Failure.FAILED;
    } finally {
      server.shutdownNow();
      signals.finished();
    }
  }
}
