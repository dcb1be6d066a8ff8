package chat.plenary.messaging.store.sim;

import chat.plenary.messaging.sim.Scheduler;
import chat.plenary.messaging.sim.SimulatedProcess;
import chat.plenary.messaging.store.Index;
import chat.plenary.messaging.store.Query;
import chat.plenary.messaging.store.Store;
import chat.plenary.messaging.store.Update;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.bson.BsonDocument;

/**
 * A simulated store for callers on real threads, as the contract's cases are: one thread takes the
 * simulation's steps for as long as there are any. For features' tests it serves as a store in
 * memory that has the real ones' meaning.
 */
public final class DrivenStore implements Store {
  private final Scheduler scheduler;
  private final SimulatedStore store;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            var worker = new Thread(task, "simulated-store");
            worker.setDaemon(true);
            return worker;
          });
  private boolean stepping;

  /** A store of its own without faults, whose clock begins now. */
  public DrivenStore() {
    this.scheduler = new Scheduler(1, Instant.now());
    this.store =
        new SimulatedDatabase(scheduler, Faults.none())
            .handle(new SimulatedProcess(scheduler, "test"));
  }

  @Override
  public Future<Void> insert(String collection, List<BsonDocument> run) {
    return call(driven -> driven.insert(collection, run));
  }

  @Override
  public Future<List<BsonDocument>> get(String collection, Collection<String> ids) {
    return call(driven -> driven.get(collection, ids));
  }

  @Override
  public Future<List<BsonDocument>> find(Query query) {
    return call(driven -> driven.find(query));
  }

  @Override
  public Future<Boolean> update(String collection, Update update) {
    return call(driven -> driven.update(collection, update));
  }

  @Override
  public Future<Integer> updateAll(String collection, List<Update> updates) {
    return call(driven -> driven.updateAll(collection, updates));
  }

  @Override
  public Future<Integer> delete(String collection, Collection<String> ids) {
    return call(driven -> driven.delete(collection, ids));
  }

  @Override
  public Future<Void> index(Index index) {
    return call(driven -> driven.index(index));
  }

  @Override
  public Future<Instant> ping() {
    return call(Store::ping);
  }

  @Override
  public Future<Void> close() {
    if (!thread.isShutdown()) {
      thread.execute(thread::shutdown);
    }
    return Future.succeededFuture();
  }

  private <T> Future<T> call(Function<Store, Future<T>> operation) {
    var promise = Promise.<T>promise();
    var context = Vertx.currentContext();
    thread.execute(
        () -> {
          operation
              .apply(store)
              .onComplete(
                  result -> {
                    if (context == null) {
                      promise.handle(result);
                    } else {
                      context.runOnContext(unused -> promise.handle(result));
                    }
                  });
          if (!stepping && !thread.isShutdown()) {
            stepping = true;
            thread.execute(this::step);
          }
        });
    return promise.future();
  }

  private void step() {
    stepping = scheduler.step();
    if (stepping && !thread.isShutdown()) {
      thread.execute(this::step);
    }
  }
}
