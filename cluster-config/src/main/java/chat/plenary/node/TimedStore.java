package chat.plenary.node;

import chat.plenary.messaging.store.Index;
import chat.plenary.messaging.store.Query;
import chat.plenary.messaging.store.Store;
import chat.plenary.messaging.store.StoreException;
import chat.plenary.messaging.store.Update;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.bson.BsonDocument;

/** A store whose operations are timed, by name and by what became of them. */
final class TimedStore implements Store {
  private static final String NAME = "plenary.store";

  private final Store store;
  private final MeterRegistry registry;

  TimedStore(Store store, MeterRegistry registry) {
    this.store = store;
    this.registry = registry;
  }

  private <T> Future<T> timed(String operation, Supplier<Future<T>> work) {
    long began = System.nanoTime();
    return work.get()
        .onComplete(
            done ->
                Timer.builder(NAME)
                    .description("Operations of the store, from call to answer")
                    .tag("operation", operation)
                    .tag("outcome", done.succeeded() ? "done" : outcome(done.cause()))
                    .publishPercentileHistogram(false)
                    .register(registry)
                    .record(System.nanoTime() - began, TimeUnit.NANOSECONDS));
  }

  private static String outcome(Throwable failure) {
    return failure instanceof StoreException known
        ? known.kind().name().toLowerCase(Locale.ROOT)
        : "unknown";
  }

  @Override
  public Future<Void> insert(String collection, List<BsonDocument> run) {
    return timed("insert", () -> store.insert(collection, run));
  }

  @Override
  public Future<List<BsonDocument>> get(String collection, Collection<String> ids) {
    return timed("get", () -> store.get(collection, ids));
  }

  @Override
  public Future<List<BsonDocument>> find(Query query) {
    return timed("find", () -> store.find(query));
  }

  @Override
  public Future<Boolean> update(String collection, Update update) {
    return timed("update", () -> store.update(collection, update));
  }

  @Override
  public Future<Integer> updateAll(String collection, List<Update> updates) {
    return timed("updateAll", () -> store.updateAll(collection, updates));
  }

  @Override
  public Future<Integer> delete(String collection, Collection<String> ids) {
    return timed("delete", () -> store.delete(collection, ids));
  }

  @Override
  public Future<Void> index(Index index) {
    return timed("index", () -> store.index(index));
  }

  @Override
  public Future<Instant> ping() {
    return timed("ping", store::ping);
  }

  @Override
  public Future<Void> close() {
    return store.close();
  }
}
