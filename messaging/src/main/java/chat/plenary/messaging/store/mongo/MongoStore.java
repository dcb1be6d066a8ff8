package chat.plenary.messaging.store.mongo;

import chat.plenary.messaging.store.Answer;
import chat.plenary.messaging.store.Arguments;
import chat.plenary.messaging.store.Index;
import chat.plenary.messaging.store.Query;
import chat.plenary.messaging.store.Store;
import chat.plenary.messaging.store.StoreException;
import chat.plenary.messaging.store.StoreException.Kind;
import chat.plenary.messaging.store.Update;
import com.mongodb.MongoClientSettings;
import com.mongodb.reactivestreams.client.ClientSession;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.jspecify.annotations.Nullable;

/**
 * The store on a MongoDB replica set or a server that speaks its protocol.
 *
 * <p>Beyond the port's contract: {@link #find} without an index that serves it is answered by a
 * scan; {@link #index} is repeated a few times before it fails; a write error of any code but a
 * duplicate's is told as {@link Kind#UNKNOWN}. While the server is away operations fail as unknown
 * within their bounded time, and go on by themselves when it is back.
 */
public final class MongoStore implements Store {
  private static final int INDEX_ATTEMPTS = 6;
  private static final long INDEX_PAUSE_MS = 50;
  private static final BsonDocumentCodec CODEC = new BsonDocumentCodec();

  private final Vertx vertx;
  private final MongoClient client;
  private final MongoDatabase database;
  private final Connecting.Server server;
  private final Commands commands;
  private final Calls calls;
  private final long timeoutMs;
  private @Nullable Future<Void> closed;

  private MongoStore(
      Vertx vertx,
      MongoClient client,
      MongoDatabase database,
      Connecting.Server server,
      MongoOptions options) {
    this.vertx = vertx;
    this.client = client;
    this.database = database;
    this.server = server;
    this.commands = new Commands(options.replicating().toMillis());
    this.calls = new Calls(vertx, client, options, server.sessions());
    this.timeoutMs = options.timeout().toMillis();
  }

  /**
   * Connects to a server and looks at it.
   *
   * @param uri a secret; its path names the database, {@code plenary} where it has none. Its write
   *     and read concerns, read preference, retries, pool sizes and times are not used
   * @return fails as {@link Kind#REFUSED} when the URI is malformed, the credentials are not
   *     accepted, or the server cannot keep the port's promises; as unknown when it is not reached
   */
  public static Future<MongoStore> open(Vertx vertx, String uri, MongoOptions options) {
    return open(vertx, uri, options, settings -> {});
  }

  /** The same with a look at what the driver is told: for tests that watch what is sent. */
  static Future<MongoStore> open(
      Vertx vertx, String uri, MongoOptions options, Consumer<MongoClientSettings.Builder> more) {
    var context = vertx.getOrCreateContext();
    var opened = new Answer<MongoStore>(context);
    try {
      var parsed = Connecting.parse(uri);
      var client = Connecting.client(parsed, options, more);
      var database = Connecting.database(client, parsed);
      Connecting.lookAt(database, options)
          .onSuccess(
              server -> opened.succeed(new MongoStore(vertx, client, database, server, options)))
          .onFailure(
              failure ->
                  closing(vertx, client)
                      .onComplete(done -> opened.fail(Failures.ofOpening(failure))));
    } catch (StoreException e) {
      opened.fail(e);
    }
    return opened.future();
  }

  @Override
  public Future<Void> insert(String collection, List<BsonDocument> run) {
    try {
      Arguments.checkInsert(collection, run);
      var command = commands.insert(collection, encoded(run));
      return calls
          .run(collection, session -> written(collection, command, session))
          .compose(
              count ->
                  count == run.size()
                      ? Future.succeededFuture()
                      : Future.failedFuture(
                          Failures.unknown("a run was written in part and without a word", null)));
    } catch (StoreException e) {
      return Future.failedFuture(e);
    }
  }

  /** Encoded once, here, whose size is then known and which nobody can change any more. */
  private static List<RawBsonDocument> encoded(List<BsonDocument> run) {
    var encoded = new ArrayList<RawBsonDocument>(run.size());
    long size = 0;
    for (var document : run) {
      var raw = new RawBsonDocument(document, CODEC);
      size += raw.getByteBuffer().remaining();
      if (size > MAX_BYTES) {
        throw refused("the documents of one insert have at most " + MAX_BYTES + " bytes together");
      }
      encoded.add(raw);
    }
    return encoded;
  }

  /** Sends one command; the number of documents that its answer tells. */
  private Future<Integer> written(
      String collection, BsonDocument command, @Nullable ClientSession session) {
    return sent(command, session)
        .map(
            answer -> {
              var failure = Failures.ofWrite(collection, answer);
              if (failure != null) {
                throw failure;
              }
              return answer.getNumber("n").intValue();
            });
  }

  private Future<BsonDocument> sent(BsonDocument command, @Nullable ClientSession session) {
    return Collected.one(
        session == null
            ? database.runCommand(command, BsonDocument.class)
            : database.runCommand(session, command, BsonDocument.class));
  }

