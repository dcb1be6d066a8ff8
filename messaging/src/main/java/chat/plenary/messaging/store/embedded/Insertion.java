package chat.plenary.messaging.store.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import chat.plenary.messaging.store.Store;
import chat.plenary.messaging.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonDocument;
import org.rocksdb.RocksDBException;

/** An ordered insert that stops at the first taken key; the result is how many were inserted. */
final class Insertion implements Change<Integer> {
  private final String collection;
  private final List<byte[]> ids;
  private final List<byte[]> documents;
  private final int bytes;

  /** Encodes the run on the caller's thread, whose documents they are. */
  Insertion(String collection, List<BsonDocument> run) {
    this.collection = collection;
    this.ids = new ArrayList<>(run.size());
    this.documents = new ArrayList<>(run.size());
    long size = 0;
    for (var document : run) {
      ids.add(document.getString("_id").getValue().getBytes(UTF_8));
      var encoded = Bson.encode(document);
      documents.add(encoded);
      size += encoded.length;
      if (size > Store.MAX_BYTES) {
        throw new StoreException(
            StoreException.Kind.REFUSED,
            "the documents of one insert have at most " + Store.MAX_BYTES + " bytes together",
            null);
      }
    }
    bytes = (int) size;
  }

  @Override
  public Integer make(Group group) throws RocksDBException {
    var into = group.collection(collection);
    for (int i = 0; i < documents.size(); i++) {
      var id = ids.get(i);
      var document = documents.get(i);
      var key = Keys.document(into.number(), id);
      if (group.get(key) != null) {
        throw Entries.duplicate(collection, "_id");
      }
      var entries = Entries.of(into, document, id);
      entries.requireFree(group, collection);
      group.put(key, document);
      entries.put(group);
    }
    return documents.size();
  }

  @Override
  public int bytes() {
    return bytes;
  }
}
