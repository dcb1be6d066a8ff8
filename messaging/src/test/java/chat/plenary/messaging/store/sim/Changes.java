package chat.plenary.messaging.store.sim;

import chat.plenary.messaging.store.Store;
import chat.plenary.messaging.store.StoreException;
import chat.plenary.messaging.store.Update;
import java.util.List;
import org.bson.BsonBinaryWriter;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonValue;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;
import org.jspecify.annotations.Nullable;

/** What an {@link Update} means for a document in memory. */
final class Changes {
  private Changes() {}

  static boolean matches(Update update, BsonDocument document) {
    return update.expected().entrySet().stream()
        .allMatch(
            expected -> {
              var there = read(document, expected.getKey());
              return BsonOrder.INSTANCE.compare(
                      there == null ? BsonNull.VALUE : there, expected.getValue())
                  == 0;
            });
  }

  /** The document after the update; the given one stays as it is. */
  static BsonDocument apply(Update update, BsonDocument before) {
    var after = before.clone();
    update.set().forEach((path, value) -> write(after, path, value));
    update
        .inc()
        .forEach(
            (path, by) -> {
              var there = read(after, path);
              if (there != null && !there.isNumber()) {
                throw refused(path + ": is not a number");
              }
              long now = there == null ? 0 : there.asNumber().longValue();
              try {
                write(after, path, new BsonInt64(Math.addExact(now, by)));
              } catch (ArithmeticException e) {
                throw new StoreException(StoreException.Kind.REFUSED, path + ": too large", e);
              }
            });
    update
        .max()
        .forEach(
            (path, value) -> {
              var there = read(after, path);
              if (there == null || BsonOrder.INSTANCE.compare(there, value) < 0) {
                write(after, path, value);
              }
            });
    update.unset().forEach(path -> remove(after, path));
    return after;
  }

  /** Refuses documents that are larger together than the port allows. */
  static void checkSize(List<BsonDocument> documents) {
    long bytes = 0;
    for (var document : documents) {
      var buffer = new BasicOutputBuffer();
      new BsonDocumentCodec()
          .encode(new BsonBinaryWriter(buffer), document, EncoderContext.builder().build());
      bytes += buffer.getPosition();
    }
    if (bytes > Store.MAX_BYTES) {
      throw refused("documents of " + bytes + " bytes together");
    }
  }

  private static @Nullable BsonValue read(BsonDocument document, String path) {
    BsonValue value = document;
    for (var name : path.split("\\.", -1)) {
      if (value == null || !value.isDocument()) {
        return null;
      }
      value = value.asDocument().get(name);
    }
    return value;
  }

  private static void write(BsonDocument document, String path, BsonValue value) {
    var names = path.split("\\.", -1);
    var at = document;
    for (int i = 0; i < names.length - 1; i++) {
      var next = at.get(names[i]);
      if (next == null) {
        next = new BsonDocument();
        at.put(names[i], next);
      }
      if (!next.isDocument()) {
        throw refused(path + ": " + names[i] + " is not a document");
      }
      at = next.asDocument();
    }
    at.put(names[names.length - 1], value);
  }

  private static void remove(BsonDocument document, String path) {
    int dot = path.lastIndexOf('.');
    var parent = dot < 0 ? document : read(document, path.substring(0, dot));
    if (parent != null && parent.isDocument()) {
      parent.asDocument().remove(path.substring(dot + 1));
    }
  }

  private static StoreException refused(String message) {
    return new StoreException(StoreException.Kind.REFUSED, message, null);
  }
}
