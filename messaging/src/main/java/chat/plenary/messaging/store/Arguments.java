package chat.plenary.messaging.store;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonType;
import org.bson.BsonValue;

/**
 * The limits of the port, checked alike by every adapter before anything is sent. Each check throws
 * a {@link StoreException} of the kind {@link StoreException.Kind#REFUSED} that names what is
 * wrong; adapters fail the operation's future with it.
 */
public final class Arguments {
  private static final Pattern COLLECTION = Pattern.compile("[A-Za-z0-9_]{1,64}");

  private Arguments() {}

  /** Checks a run, save for its size in bytes, which whoever encodes it compares. */
  public static void checkInsert(String collection, List<BsonDocument> run) {
    checkCollection(collection);
    if (run.isEmpty() || run.size() > Store.MAX_RUN) {
      throw refused("a run has 1 to " + Store.MAX_RUN + " documents, not " + run.size());
    }
    for (var document : run) {
      if (!(document.get("_id") instanceof BsonString id)) {
        throw refused("_id of a document for " + collection + " must be a string");
      }
      checkId(id.getValue());
    }
  }

  /** Checks what a get or a delete names. */
  public static void checkIds(String collection, Collection<String> ids) {
    checkCollection(collection);
    if (ids.size() > Store.MAX_FOUND) {
      throw refused("at most " + Store.MAX_FOUND + " ids at once, not " + ids.size());
    }
    ids.forEach(Arguments::checkId);
  }

  /** Checks an update by itself and that no two of its changes meet. */
  public static void checkUpdate(String collection, Update update) {
    checkCollection(collection);
    checkId(update.id());
    var paths = new TreeSet<String>();
    for (var changed :
        List.of(
            update.set().keySet(), update.unset(), update.inc().keySet(), update.max().keySet())) {
      for (var path : changed) {
        checkPath(path);
        if (!paths.add(path)) {
          throw refused("field " + path + " is named by two changes");
        }
      }
    }
    for (var path : paths) {
      for (var dot = path.indexOf('.'); dot > 0; dot = path.indexOf('.', dot + 1)) {
        if (paths.contains(path.substring(0, dot))) {
          throw refused("field " + path + " lies in another that the same update changes");
        }
      }
    }
    update.expected().forEach(Arguments::checkScalar);
    update.max().forEach(Arguments::checkScalar);
  }

  /** Checks updates that are made together. */
  public static void checkUpdates(String collection, List<Update> updates) {
    checkCollection(collection);
    if (updates.size() > Store.MAX_FOUND) {
      throw refused("at most " + Store.MAX_FOUND + " updates at once, not " + updates.size());
    }
    updates.forEach(update -> checkUpdate(collection, update));
  }

  /** Checks all of a query but that an index serves it. */
  public static void checkQuery(Query query) {
    checkCollection(query.collection());
    if (query.field().equals("_id") && !query.equal().isEmpty()) {
      throw refused("a query by _id fixes no other field: " + query.equal().keySet());
    }
    if (query.equal().containsKey(query.field())) {
      throw refused("field " + query.field() + " is both fixed and ranged over");
    }
    query.equal().forEach(Arguments::checkScalar);
    var in = query.in();
    if (in != null) {
      if (in.size() > Store.MAX_FOUND) {
        throw refused("at most " + Store.MAX_FOUND + " values of " + query.field() + " at once");
      }
      in.forEach(value -> checkScalar(query.field(), value));
    }
    var from = query.from();
    var to = query.to();
    if (from != null) {
      checkScalar(query.field(), from);
    }
    if (to != null) {
      checkScalar(query.field(), to);
    }
    if (from != null && to != null && kind(from) != kind(to)) {
      throw refused("the bounds of " + query.field() + " are of two types");
    }
  }

  /** Checks an index's collection and fields. */
  public static void checkIndex(Index index) {
    checkCollection(index.collection());
    for (var field : index.fields()) {
      if (field.isEmpty() || field.indexOf('.') >= 0 || field.charAt(0) == '$') {
        throw refused("an index is on top-level fields: " + field);
      }
    }
  }

  private static void checkCollection(String collection) {
    if (!COLLECTION.matcher(collection).matches()) {
      throw refused("a collection's name is 1 to 64 of letters, digits and _: " + collection);
    }
  }

  private static void checkId(String id) {
    if (id.length() > Store.MAX_ID
        || (id.length() > Store.MAX_ID / 3
            && id.getBytes(StandardCharsets.UTF_8).length > Store.MAX_ID)) {
      throw refused("_id has at most " + Store.MAX_ID + " bytes of UTF-8");
    }
  }

  private static void checkPath(String path) {
    if (path.equals("_id") || path.startsWith("_id.")) {
      throw refused("_id cannot be changed");
    }
    for (var name : path.split("\\.", -1)) {
      if (name.isEmpty() || name.charAt(0) == '$' || name.indexOf('\0') >= 0) {
        throw refused("not a path of field names: " + path);
      }
    }
  }

  private static void checkScalar(String field, BsonValue value) {
    switch (value.getBsonType()) {
      case NULL, INT32, INT64, STRING, BINARY, BOOLEAN, DATE_TIME -> {}
      default ->
          throw refused(
              "field "
                  + field
                  + " is compared with null, an integer, a string, a binary, a boolean or a"
                  + " datetime only, not with a "
                  + value.getBsonType());
    }
  }

  private static BsonType kind(BsonValue value) {
    return value.getBsonType() == BsonType.INT32 ? BsonType.INT64 : value.getBsonType();
  }

  private static StoreException refused(String message) {
    return new StoreException(StoreException.Kind.REFUSED, message, null);
  }
}
