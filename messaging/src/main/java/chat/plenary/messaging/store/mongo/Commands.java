package chat.plenary.messaging.store.mongo;

import chat.plenary.messaging.store.Index;
import chat.plenary.messaging.store.Query;
import chat.plenary.messaging.store.Update;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** The port's operations in MongoDB's words. Every write waits for the majority's journals. */
final class Commands {
  private final BsonDocument writeConcern;

  /**
   * @param replicatingMs how long the server waits for the majority
   */
  Commands(long replicatingMs) {
    this.writeConcern =
        new BsonDocument("w", new BsonString("majority"))
            .append("j", BsonBoolean.TRUE)
            .append("wtimeout", new BsonInt64(replicatingMs));
  }

  BsonDocument insert(String collection, List<? extends BsonDocument> run) {
    return write("insert", collection, "documents", new BsonArray(run), true);
  }

  BsonDocument update(String collection, List<BsonDocument> statements) {
    return write("update", collection, "updates", new BsonArray(statements), false);
  }

  BsonDocument delete(String collection, Collection<String> ids) {
    var statement =
        new BsonDocument("q", new BsonDocument("_id", among(ids)))
            .append("limit", new BsonInt32(0));
    return write("delete", collection, "deletes", new BsonArray(List.of(statement)), true);
  }

  BsonDocument createIndex(Index index) {
    var key = new BsonDocument();
    index.fields().forEach(field -> key.append(field, new BsonInt32(1)));
    var definition = new BsonDocument("key", key).append("name", new BsonString(index.name()));
    if (index.unique()) {
      definition.append("unique", BsonBoolean.TRUE);
    }
    return new BsonDocument("createIndexes", new BsonString(index.collection()))
        .append("indexes", new BsonArray(List.of(definition)))
        .append("writeConcern", writeConcern);
  }

  private BsonDocument write(
      String verb, String collection, String what, BsonArray statements, boolean ordered) {
    return new BsonDocument(verb, new BsonString(collection))
        .append(what, statements)
        .append("ordered", BsonBoolean.valueOf(ordered))
        .append("writeConcern", writeConcern);
  }

  /** One statement of an update command, or null for one that can match no document. */
  static @Nullable BsonDocument statement(Update update) {
    var id = new BsonString(update.id());
    var filter = new BsonDocument("_id", id);
    for (var expected : update.expected().entrySet()) {
      if (!expected.getKey().equals("_id")) {
        filter.append(expected.getKey(), expected.getValue());
      } else if (!expected.getValue().equals(id)) {
        return null;
      }
    }
    return new BsonDocument("q", filter).append("u", changes(update));
  }

  private static BsonDocument changes(Update update) {
    var changes = new BsonDocument();
    append(changes, "$set", update.set());
    append(changes, "$max", update.max());
    if (!update.unset().isEmpty()) {
      var fields = new BsonDocument();
      update.unset().forEach(field -> fields.append(field, new BsonString("")));
      changes.append("$unset", fields);
    }
    if (!update.inc().isEmpty()) {
      var fields = new BsonDocument();
      update.inc().forEach((field, by) -> fields.append(field, new BsonInt64(by)));
      changes.append("$inc", fields);
    }
    if (changes.isEmpty()) {
      // Without any operator it would be a replacement by an empty document.
      changes.append("$set", new BsonDocument("_id", new BsonString(update.id())));
    }
    return changes;
  }

  private static void append(BsonDocument changes, String operator, Map<String, BsonValue> values) {
    if (!values.isEmpty()) {
      var fields = new BsonDocument();
      values.forEach(fields::append);
      changes.append(operator, fields);
    }
  }

  static BsonDocument filter(Query query) {
    var filter = new BsonDocument();
    query.equal().forEach(filter::append);
    var range = new BsonDocument();
    if (query.from() != null) {
      range.append(query.fromInclusive() ? "$gte" : "$gt", query.from());
    }
    if (query.to() != null) {
      range.append(query.toInclusive() ? "$lte" : "$lt", query.to());
    }
    if (query.in() != null) {
      range.append("$in", new BsonArray(query.in()));
    }
    return range.isEmpty() ? filter : filter.append(query.field(), range);
  }

  /** By the range's field alone: some servers use the index only then. */
  static BsonDocument order(Query query) {
    return new BsonDocument(query.field(), new BsonInt32(query.descending() ? -1 : 1));
  }

  static BsonDocument byIds(Collection<String> ids) {
    return new BsonDocument("_id", among(ids));
  }

  private static BsonDocument among(Collection<String> ids) {
    return new BsonDocument("$in", new BsonArray(ids.stream().map(BsonString::new).toList()));
  }
}
