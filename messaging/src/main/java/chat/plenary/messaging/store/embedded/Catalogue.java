package chat.plenary.messaging.store.embedded;

import chat.plenary.messaging.store.Index;
import chat.plenary.messaging.store.Query;
import chat.plenary.messaging.store.StoreException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * Which collections and indexes there are, and the numbers that stand for them in keys. Immutable;
 * recorded in the database with the first write that needs it.
 *
 * @param collections by name
 * @param next the number of the next collection or index
 */
record Catalogue(Map<String, Documents> collections, int next) {
  static final Catalogue EMPTY = new Catalogue(Map.of(), 1);

  Catalogue {
    collections = Map.copyOf(collections);
  }

  /**
   * A collection.
   *
   * @param number what its documents' keys begin with
   * @param indexes all of them
   * @param indexed the fields of all of them
   */
  record Documents(int number, List<Numbered> indexes, Set<String> indexed) {
    static Documents of(int number, List<Numbered> indexes) {
      var fields = new HashSet<String>();
      indexes.forEach(index -> fields.addAll(index.definition().fields()));
      return new Documents(number, List.copyOf(indexes), Set.copyOf(fields));
    }
  }

  /** An index and the number that its entries' keys begin with. */
  record Numbered(int number, Index definition) {
    /** The key of a document's entry. */
    byte[] key(Map<String, BsonValue> fields, byte[] id) {
      var key = Keys.entries(number);
      for (var field : definition.fields()) {
        var value = fields.get(field);
        key = Keys.with(key, value == null ? BsonNull.VALUE : value);
      }
      return definition.unique() ? key : Keys.repeatable(key, id);
    }

    /** The {@code _id} that an entry points at. */
    byte[] idOf(byte[] key, byte[] value) {
      return definition.unique() ? value : Keys.idOfRepeatable(key);
    }
  }

  @Nullable Documents find(String collection) {
    return collections.get(collection);
  }

  /** The same with a collection that is not there yet. */
  Catalogue withCollection(String collection) {
    var more = new LinkedHashMap<>(collections);
    more.put(collection, Documents.of(next, List.of()));
    return new Catalogue(more, next + 1);
  }

  /** The same with one more index of a collection that is there. */
  Catalogue withIndex(Index definition) {
    var more = new LinkedHashMap<>(collections);
    var collection = more.get(definition.collection());
    if (collection == null) {
      throw new IllegalArgumentException("no collection " + definition.collection());
    }
    var indexes = new ArrayList<>(collection.indexes());
    indexes.add(new Numbered(next, definition));
    more.put(definition.collection(), Documents.of(collection.number(), indexes));
    return new Catalogue(more, next + 1);
  }

  /** The index of this name, if it is there; refuses another under the same name. */
  @Nullable Numbered existing(Index wanted) {
    var collection = collections.get(wanted.collection());
    if (collection == null) {
      return null;
    }
    for (var index : collection.indexes()) {
      if (index.definition().name().equals(wanted.name())) {
        if (!index.definition().equals(wanted)) {
          throw new StoreException(
              StoreException.Kind.REFUSED,
              "index %s of %s exists as %s"
                  .formatted(wanted.name(), wanted.collection(), index.definition()),
              null);
        }
        return index;
      }
    }
    return null;
  }

  /** An index whose leading fields are the query's. */
  Numbered serving(Query query) {
    var wanted = new ArrayList<>(query.equal().keySet());
    wanted.add(query.field());
    var collection = collections.get(query.collection());
    if (collection != null) {
      for (var index : collection.indexes()) {
        var fields = index.definition().fields();
        if (fields.size() >= wanted.size() && fields.subList(0, wanted.size()).equals(wanted)) {
          return index;
        }
      }
    }
    throw new StoreException(
        StoreException.Kind.REFUSED,
        "no index of %s begins with the fields %s".formatted(query.collection(), wanted),
        null);
  }

  byte[] encode() {
    var all = new BsonDocument();
    collections.forEach(
        (name, collection) -> {
          var indexes = new BsonArray();
          for (var index : collection.indexes()) {
            var fields = new BsonArray();
            index.definition().fields().forEach(field -> fields.add(new BsonString(field)));
            indexes.add(
                new BsonDocument("number", new BsonInt32(index.number()))
                    .append("name", new BsonString(index.definition().name()))
                    .append("fields", fields)
                    .append("unique", BsonBoolean.valueOf(index.definition().unique())));
          }
          all.append(
              name,
              new BsonDocument("number", new BsonInt32(collection.number()))
                  .append("indexes", indexes));
        });
    return Bson.encode(new BsonDocument("next", new BsonInt32(next)).append("collections", all));
  }

  static Catalogue decode(byte[] bytes) {
    var document = Bson.decode(bytes);
    var collections = new LinkedHashMap<String, Documents>();
    document
        .getDocument("collections")
        .forEach(
            (name, value) -> {
              var indexes = new ArrayList<Numbered>();
              for (var index : value.asDocument().getArray("indexes")) {
                indexes.add(decodeIndex(name, index.asDocument()));
              }
              var number = value.asDocument().getInt32("number").getValue();
              collections.put(name, Documents.of(number, indexes));
            });
    return new Catalogue(collections, document.getInt32("next").getValue());
  }

  private static Numbered decodeIndex(String collection, BsonDocument index) {
    var fields = new ArrayList<String>();
    index.getArray("fields").forEach(field -> fields.add(field.asString().getValue()));
    var definition =
        new Index(
            collection,
            index.getString("name").getValue(),
            fields,
            index.getBoolean("unique").getValue());
    return new Numbered(index.getInt32("number").getValue(), definition);
  }
}
