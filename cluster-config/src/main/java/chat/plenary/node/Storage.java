package chat.plenary.node;

import chat.plenary.messaging.store.Store;
import chat.plenary.messaging.store.embedded.EmbeddedOptions;
import chat.plenary.messaging.store.embedded.EmbeddedStore;
import chat.plenary.messaging.store.mongo.MongoOptions;
import chat.plenary.messaging.store.mongo.MongoStore;
import chat.plenary.node.backup.Layout;
import chat.plenary.node.configuration.Configuration;
import chat.plenary.node.files.OwnersOnly;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;

/** Opens the store that a configuration means. */
final class Storage {
  /**
   * The property by which a cluster for developers tells its nodes that it started the server
   * itself. No setting: a server without sessions may answer with what is stale.
   */
  static final String THROW_AWAY = "plenary.store.throwAway";

  private Storage() {}

  static Future<Store> open(Vertx vertx, Configuration configuration, Clock clock) {
    String uri = configuration.mongodbUri();
    if (uri != null) {
      MongoOptions options = MongoOptions.defaults();
      return MongoStore.open(
              vertx, uri, Boolean.getBoolean(THROW_AWAY) ? options.acceptingNoSessions() : options)
          .map(store -> store);
    }
    Path directory = Layout.store(configuration.data());
    Path unfinished = Layout.unfinishedStore(configuration.data());
    if (Files.exists(unfinished)) {
      return Future.failedFuture(
          Failure.of(
              unfinished.toAbsolutePath()
                  + " exists: a restore is under way, or was cut off. In that case delete it and"
                  + " restore again."));
    }
    try {
      OwnersOnly.ensureFolder(configuration.data());
    } catch (IOException e) {
      return Future.failedFuture(
          Failure.of(
              "The folder "
                  + configuration.data().toAbsolutePath()
                  + " cannot be made or used: "
                  + e.getMessage()
                  + ". Give another one (--data)."));
    }
    long memory = configuration.store().memory().bytes();
    // Half for what is to be written (two tables of it exist at once), half for what was read.
    long table = Math.max(4L << 20, memory / 4);
    EmbeddedOptions options =
        EmbeddedOptions.defaults()
            .memory(Math.max(8L << 20, memory - 2 * table), table)
            .clock(clock);
    return EmbeddedStore.open(vertx, directory, options).map(store -> store);
  }
}
