package chat.plenary.messaging.store.mongo;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import chat.plenary.messaging.store.Store;
import chat.plenary.messaging.store.StoreException;
import chat.plenary.messaging.store.StoreException.Kind;
import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.ReadConcern;
import com.mongodb.ReadPreference;
import com.mongodb.WriteConcern;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.vertx.core.Future;
import java.util.function.Consumer;
import org.bson.BsonDocument;
import org.bson.BsonInt32;

/** From a URI to a client whose server was looked at. The URI holds a password and is not told. */
final class Connecting {
  /** Where the URI names none. */
  private static final String DATABASE = "plenary";

  /** How often a server is looked at: what notices a new primary on servers that do not push. */
  private static final long HEARTBEAT_MS = 2_000;

  private Connecting() {}

  /**
   * What a server says of itself.
   *
   * @param sessions whether it has sessions
   * @param greeting the command that it describes itself by
   */
  record Server(boolean sessions, String greeting) {}

  private static MongoClientSettings.Builder settings(ConnectionString uri, MongoOptions options) {
    var socketMs = options.timeout().toMillis();
    return MongoClientSettings.builder()
        .applyConnectionString(uri)
        .applicationName("plenary")
        // After the URI, which may not weaken these.
        .writeConcern(WriteConcern.MAJORITY.withJournal(true))
        .readConcern(ReadConcern.MAJORITY)
        .readPreference(ReadPreference.primary())
        .retryWrites(false)
        .retryReads(false)
        .applyToSocketSettings(
            socket ->
                socket
                    .connectTimeout(options.connecting().toMillis(), MILLISECONDS)
                    .readTimeout(socketMs, MILLISECONDS))
        .applyToClusterSettings(
            cluster -> cluster.serverSelectionTimeout(options.selecting().toMillis(), MILLISECONDS))
        .applyToConnectionPoolSettings(
            pool ->
                pool.maxSize(options.connections())
                    .minSize(0)
                    .maxConnecting(Math.min(8, options.connections()))
                    .maxWaitTime(options.selecting().toMillis(), MILLISECONDS))
        .applyToServerSettings(server -> server.heartbeatFrequency(HEARTBEAT_MS, MILLISECONDS));
  }

  /** Reads a URI; what is wrong with it is not repeated, since it may be the password. */
  static ConnectionString parse(String uri) {
    try {
      return new ConnectionString(uri);
    } catch (IllegalArgumentException e) {
      throw new StoreException(
          Kind.REFUSED,
          "the MongoDB URI is malformed; it is mongodb://HOST[:PORT][,HOST...]/DATABASE, and a"
              + " password's special characters are percent-encoded",
          null);
    }
  }

  static MongoClient client(
      ConnectionString uri, MongoOptions options, Consumer<MongoClientSettings.Builder> more) {
    try {
      var settings = settings(uri, options);
      more.accept(settings);
      return MongoClients.create(settings.build());
    } catch (RuntimeException e) {
      throw new StoreException(
          Kind.REFUSED, "the MongoDB URI's options contradict each other", null);
    }
  }

  static MongoDatabase database(MongoClient client, ConnectionString uri) {
    var named = uri.getDatabase();
    return client.getDatabase(named == null ? DATABASE : named);
  }

  /** Looks at the primary, and refuses one that cannot keep the port's promises. */
  static Future<Server> lookAt(MongoDatabase database, MongoOptions options) {
    return greet(database, "hello")
        .map(answer -> judged(answer, "hello", options))
        .recover(
            failure ->
                Failures.isUnknownCommand(failure)
                    ? greet(database, "isMaster").map(answer -> judged(answer, "isMaster", options))
                    : Future.failedFuture(failure))
        .recover(failure -> Future.failedFuture(Failures.ofOpening(failure)));
  }

  static Future<BsonDocument> greet(MongoDatabase database, String command) {
    return Collected.one(
        database.runCommand(new BsonDocument(command, new BsonInt32(1)), BsonDocument.class));
  }

  private static Server judged(BsonDocument answer, String greeting, MongoOptions options) {
    var sessions = answer.containsKey("logicalSessionTimeoutMinutes");
    if (!sessions && !options.withoutSessions()) {
      throw new StoreException(
          Kind.REFUSED,
          "the MongoDB server has no sessions, without which reads may miss what was written; use a"
              + " replica set of MongoDB 4.2 or later, or a server with sessions",
          null);
    }
    atLeast(answer, "maxBsonObjectSize", Store.MAX_BYTES);
    atLeast(answer, "maxWriteBatchSize", Store.MAX_RUN);
    return new Server(sessions, greeting);
  }

  private static void atLeast(BsonDocument answer, String limit, long least) {
    if (answer.containsKey(limit) && answer.getNumber(limit).longValue() < least) {
      throw new StoreException(
          Kind.REFUSED,
          "the MongoDB server's %s is %d; at least %d is needed"
              .formatted(limit, answer.getNumber(limit).longValue(), least),
          null);
    }
  }
}
