package chat.plenary.messaging.store.embedded;

import chat.plenary.messaging.store.StoreException;
import chat.plenary.messaging.store.Update;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** What an {@link Update} means to a document in memory. */
final class Edit {
  private Edit() {}

  /** Whether all preconditions hold. */
  static boolean matches(BsonDocument document, Update update) {
    for (var expected : update.expected().entrySet()) {
      var found = read(document, path(expected.getKey()));
      var actual = found == null ? BsonNull.VALUE : found;
      if (!Keys.holds(actual) || Keys.compare(actual, expected.getValue()) != 0) {
        return false;
      }
    }
    return true;
  }

  /** Makes all changes to {@code document}; where it throws, the document is to be thrown away. */
  static void apply(BsonDocument document, Update update) {
    update.set().forEach((field, value) -> write(document, field, value));
    update.unset().forEach(field -> remove(document, path(field)));
    update.inc().forEach((field, by) -> write(document, field, sum(document, field, by)));
    update
        .max()
        .forEach(
            (field, value) -> {
              var found = read(document, path(field));
              if (found == null || Keys.compare(found, value) < 0) {
                write(document, field, value);
              }
            });
  }

  private static BsonValue sum(BsonDocument document, String field, long by) {
    var found = read(document, path(field));
    if (found == null) {
      return new BsonInt64(by);
    }
    if (!found.isInt32() && !found.isInt64()) {
      throw refused("field " + field + " is no integer to add to");
    }
    try {
      return new BsonInt64(Math.addExact(found.asNumber().longValue(), by));
    } catch (ArithmeticException e) {
      throw refused("field " + field + " would grow beyond 64 bits");
    }
  }

  private static List<String> path(String field) {
    return List.of(field.split("\\.", -1));
  }

  private static @Nullable BsonValue read(BsonDocument document, List<String> path) {
    BsonValue value = document;
    for (var name : path) {
      if (value == null || !value.isDocument()) {
        return null;
      }
      value = value.asDocument().get(name);
    }
    return value;
  }

  private static void write(BsonDocument document, String field, BsonValue value) {
    var path = path(field);
    var parent = document;
    for (var name : path.subList(0, path.size() - 1)) {
      var inner = parent.computeIfAbsent(name, absent -> new BsonDocument());
      if (!inner.isDocument()) {
        throw refused("field " + field + " leads through a value that is no document");
      }
      parent = inner.asDocument();
    }
    parent.put(path.get(path.size() - 1), value);
  }

  private static void remove(BsonDocument document, List<String> path) {
    var parent = path.size() == 1 ? document : read(document, path.subList(0, path.size() - 1));
    if (parent != null && parent.isDocument()) {
      parent.asDocument().remove(path.get(path.size() - 1));
    }
  }

  private static StoreException refused(String message) {
    return new StoreException(StoreException.Kind.REFUSED, message, null);
  }
}
