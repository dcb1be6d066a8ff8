package chat.plenary.messaging.store.embedded;

import chat.plenary.messaging.store.Answer;
import chat.plenary.messaging.store.Arguments;
import chat.plenary.messaging.store.Index;
import chat.plenary.messaging.store.Query;
import chat.plenary.messaging.store.Store;
import chat.plenary.messaging.store.StoreException;
import chat.plenary.messaging.store.StoreException.Kind;
import chat.plenary.messaging.store.Update;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * The store in this process, in one directory that one process at a time may open.
 *
 * <p>Beyond the port's contract: {@link #find} is refused where no index serves the query; an index
 * may be created on a collection with documents, while which other writes wait; a damaged, cut or
 * deleted file is noticed at opening, which then fails as {@link Kind#DAMAGED} and changes nothing.
 * After a failed write (a full disk) what was under way fails as {@link Kind#UNKNOWN}, the files
 * are opened again, and the store goes on as soon as there is room.
 */
public final class EmbeddedStore implements Store {
  private final Database database;
  private final EmbeddedOptions options;
  private final Writer writer;
  private final ThreadPoolExecutor readers;
  private final Deadlines deadlines;
  private @Nullable Future<Void> closed;

  private EmbeddedStore(Database database, EmbeddedOptions options) {
    this.database = database;
    this.options = options;
    this.writer = new Writer(database, options.waitingWrites());
    this.readers = readers(options);
    this.deadlines = new Deadlines(options.timeout());
  }

  /**
   * Opens the store in a directory, creating both where they are not there. All data is read once
   * to check it, at the speed of the disk.
   *
   * @param vertx where the result is told when the caller is on no context; null for any thread
   * @param directory on a local disk
   * @return fails as {@link Kind#REFUSED} when another process has the directory open, as {@link
   *     Kind#DAMAGED} when the files are not what was acknowledged, as unknown when they could not
   *     be read or written
   */
  public static Future<EmbeddedStore> open(
      @Nullable Vertx vertx, Path directory, EmbeddedOptions options) {
    var caller = Vertx.currentContext();
    var context = caller == null && vertx != null ? vertx.getOrCreateContext() : caller;
    return inBackground(
        "plenary-store-opening",
        context,
        () -> {
          var store = new EmbeddedStore(Database.open(directory, options), options);
          store.writer.start();
          return store;
        });
  }

  @Override
  public Future<Void> insert(String collection, List<BsonDocument> run) {
    return write(
            () -> {
              Arguments.checkInsert(collection, run);
              return new Insertion(collection, run);
            })
        .mapEmpty();
  }

  @Override
  public Future<List<BsonDocument>> get(String collection, Collection<String> ids) {
    return read(
        () -> Arguments.checkIds(collection, ids),
        handle -> Search.get(handle, database.catalogue(), collection, ids));
  }

  @Override
  public Future<List<BsonDocument>> find(Query query) {
    return read(
        () -> Arguments.checkQuery(query),
        handle -> Search.find(handle, database.catalogue(), query));
  }

  @Override
  public Future<Boolean> update(String collection, Update update) {
    return write(
            () -> {
              Arguments.checkUpdate(collection, update);
              return new Alteration(collection, List.of(update));
            })
        .map(matched -> matched == 1);
  }

  @Override
  public Future<Integer> updateAll(String collection, List<Update> updates) {
    return write(
        () -> {
          Arguments.checkUpdates(collection, updates);
          return new Alteration(collection, updates);
        });
  }

  @Override
  public Future<Integer> delete(String collection, Collection<String> ids) {
    return write(
        () -> {
          Arguments.checkIds(collection, ids);
          return new Removal(collection, ids);
        });
  }

  @Override
  public Future<Void> index(Index index) {
    return write(
            () -> {
              Arguments.checkIndex(index);
              return new IndexCreation(index);
            })
        .mapEmpty();
  }

  @Override
  public Future<Instant> ping() {
    return read(
        () -> {},
        handle -> {
          handle.get(Database.NUMBER);
          return options.clock().instant().truncatedTo(ChronoUnit.MILLIS);
        });
  }

  /**
   * Copies all into a new directory while everything goes on. The copy is whole and consistent: a
   * store that can be opened where it is. Files that do not change any more are linked, not copied,
   * where the target is on the same file system.
   *
   * @param target a directory that does not exist; its parent does
   * @return fails as refused when the target exists, as unknown when it could not be written
   */
  public Future<Void> backup(Path target) {
    // Not among the reads: it may take longer than their time.
    return inBackground(
            "plenary-store-backup",
            Vertx.currentContext(),
            () -> {
              database.backup(target);
              return true;
            })
        .mapEmpty();
  }

  @Override
  public synchronized Future<Void> close() {
    if (closed == null) {
      closed =
          inBackground("plenary-store-closing", Vertx.currentContext(), this::closeAll).mapEmpty();
    }
    return closed;
  }

  private Boolean closeAll() throws InterruptedException {
    try {
      writer.stop();
      readers.shutdown();
      while (!readers.awaitTermination(1, TimeUnit.SECONDS)) {
        // A read is bounded work; the handle must not go before the last one has ended.
      }
    } finally {
      database.close();
      deadlines.close();
    }
    return true;
  }

  private interface Made<T> {
    Change<T> change();
  }

  private <T> Future<T> write(Made<T> made) {
    var answer = Answer.<T>toCaller();
    try {
      var change = made.change();
      deadlines.add(answer);
      writer.submit(change, answer);
    } catch (StoreException e) {
      answer.fail(e);
    }
    return answer.future();
  }

  private <T> Future<T> read(Runnable check, Database.Use<T> use) {
    var answer = Answer.<T>toCaller();
    try {
      check.run();
      deadlines.add(answer);
      readers.execute(() -> answer(answer, () -> database.use(use)));
    } catch (StoreException e) {
      answer.fail(e);
    } catch (RejectedExecutionException e) {
      answer.fail(
          new StoreException(
              Kind.UNKNOWN,
              readers.isShutdown() ? "the store is closed" : "too many reads wait",
              null));
    }
    return answer.future();
  }

  private interface Work<T> {
    T run() throws InterruptedException;
  }

  /** A caller is told of any failure, be it a native library that does not load. */
  private static <T> void answer(Answer<T> answer, Work<T> work) {
    try {
      answer.succeed(work.run());
    } catch (StoreException e) {
      answer.fail(e);
    } catch (Throwable e) {
      answer.fail(new StoreException(Kind.UNKNOWN, "failed: " + e, e));
    }
  }

  /** For what happens once in a while and takes its time. */
  private static <T> Future<T> inBackground(String name, @Nullable Context context, Work<T> work) {
    var answer = new Answer<T>(context);
    var thread = new Thread(() -> answer(answer, work), name);
    thread.setDaemon(true);
    thread.start();
    return answer.future();
  }

  private static ThreadPoolExecutor readers(EmbeddedOptions options) {
    var count = new AtomicInteger();
    return new ThreadPoolExecutor(
        options.readers(),
        options.readers(),
        0,
        TimeUnit.SECONDS,
        new ArrayBlockingQueue<>(options.waitingReads()),
        work -> {
          var thread = new Thread(work, "plenary-store-reader-" + count.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        });
  }
}
