package chat.plenary.messaging.store.mongo;

import chat.plenary.messaging.store.Store;
import chat.plenary.messaging.store.Update;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;

/** Updates gathered into commands that a server takes. */
final class Batch {
  private static final BsonDocumentCodec CODEC = new BsonDocumentCodec();

  private Batch() {}

  /** Statements by command, in order; those that can match nothing are left out. */
  static List<List<BsonDocument>> of(List<Update> updates) {
    var batches = new ArrayList<List<BsonDocument>>();
    List<BsonDocument> current = new ArrayList<>();
    long size = 0;
    for (var update : updates) {
      var statement = Commands.statement(update);
      if (statement == null) {
        continue;
      }
      var encoded = new RawBsonDocument(statement, CODEC);
      var bytes = encoded.getByteBuffer().remaining();
      if (bytes > Store.MAX_BYTES) {
        throw MongoStore.refused("an update has at most " + Store.MAX_BYTES + " bytes");
      }
      if (size + bytes > Store.MAX_BYTES) {
        batches.add(current);
        current = new ArrayList<>();
        size = 0;
      }
      current.add(encoded);
      size += bytes;
    }
    if (!current.isEmpty()) {
      batches.add(current);
    }
    return batches;
  }
}
