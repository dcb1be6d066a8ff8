package chat.plenary.messaging.store.sim;

import chat.plenary.messaging.sim.Scheduler;
import chat.plenary.messaging.sim.SimulatedProcess;
import chat.plenary.messaging.store.Arguments;
import chat.plenary.messaging.store.Index;
import chat.plenary.messaging.store.Query;
import chat.plenary.messaging.store.Store;
import chat.plenary.messaging.store.StoreException;
import chat.plenary.messaging.store.Update;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * A node's handle on a {@link SimulatedDatabase}. Every answer is a step of the node's process;
 * none comes within the call itself.
 */
public final class SimulatedStore implements Store {
  private final SimulatedDatabase database;
  private final SimulatedProcess process;
  private long floor;
  private boolean partitioned;
  private boolean closed;

  SimulatedStore(SimulatedDatabase database, SimulatedProcess process) {
    this.database = database;
    this.process = process;
  }

  /** Cuts this handle off from the database: what is sent or answered from now on is lost. */
  public void partition() {
    partitioned = true;
  }

  /** Ends the partition. What was lost meanwhile stays lost. */
  public void heal() {
    partitioned = false;
  }

  @Override
  public Future<Void> insert(String collection, List<BsonDocument> run) {
    var copies = run.stream().map(BsonDocument::clone).toList();
    return checked(
        () -> {
          Arguments.checkInsert(collection, copies);
          Changes.checkSize(copies);
        },
        () ->
            write(
                "insert " + collection + " " + copies.get(0).get("_id") + "+" + copies.size(),
                copies.stream()
                    .<Write.Change>map(document -> () -> insert(collection, document))
                    .toList(),
                () -> null));
  }

  private long insert(String collection, BsonDocument document) {
    if (database.taken(collection, document, null)) {
      throw new StoreException(
          StoreException.Kind.DUPLICATE, collection + ": a key is taken", null);
    }
    return database.append(collection, document.getString("_id").getValue(), document);
  }

  @Override
  public Future<List<BsonDocument>> get(String collection, Collection<String> ids) {
    var distinct = new LinkedHashSet<>(ids);
    return checked(
        () -> Arguments.checkIds(collection, distinct),
        () ->
            read(
                "get " + collection,
                at -> {
                  var found = new ArrayList<BsonDocument>();
                  for (var id : distinct) {
                    var document = database.at(at, collection, id);
                    if (document != null) {
                      found.add(document.clone());
                    }
                  }
                  return List.copyOf(found);
                }));
  }

  @Override
  public Future<List<BsonDocument>> find(Query query) {
    return checked(
        () -> Arguments.checkQuery(query),
        () -> read("find " + query.collection(), at -> database.find(at, query)));
  }

  @Override
  public Future<Boolean> update(String collection, Update update) {
    return updateAll(collection, List.of(update)).map(matched -> matched == 1);
  }

  @Override
  public Future<Integer> updateAll(String collection, List<Update> updates) {
    var shuffled = new ArrayList<>(updates);
    return checked(
        () -> Arguments.checkUpdates(collection, updates),
        () -> {
          Collections.shuffle(shuffled, database.scheduler().random());
          var matched = new AtomicInteger();
          return write(
              "update " + collection,
              shuffled.stream()
                  .<Write.Change>map(update -> () -> update(collection, update, matched))
                  .toList(),
              matched::get);
        });
  }

  private long update(String collection, Update update, AtomicInteger matched) {
    var before = database.latest(collection, update.id());
    if (before == null || !Changes.matches(update, before)) {
      return 0;
    }
    var after = Changes.apply(update, before);
    Changes.checkSize(List.of(after));
    if (database.taken(collection, after, update.id())) {
      throw new StoreException(
          StoreException.Kind.DUPLICATE, collection + ": a key is taken", null);
    }
    matched.incrementAndGet();
    return database.append(collection, update.id(), after);
  }

