package chat.plenary.messaging;

import chat.plenary.messaging.store.Index;
import chat.plenary.messaging.store.Query;
import chat.plenary.messaging.store.Store;
import chat.plenary.messaging.store.Update;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.bson.BsonDocument;

/** A store before which a test may put something: a wait, a failure, or other work. */
public final class SlowStore implements Store {
  /** What is being done. */
  public enum Doing {
    READ,
    WRITE
  }

  private final Store store;
  private volatile BiFunction<Doing, String, Future<Void>> before =
      (doing, collection) -> Future.succeededFuture();

  public SlowStore(Store store) {
    this.store = store;
  }

  /**
   * From now on each operation on a collection begins when this has succeeded, or fails with it.
   */
  public void before(BiFunction<Doing, String, Future<Void>> what) {
    before = what;
  }

  private <T> Future<T> after(Doing doing, String collection, Supplier<Future<T>> what) {
    return before.apply(doing, collection).compose(v -> what.get());
  }

  @Override
  public Future<Void> insert(String collection, List<BsonDocument> run) {
    return after(Doing.WRITE, collection, () -> store.insert(collection, run));
  }

  @Override
  public Future<List<BsonDocument>> get(String collection, Collection<String> ids) {
    return after(Doing.READ, collection, () -> store.get(collection, ids));
  }

  @Override
  public Future<List<BsonDocument>> find(Query query) {
    return after(Doing.READ, query.collection(), () -> store.find(query));
  }

  @Override
  public Future<Boolean> update(String collection, Update update) {
    return after(Doing.WRITE, collection, () -> store.update(collection, update));
  }

  @Override
  public Future<Integer> updateAll(String collection, List<Update> updates) {
    return after(Doing.WRITE, collection, () -> store.updateAll(collection, updates));
  }

  @Override
  public Future<Integer> delete(String collection, Collection<String> ids) {
    return after(Doing.WRITE, collection, () -> store.delete(collection, ids));
  }

  @Override
  public Future<Void> index(Index index) {
    return store.index(index);
  }

  @Override
  public Future<Instant> ping() {
    return store.ping();
  }

  @Override
  public Future<Void> close() {
    return store.close();
  }
}