  @Override
  public Future<List<BsonDocument>> get(String collection, Collection<String> ids) {
    try {
      Arguments.checkIds(collection, ids);
    } catch (StoreException e) {
      return Future.failedFuture(e);
    }
    var wanted = new LinkedHashSet<>(ids);
    if (wanted.isEmpty()) {
      return Future.succeededFuture(List.of());
    }
    var order = new BsonDocument();
    return calls
        .run(
            collection,
            session -> read(collection, Commands.byIds(wanted), order, wanted.size(), session))
        .map(found -> inOrder(wanted, found));
  }

  private static List<BsonDocument> inOrder(Collection<String> ids, List<BsonDocument> found) {
    var byId = new HashMap<String, BsonDocument>();
    found.forEach(document -> byId.put(document.getString("_id").getValue(), document));
    var ordered = new ArrayList<BsonDocument>(found.size());
    for (var id : ids) {
      var document = byId.get(id);
      if (document != null) {
        ordered.add(document);
      }
    }
    return ordered;
  }

  @Override
  public Future<List<BsonDocument>> find(Query query) {
    try {
      Arguments.checkQuery(query);
    } catch (StoreException e) {
      return Future.failedFuture(e);
    }
    var in = query.in();
    if (in != null && in.isEmpty()) {
      return Future.succeededFuture(List.of());
    }
    return calls.run(
        query.collection(),
        session ->
            read(
                query.collection(),
                Commands.filter(query),
                Commands.order(query),
                query.limit(),
                session));
  }

  private Future<List<BsonDocument>> read(
      String name,
      BsonDocument filter,
      BsonDocument order,
      int limit,
      @Nullable ClientSession session) {
    var collection = database.getCollection(name, BsonDocument.class);
    var found = session == null ? collection.find(filter) : collection.find(session, filter);
    if (!order.isEmpty()) {
      found.sort(order);
    }
    return Collected.of(
        found.limit(limit).batchSize(limit).maxTime(timeoutMs, TimeUnit.MILLISECONDS));
  }

  @Override
  public Future<Boolean> update(String collection, Update update) {
    return updateAll(collection, List.of(update)).map(matched -> matched == 1);
  }

  @Override
  public Future<Integer> updateAll(String collection, List<Update> updates) {
    try {
      Arguments.checkUpdates(collection, updates);
      return updatedFrom(collection, Batch.of(updates), 0, 0);
    } catch (StoreException e) {
      return Future.failedFuture(e);
    }
  }

  /** Nearly always one command; more where the updates together are too large for one. */
  private Future<Integer> updatedFrom(
      String collection, List<List<BsonDocument>> batches, int next, int matched) {
    if (next == batches.size()) {
      return Future.succeededFuture(matched);
    }
    var command = commands.update(collection, batches.get(next));
    return calls
        .run(collection, session -> written(collection, command, session))
        .compose(more -> updatedFrom(collection, batches, next + 1, matched + more));
  }

  @Override
  public Future<Integer> delete(String collection, Collection<String> ids) {
    try {
      Arguments.checkIds(collection, ids);
    } catch (StoreException e) {
      return Future.failedFuture(e);
    }
    if (ids.isEmpty()) {
      return Future.succeededFuture(0);
    }
    var command = commands.delete(collection, new LinkedHashSet<>(ids));
    return calls.run(collection, session -> written(collection, command, session));
  }

  @Override
  public Future<Void> index(Index index) {
    try {
      Arguments.checkIndex(index);
      return indexed(index, 1);
    } catch (StoreException e) {
      return Future.failedFuture(e);
    }
  }

  /** Servers fail one of several that create the same index at once; later all are fine. */
  private Future<Void> indexed(Index index, int attempt) {
    var command = commands.createIndex(index);
    return calls
        .run(index.collection(), session -> sent(command, session).map(this::acknowledged))
        .<Void>mapEmpty()
        .recover(
            failure ->
                failure instanceof StoreException known
                        && known.kind() == Kind.UNKNOWN
                        && attempt < INDEX_ATTEMPTS
                    ? vertx
                        .timer(INDEX_PAUSE_MS << attempt, TimeUnit.MILLISECONDS)
                        .compose(paused -> indexed(index, attempt + 1))
                    : Future.failedFuture(failure));
  }

  private BsonDocument acknowledged(BsonDocument answer) {
    if (answer.containsKey("writeConcernError")) {
      throw Failures.unknown("the majority did not confirm an index", null);
    }
    return answer;
  }

  @Override
  public Future<Instant> ping() {
    return calls.run(
        "the server's clock",
        session ->
            sent(new BsonDocument("ping", new BsonInt32(1)), session)
                .compose(there -> Connecting.greet(database, server.greeting()))
                .map(answer -> Instant.ofEpochMilli(answer.getDateTime("localTime").getValue())));
  }

  @Override
  public synchronized Future<Void> close() {
    if (closed == null) {
      calls.close();
      closed = closing(vertx, client);
    }
    return closed;
  }

  /** Ends sessions at the server, for which the driver waits: on a worker. */
  private static Future<Void> closing(Vertx vertx, MongoClient client) {
    return vertx
        .executeBlocking(
            () -> {
              client.close();
              return true;
            })
        .mapEmpty();
  }

  static StoreException refused(String message) {
    return new StoreException(Kind.REFUSED, message, null);
  }
}
