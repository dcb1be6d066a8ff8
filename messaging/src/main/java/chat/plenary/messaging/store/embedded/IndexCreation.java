package chat.plenary.messaging.store.embedded;

import chat.plenary.messaging.store.Index;
import chat.plenary.messaging.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.Slice;

/**
 * Creates an index. Where the collection has documents already, their entries are written in parts,
 * while all other writes wait, and the index is recorded with the last part; what a crash leaves
 * behind before that is deleted by the next attempt. The result is whether it was not there.
 */
final class IndexCreation implements Change<Boolean> {
  private static final int PAGE_BYTES = 4 << 20;

  private final Index index;

  IndexCreation(Index index) {
    this.index = index;
  }

  @Override
  public Boolean make(Group group) throws RocksDBException {
    var collection = group.collection(index.collection());
    if (group.catalogue().existing(index) != null) {
      return false;
    }
    var changed = group.catalogue().withIndex(index);
    var number = group.catalogue().next();
    var entries = new Catalogue.Numbered(number, index);
    clear(group, number);
    try {
      build(group, collection, entries);
    } catch (StoreException e) {
      if (e.kind() == StoreException.Kind.DUPLICATE) {
        clear(group, number);
      }
      throw e;
    }
    group.catalogue(changed);
    return true;
  }

  private void build(Group group, Catalogue.Documents collection, Catalogue.Numbered entries)
      throws RocksDBException {
    var only = Catalogue.Documents.of(collection.number(), List.of(entries));
    var from = Keys.documents(collection.number());
    var to = Keys.beyond(from);
    for (var page = page(group, from, to); !page.isEmpty(); page = page(group, from, to)) {
      for (var each : page) {
        var made = Entries.of(only, each.getValue(), Keys.idOf(each.getKey()));
        made.requireFree(group, index.collection());
        made.put(group);
        if (!group.hasRoom()) {
          group.commitSoFar();
        }
        from = Keys.next(each.getKey());
      }
    }
  }

  private static List<Map.Entry<byte[], byte[]>> page(Group group, byte[] from, byte[] to) {
    return group
        .database()
        .use(
            handle -> {
              var page = new ArrayList<Map.Entry<byte[], byte[]>>();
              try (var end = new Slice(to);
                  var options = new ReadOptions().setIterateUpperBound(end);
                  var documents = handle.newIterator(options)) {
                int bytes = 0;
                for (documents.seek(from);
                    documents.isValid() && bytes < PAGE_BYTES;
                    documents.next()) {
                  var each = Map.entry(documents.key(), documents.value());
                  bytes += each.getKey().length + each.getValue().length;
                  page.add(each);
                }
                documents.status();
              }
              return page;
            });
  }

  private static void clear(Group group, int number) throws RocksDBException {
    var from = Keys.entries(number);
    var to = Keys.beyond(from);
    group.commitSoFar();
    if (!page(group, from, to).isEmpty()) {
      group.deleteRange(from, to);
      group.commitSoFar();
    }
  }

  @Override
  public boolean alone() {
    return true;
  }

  @Override
  public int bytes() {
    return 0;
  }
}
