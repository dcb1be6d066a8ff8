package chat.plenary.bots.survey;

import chat.plenary.messaging.store.Index;
import chat.plenary.messaging.store.Query;
import chat.plenary.messaging.store.Store;
import chat.plenary.messaging.store.StoreException;
import chat.plenary.messaging.store.Update;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.bson.BsonDocument;

/**
 * A store whose process dies at one of its operations: either the operation never happens, or it
 * happens and nobody hears of it. From then on nothing is answered. It also remembers which
 * collections were named.
 */
final class DyingStore implements Store {
  final Set<String> collections = new ConcurrentSkipListSet<>();
  private final Store store;
  private final int last;
  private final boolean happens;
  private final AtomicInteger count = new AtomicInteger();

  /** Dies at operation {@code last}, from 1; never where it is 0. */
  DyingStore(Store store, int last, boolean happens) {
    this.store = store;
    this.last = last;
    this.happens = happens;
  }

  int operations() {
    return count.get();
  }

  boolean died() {
    return last > 0 && count.get() >= last;
  }

  private <T> Future<T> run(String collection, Supplier<Future<T>> operation) {
    collections.add(collection);
    int number = count.incrementAndGet();
    if (last == 0 || number < last) {
      return operation.get();
    }
    Future<T> dead =
        Future.failedFuture(new StoreException(StoreException.Kind.UNKNOWN, "dead", null));
    return number == last && happens ? operation.get().transform(done -> dead) : dead;
  }

  @Override
  public Future<Void> insert(String collection, List<BsonDocument> run) {
    return run(collection, () -> store.insert(collection, run));
  }

  @Override
  public Future<List<BsonDocument>> get(String collection, Collection<String> ids) {
    return run(collection, () -> store.get(collection, ids));
  }

  @Override
  public Future<List<BsonDocument>> find(Query query) {
    return run(query.collection(), () -> store.find(query));
  }

  @Override
  public Future<Boolean> update(String collection, Update update) {
    return run(collection, () -> store.update(collection, update));
  }

  @Override
  public Future<Integer> updateAll(String collection, List<Update> updates) {
    return run(collection, () -> store.updateAll(collection, updates));
  }

  @Override
  public Future<Integer> delete(String collection, Collection<String> ids) {
    return run(collection, () -> store.delete(collection, ids));
  }

  @Override
  public Future<Void> index(Index index) {
    collections.add(index.collection());
    return store.index(index);
  }

  @Override
  public Future<Instant> ping() {
    return store.ping();
  }

  @Override
  public Future<Void> close() {
    return Future.succeededFuture();
  }
}
