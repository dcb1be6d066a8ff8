package chat.plenary.messaging.store.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import chat.plenary.messaging.store.Store;
import chat.plenary.messaging.store.StoreException;
import chat.plenary.messaging.store.Update;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;

/** Updates by {@code _id} under preconditions; the result is how many matched. */
final class Alteration implements Change<Integer> {
  /** What an update is taken to hold in memory while it waits; most are a few numbers. */
  private static final int BYTES_EACH = 512;

  private final String collection;
  private final List<Update> updates;

  Alteration(String collection, List<Update> updates) {
    this.collection = collection;
    this.updates = List.copyOf(updates);
  }

  @Override
  public Integer make(Group group) throws RocksDBException {
    var in = group.catalogue().find(collection);
    if (in == null) {
      return 0;
    }
    int matched = 0;
    StoreException failure = null;
    for (var update : updates) {
      try {
        matched += make(group, in, update) ? 1 : 0;
      } catch (StoreException e) {
        failure = worse(failure, e);
      }
    }
    if (failure != null) {
      throw failure;
    }
    return matched;
  }

  /** The rest is still made when one fails; what nobody knows outweighs what is known. */
  private static StoreException worse(@Nullable StoreException one, StoreException other) {
    return one == null || other.kind() == StoreException.Kind.UNKNOWN ? other : one;
  }

  private boolean make(Group group, Catalogue.Documents in, Update update) throws RocksDBException {
    var id = update.id().getBytes(UTF_8);
    var key = Keys.document(in.number(), id);
    var before = group.get(key);
    if (before == null) {
      return false;
    }
    var document = Bson.decode(before);
    if (!Edit.matches(document, update)) {
      return false;
    }
    Edit.apply(document, update);
    var after = Bson.encode(document);
    if (after.length > Store.MAX_BYTES) {
      throw new StoreException(
          StoreException.Kind.REFUSED,
          "a document has at most " + Store.MAX_BYTES + " bytes",
          null);
    }
    if (!Arrays.equals(before, after)) {
      var entries = Entries.of(in, after, id);
      entries.requireFree(group, collection);
      entries.replace(Entries.of(in, before, id), group);
      group.put(key, after);
    }
    return true;
  }

  @Override
  public int bytes() {
    return BYTES_EACH * updates.size();
  }
}