  @Override
  public Future<Integer> delete(String collection, Collection<String> ids) {
    var distinct = new LinkedHashSet<>(ids);
    return checked(
        () -> Arguments.checkIds(collection, distinct),
        () -> {
          var deleted = new AtomicInteger();
          return write(
              "delete " + collection,
              distinct.stream()
                  .<Write.Change>map(id -> () -> delete(collection, id, deleted))
                  .toList(),
              deleted::get);
        });
  }

  private long delete(String collection, String id, AtomicInteger deleted) {
    if (database.latest(collection, id) == null) {
      return 0;
    }
    deleted.incrementAndGet();
    return database.append(collection, id, null);
  }

  @Override
  public Future<Void> index(Index index) {
    return checked(
        () -> Arguments.checkIndex(index),
        () ->
            write(
                "index " + index.collection(),
                List.<Write.Change>of(
                    () -> {
                      database.index(index);
                      return 0;
                    }),
                () -> null));
  }

  @Override
  public Future<Instant> ping() {
    return checked(() -> {}, () -> read("ping", at -> database.now()));
  }

  @Override
  public Future<Void> close() {
    closed = true;
    return Future.succeededFuture();
  }

  private <T> Future<T> checked(Runnable check, Supplier<Future<T>> operation) {
    if (closed) {
      return Future.failedFuture(unknown("the handle is closed"));
    }
    try {
      check.run();
    } catch (StoreException e) {
      return Future.failedFuture(e);
    }
    return operation.get();
  }

  private <T> Future<T> read(String name, LongFunction<T> atSnapshot) {
    var call = new Call<T>(name);
    long least = floor;
    call.send(
        () -> {
          try {
            call.reply(atSnapshot.apply(database.snapshot(least)), () -> {});
          } catch (StoreException e) {
            call.fail(e);
          }
        });
    return call.promise.future();
  }

  private <T> Future<T> write(
      String name, List<Write.Change> changes, Supplier<@Nullable T> result) {
    var call = new Call<T>(name);
    long begun = database.committed();
    int left = database.chance(Faults.Kind.CUT_WRITE) ? database.random(changes.size() + 1) : -1;
    var write = new Write[1];
    write[0] =
        new Write(
            process.name() + " " + name,
            changes,
            left,
            failure -> {
              if (failure == null) {
                long seen = database.faults().ownWritesSeen() ? write[0].last() : begun;
                call.reply(result.get(), () -> floor = Math.max(floor, seen));
              } else {
                call.fail(failure);
              }
            });
    if (database.chance(Faults.Kind.LATE_WRITE)) {
      call.late();
    }
    call.send(() -> database.begin(write[0]));
    return call.promise.future();
  }

  static StoreException unknown(String message) {
    return new StoreException(StoreException.Kind.UNKNOWN, message, null);
  }

  /** A request, its answer and the caller's patience. */
  private final class Call<T> {
    private final Promise<T> promise = Promise.promise();
    private final String name;
    private final Scheduler.Step patience;
    private Duration way = database.hop();

    Call(String name) {
      this.name = name;
      var most = database.faults().patience();
      this.patience =
          process.schedule(
              most, "gives up " + name, () -> promise.tryFail(unknown(name + ": no answer")));
      if (database.chance(Faults.Kind.SLOW)) {
        way = database.scheduler().between(Duration.ZERO, most.multipliedBy(2));
      }
    }

    void late() {
      var most = database.faults().patience();
      way = database.scheduler().between(most, most.multipliedBy(3));
    }

    void send(Runnable arrival) {
      if (partitioned || database.chance(Faults.Kind.LOST_REQUEST)) {
        return;
      }
      database.scheduler().schedule(way, process.name() + " asks " + name, arrival);
    }

    void reply(@Nullable T value, Runnable noted) {
      answer(
          () -> {
            noted.run();
            promise.tryComplete(value);
          });
    }

    void fail(RuntimeException failure) {
      answer(() -> promise.tryFail(failure));
    }

    private void answer(Runnable delivery) {
      if (database.chance(Faults.Kind.LOST_REPLY)) {
        return;
      }
      process.schedule(
          database.hop(),
          "hears of " + name,
          () -> {
            if (!partitioned && !promise.future().isComplete()) {
              patience.cancel();
              delivery.run();
            }
          });
    }
  }
}
