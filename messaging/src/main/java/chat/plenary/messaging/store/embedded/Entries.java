package chat.plenary.messaging.store.embedded;

import chat.plenary.messaging.store.StoreException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.rocksdb.RocksDBException;

/** The index entries of one document. */
final class Entries {
  private static final byte[] NOTHING = {};

  private final List<Catalogue.Numbered> indexes;
  private final List<byte[]> keys;
  private final byte[] id;

  private Entries(List<Catalogue.Numbered> indexes, List<byte[]> keys, byte[] id) {
    this.indexes = indexes;
    this.keys = keys;
    this.id = id;
  }

  static Entries of(Catalogue.Documents collection, byte[] document, byte[] id) {
    var indexes = collection.indexes();
    var keys = new ArrayList<byte[]>(indexes.size());
    if (!indexes.isEmpty()) {
      var fields = Bson.fields(document, collection.indexed());
      for (var index : indexes) {
        keys.add(index.key(fields, id));
      }
    }
    return new Entries(indexes, keys, id);
  }

  /** Refuses when another document holds one of the unique keys. */
  void requireFree(Group group, String collection) {
    for (int i = 0; i < keys.size(); i++) {
      if (indexes.get(i).definition().unique()) {
        var holder = group.get(keys.get(i));
        if (holder != null && !Arrays.equals(holder, id)) {
          throw duplicate(collection, indexes.get(i).definition().name());
        }
      }
    }
  }

  void put(Group group) throws RocksDBException {
    for (int i = 0; i < keys.size(); i++) {
      group.put(keys.get(i), indexes.get(i).definition().unique() ? id : NOTHING);
    }
  }

  void delete(Group group) throws RocksDBException {
    for (var key : keys) {
      group.delete(key);
    }
  }

  /** Puts these in the place of those of the same document as it was before. */
  void replace(Entries old, Group group) throws RocksDBException {
    for (int i = 0; i < keys.size(); i++) {
      if (!Arrays.equals(keys.get(i), old.keys.get(i))) {
        group.delete(old.keys.get(i));
        group.put(keys.get(i), indexes.get(i).definition().unique() ? id : NOTHING);
      }
    }
  }

  static StoreException duplicate(String collection, String index) {
    return new StoreException(
        StoreException.Kind.DUPLICATE,
        "a key of index " + index + " of " + collection + " is taken",
        null);
  }
}
