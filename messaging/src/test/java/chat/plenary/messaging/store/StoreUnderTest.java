package chat.plenary.messaging.store;

import chat.plenary.messaging.Waiting;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;

/** What the cases of {@link StoreContract} need of an adapter, and words that they share. */
public interface StoreUnderTest {
  /** The handle under test. */
  Store store();

  /** An instance for cases that ask on which thread a future completes. */
  Vertx vertx();

  /** A collection of the running case alone: always the same within a case. */
  String collection();

  /** A document; names and values alternate, values are strings, numbers, BSON or null. */
  static BsonDocument doc(String id, Object... fields) {
    var document = new BsonDocument("_id", new BsonString(id));
    for (int i = 0; i < fields.length; i += 2) {
      document.put((String) fields[i], bson(fields[i + 1]));
    }
    return document;
  }

  /** A value as BSON. */
  static BsonValue bson(Object value) {
    if (value == null) {
      return BsonNull.VALUE;
    } else if (value instanceof BsonValue bson) {
      return bson;
    } else if (value instanceof Integer number) {
      return new BsonInt32(number);
    } else if (value instanceof Long number) {
      return new BsonInt64(number);
    }
    return new BsonString((String) value);
  }

  /** Waits on the test's thread and returns the result or throws the failure. */
  static <T> T await(Future<T> future) {
    try {
      return future.await(60, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("not answered within 60 s; threads:" + Waiting.threads(), e);
    }
  }

  /** Waits for a failure. */
  static StoreException failure(Future<?> future) {
    try {
      var result = await(future);
      throw new AssertionError("succeeded with " + result);
    } catch (StoreException e) {
      return e;
    }
  }

  /** The ids of the documents, in their order. */
  static List<String> ids(List<BsonDocument> documents) {
    var ids = new ArrayList<String>();
    documents.forEach(document -> ids.add(document.getString("_id").getValue()));
    return ids;
  }

  /** Inserts one run into the case's collection and waits. */
  default void insert(BsonDocument... run) {
    await(store().insert(collection(), List.of(run)));
  }

  /** The document with this id in the case's collection, or null. */
  default BsonDocument get(String id) {
    var found = await(store().get(collection(), List.of(id)));
    return found.isEmpty() ? null : found.get(0);
  }

  /** The ids that the query finds. */
  default List<String> found(Query query) {
    return ids(await(store().find(query)));
  }

  /** Creates an index of the case's collection and waits. */
  default void unique(String... fields) {
    await(store().index(Index.unique(collection(), fields)));
  }

  /** Creates an index of the case's collection and waits. */
  default void indexed(String... fields) {
    await(store().index(Index.of(collection(), fields)));
  }
}
