package chat.plenary.messaging.store.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import chat.plenary.messaging.store.Query;
import chat.plenary.messaging.store.StoreException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.Snapshot;

/** Reads: documents by {@code _id}, and ranges of keys by a query. */
final class Search {
  private Search() {}

  /** Keys from (with) to (without). */
  private static final class Range {
    private final byte[] from;
    private final byte[] to;

    Range(byte[] from, byte[] to) {
      this.from = from;
      this.to = to;
    }

    boolean isEmpty() {
      return Arrays.compareUnsigned(from, to) >= 0;
    }
  }

  static List<BsonDocument> get(
      RocksDB handle, Catalogue catalogue, String collection, Collection<String> ids)
      throws RocksDBException {
    var in = catalogue.find(collection);
    if (in == null || ids.isEmpty()) {
      return List.of();
    }
    var keys = new ArrayList<byte[]>();
    for (var id : new LinkedHashSet<>(ids)) {
      keys.add(Keys.document(in.number(), id.getBytes(UTF_8)));
    }
    try (var options = new ReadOptions()) {
      return documents(handle, options, keys);
    }
  }

  static List<BsonDocument> find(RocksDB handle, Catalogue catalogue, Query query)
      throws RocksDBException {
    var byId = query.field().equals("_id");
    var index = byId ? null : catalogue.serving(query);
    var in = catalogue.find(query.collection());
    if (in == null) {
      return List.of();
    }
    var prefix = index == null ? Keys.documents(in.number()) : Keys.entries(index.number());
    for (var value : query.equal().values()) {
      prefix = Keys.with(prefix, value);
    }
    var ranges = byId ? rangesOfIds(query, prefix) : rangesOfEntries(query, prefix);
    var snapshot = handle.getSnapshot();
    try (var options = new ReadOptions().setSnapshot(snapshot)) {
      var pairs = new ArrayList<Map.Entry<byte[], byte[]>>();
      for (var range : ranges) {
        collect(handle, snapshot, range, query, pairs);
      }
      return index == null
          ? pairs.stream().map(pair -> Bson.decode(pair.getValue())).toList()
          : follow(handle, options, pairs, in.number(), index);
    } finally {
      handle.releaseSnapshot(snapshot);
    }
  }

  /** Adds the keys and values of a range, up to the query's limit in all. */
  private static void collect(
      RocksDB handle,
      Snapshot snapshot,
      Range range,
      Query query,
      List<Map.Entry<byte[], byte[]>> pairs)
      throws RocksDBException {
    if (range.isEmpty() || pairs.size() >= query.limit()) {
      return;
    }
    try (var from = new Slice(range.from);
        var to = new Slice(range.to);
        var options =
            new ReadOptions()
                .setSnapshot(snapshot)
                .setIterateLowerBound(from)
                .setIterateUpperBound(to);
        var entries = handle.newIterator(options)) {
      start(entries, query.descending());
      while (entries.isValid() && pairs.size() < query.limit()) {
        pairs.add(Map.entry(entries.key(), entries.value()));
        step(entries, query.descending());
      }
      entries.status();
    }
  }

  /** The documents that entries of an index point at. They were written together. */
  private static List<BsonDocument> follow(
      RocksDB handle,
      ReadOptions options,
      List<Map.Entry<byte[], byte[]>> pairs,
      int collection,
      Catalogue.Numbered index)
      throws RocksDBException {
    var keys = new ArrayList<byte[]>(pairs.size());
    for (var pair : pairs) {
      keys.add(Keys.document(collection, index.idOf(pair.getKey(), pair.getValue())));
    }
    var documents = documents(handle, options, keys);
    if (documents.size() < keys.size()) {
      throw new StoreException(
          StoreException.Kind.DAMAGED,
          "index %s points at documents that are not there".formatted(index.definition()),
          null);
    }
    return documents;
  }

  private static void start(RocksIterator entries, boolean descending) {
    if (descending) {
      entries.seekToLast();
    } else {
      entries.seekToFirst();
    }
  }

  private static void step(RocksIterator entries, boolean descending) {
    if (descending) {
      entries.prev();
    } else {
      entries.next();
    }
  }

  private static List<BsonDocument> documents(
      RocksDB handle, ReadOptions options, List<byte[]> keys) throws RocksDBException {
    if (keys.isEmpty()) {
      return List.of();
    }
    var documents = new ArrayList<BsonDocument>(keys.size());
    for (var bytes : handle.multiGetAsList(options, keys)) {
      if (bytes != null) {
        documents.add(Bson.decode(bytes));
      }
    }
    return documents;
  }

  /** In the order in which they are to be read. */
  private static List<Range> rangesOfEntries(Query query, byte[] prefix) {
    var in = query.in();
    if (in == null) {
      return List.of(rangeOfEntries(query, prefix));
    }
    var keys = new TreeSet<byte[]>(Arrays::compareUnsigned);
    in.forEach(value -> keys.add(Keys.with(prefix, value)));
    return ordered(query, keys.stream().map(key -> new Range(key, Keys.beyond(key))).toList());
  }

  /** A bound narrows the range to values of its own type. */
  private static Range rangeOfEntries(Query query, byte[] prefix) {
    var from = query.from();
    var to = query.to();
    byte[] first;
    if (from != null) {
      var key = Keys.with(prefix, from);
      first = query.fromInclusive() ? key : Keys.beyond(key);
    } else {
      first = to == null ? prefix : Keys.typeFrom(prefix, to);
    }
    byte[] end;
    if (to != null) {
      var key = Keys.with(prefix, to);
      end = query.toInclusive() ? Keys.beyond(key) : key;
    } else {
      end = from == null ? Keys.beyond(prefix) : Keys.typeTo(prefix, from);
    }
    return new Range(first, end);
  }

  /** Every {@code _id} is a string, so a bound of another type leaves nothing. */
  private static List<Range> rangesOfIds(Query query, byte[] prefix) {
    var in = query.in();
    if (in != null) {
      var keys = new TreeSet<byte[]>(Arrays::compareUnsigned);
      for (var value : in) {
        if (value.isString()) {
          keys.add(idKey(prefix, value));
        }
      }
      return ordered(query, keys.stream().map(key -> new Range(key, Keys.next(key))).toList());
    }
    var from = query.from();
    var to = query.to();
    if ((from != null && !from.isString()) || (to != null && !to.isString())) {
      return List.of();
    }
    var first = prefix;
    if (from != null) {
      var key = idKey(prefix, from);
      first = query.fromInclusive() ? key : Keys.next(key);
    }
    var end = Keys.beyond(prefix);
    if (to != null) {
      var key = idKey(prefix, to);
      end = query.toInclusive() ? Keys.next(key) : key;
    }
    return List.of(new Range(first, end));
  }

  private static byte[] idKey(byte[] prefix, BsonValue id) {
    var bytes = id.asString().getValue().getBytes(UTF_8);
    var key = Arrays.copyOf(prefix, prefix.length + bytes.length);
    System.arraycopy(bytes, 0, key, prefix.length, bytes.length);
    return key;
  }

  private static List<Range> ordered(Query query, List<Range> ascending) {
    if (!query.descending()) {
      return ascending;
    }
    var descending = new ArrayList<>(ascending);
    Collections.reverse(descending);
    return descending;
  }
}
