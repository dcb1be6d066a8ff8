package chat.plenary.messaging.store.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Collection;
import java.util.List;
import org.rocksdb.RocksDBException;

/** Deletes by {@code _id}; the result is how many were there. */
final class Removal implements Change<Integer> {
  private static final int BYTES_EACH = 64;

  private final String collection;
  private final List<String> ids;

  Removal(String collection, Collection<String> ids) {
    this.collection = collection;
    this.ids = List.copyOf(ids);
  }

  @Override
  public Integer make(Group group) throws RocksDBException {
    var in = group.catalogue().find(collection);
    if (in == null) {
      return 0;
    }
    int deleted = 0;
    for (var each : ids) {
      var id = each.getBytes(UTF_8);
      var key = Keys.document(in.number(), id);
      var document = group.get(key);
      if (document != null) {
        Entries.of(in, document, id).delete(group);
        group.delete(key);
        deleted++;
      }
    }
    return deleted;
  }

  @Override
  public int bytes() {
    return BYTES_EACH * ids.size();
  }
}
