package chat.plenary.messaging.store.sim;

import chat.plenary.messaging.store.Index;
import chat.plenary.messaging.store.Query;
import chat.plenary.messaging.store.StoreException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.bson.BsonDocument;
import org.bson.BsonMaxKey;
import org.bson.BsonNull;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * One collection with all the states that it was in: each document's versions by the position in
 * the operation log that made them. An index keeps every key that ever was; what a state does not
 * have is passed over when it is read.
 */
final class Versions {
  private record Version(long at, @Nullable BsonDocument document) {}

  private static final String ID = "_id";

  private final Map<String, List<Version>> documents = new HashMap<>();
  private final Map<Index, NavigableMap<List<BsonValue>, TreeSet<String>>> indexes =
      new LinkedHashMap<>();

  Versions(String name) {
    index(Index.unique(name, ID));
  }

  void index(Index index) {
    if (indexes.containsKey(index)) {
      return;
    }
    indexes.put(index, new TreeMap<>(BsonOrder.KEYS));
    documents.forEach(
        (id, versions) -> versions.forEach(version -> note(index, id, version.document())));
  }

  /** The document in the state that the log had at {@code position}. */
  @Nullable BsonDocument at(long position, String id) {
    var versions = documents.getOrDefault(id, List.of());
    for (int i = versions.size() - 1; i >= 0; i--) {
      if (versions.get(i).at() <= position) {
        return versions.get(i).document();
      }
    }
    return null;
  }

  /** Writes a new version, or a deletion, at a position beyond all others of this document. */
  void put(long position, String id, @Nullable BsonDocument document) {
    documents.computeIfAbsent(id, unused -> new ArrayList<>()).add(new Version(position, document));
    indexes.keySet().forEach(index -> note(index, id, document));
  }

  /** Undoes all beyond a position. */
  void rollBackTo(long position) {
    documents.values().forEach(versions -> versions.removeIf(version -> version.at() > position));
  }

  /** Whether another document than {@code self} has a unique key of {@code document}, now. */
  boolean taken(BsonDocument document, @Nullable String self) {
    return indexes.entrySet().stream()
        .filter(entry -> entry.getKey().unique())
        .anyMatch(
            entry -> {
              var key = key(entry.getKey(), document);
              return entry.getValue().getOrDefault(key, new TreeSet<>()).stream()
                  .anyMatch(
                      id -> !id.equals(self) && has(entry.getKey(), key, at(Long.MAX_VALUE, id)));
            });
  }

  /** All documents of a state, by {@code _id}. */
  List<BsonDocument> all(long position) {
    return new TreeSet<>(documents.keySet())
        .stream()
            .map(id -> at(position, id))
            .filter(document -> document != null)
            .map(BsonDocument::clone)
            .toList();
  }

  List<BsonDocument> find(long position, Query query) {
    var fields = new ArrayList<>(query.equal().keySet());
    fields.add(query.field());
    var index =
        indexes.keySet().stream()
            .filter(
                candidate ->
                    candidate.fields().size() >= fields.size()
                        && candidate.fields().subList(0, fields.size()).equals(fields))
            .findFirst()
            .orElseThrow(
                () ->
                    new StoreException(
                        StoreException.Kind.REFUSED,
                        query.collection() + ": no index begins with " + fields,
                        null));
    var found = new ArrayList<BsonDocument>();
    for (var range : ranges(query)) {
      if (found.size() == query.limit()) {
        break;
      }
      collect(position, index, range, query, found);
    }
    return found;
  }

  private record Range(List<BsonValue> low, List<BsonValue> high) {}

  private static List<Range> ranges(Query query) {
    var prefix = List.copyOf(query.equal().values());
    var in = query.in();
    if (in == null) {
      var from = query.from();
      var to = query.to();
      return List.of(
          new Range(
              from == null ? prefix : with(prefix, from),
              with(with(prefix, to == null ? new BsonMaxKey() : to), new BsonMaxKey())));
    }
    var values = new TreeSet<BsonValue>(BsonOrder.INSTANCE);
    values.addAll(in);
    return (query.descending() ? values.descendingSet() : values)
        .stream()
            .map(value -> with(prefix, value))
            .map(key -> new Range(key, with(key, new BsonMaxKey())))
            .toList();
  }

  private void collect(
      long position, Index index, Range range, Query query, List<BsonDocument> found) {
    if (BsonOrder.KEYS.compare(range.low(), range.high()) > 0) {
      return;
    }
    var keys = indexes.get(index).subMap(range.low(), true, range.high(), true);
    for (var entry : (query.descending() ? keys.descendingMap() : keys).entrySet()) {
      if (!within(query, entry.getKey().get(query.equal().size()))) {
        continue;
      }
      for (var id : query.descending() ? entry.getValue().descendingSet() : entry.getValue()) {
        var document = at(position, id);
        if (has(index, entry.getKey(), document)) {
          found.add(document.clone());
          if (found.size() == query.limit()) {
            return;
          }
        }
      }
    }
  }

  private static boolean within(Query query, BsonValue value) {
    var from = query.from();
    var to = query.to();
    return (from == null
            || (BsonOrder.sameKind(from, value)
                && BsonOrder.INSTANCE.compare(value, from) >= (query.fromInclusive() ? 0 : 1)))
        && (to == null
            || (BsonOrder.sameKind(to, value)
                && BsonOrder.INSTANCE.compare(value, to) <= (query.toInclusive() ? 0 : -1)));
  }

  private void note(Index index, String id, @Nullable BsonDocument document) {
    if (document != null) {
      indexes.get(index).computeIfAbsent(key(index, document), unused -> new TreeSet<>()).add(id);
    }
  }

  private static boolean has(Index index, List<BsonValue> key, @Nullable BsonDocument document) {
    return document != null && BsonOrder.KEYS.compare(key, key(index, document)) == 0;
  }

  private static List<BsonValue> key(Index index, BsonDocument document) {
    return index.fields().stream()
        .map(field -> document.getOrDefault(field, BsonNull.VALUE))
        .toList();
  }

  private static List<BsonValue> with(List<BsonValue> key, BsonValue value) {
    var more = new ArrayList<>(key);
    more.add(value);
    return more;
  }
}
