package chat.plenary.messaging.sim;

import chat.plenary.messaging.store.Index;
import chat.plenary.messaging.store.Query;
import chat.plenary.messaging.store.Store;
import chat.plenary.messaging.store.Update;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.bson.BsonDocument;

/** A node's store, told in the words of the specification. */
final class Told implements Store {
  private static final String ENTRIES = "entries";

  private final Store store;
  private final String node;
  private final History history;

  Told(Store store, String node, History history) {
    this.store = store;
    this.node = node;
    this.history = history;
  }

  @Override
  public Future<Void> insert(String collection, List<BsonDocument> run) {
    if (!collection.equals(ENTRIES)) {
      return store.insert(collection, run);
    }
    String what =
        run.stream()
            .map(d -> d.getString("_id").getValue() + " " + d.getString("r").getValue())
            .collect(Collectors.joining(", "));
    history.say(node + " Propose " + what);
    return store
        .insert(collection, run)
        .onSuccess(v -> history.say(node + " AllWell " + what))
        .onFailure(f -> history.say(node + " GiveUp " + what + ": " + f.getMessage()));
  }

  @Override
  public Future<List<BsonDocument>> get(String collection, Collection<String> ids) {
    return store.get(collection, ids);
  }

  @Override
  public Future<List<BsonDocument>> find(Query query) {
    Future<List<BsonDocument>> found = store.find(query);
    if (query.collection().equals(ENTRIES) && query.field().equals("k")) {
      found.onSuccess(
          list -> history.say(node + " LookUp of " + query.in() + " finds " + list.size()));
    }
    if (query.collection().equals(ENTRIES) && query.field().equals("_id") && !query.descending()) {
      found.onSuccess(
          list -> {
            if (!list.isEmpty()) {
              history.say(
                  node + " CatchUp from " + list.get(0).get("_id") + ": " + list.size() + " read");
            }
          });
    }
    return found;
  }

  @Override
  public Future<Boolean> update(String collection, Update update) {
    return store.update(collection, update);
  }

  @Override
  public Future<Integer> updateAll(String collection, List<Update> updates) {
    return store.updateAll(collection, updates);
  }

  @Override
  public Future<Integer> delete(String collection, Collection<String> ids) {
    return store.delete(collection, ids);
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
