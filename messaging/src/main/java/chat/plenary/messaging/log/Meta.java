package chat.plenary.messaging.log;

import chat.plenary.messaging.content.Bson;
import chat.plenary.messaging.store.Store;
import chat.plenary.messaging.store.StoreException;
import chat.plenary.messaging.store.Update;
import io.vertx.core.Future;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bson.BsonBinary;
import org.bson.BsonBinaryWriter;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;

/**
 * What is fixed for the life of a database: its format, its number of lanes, its epoch, and the
 * secret that keys and hashes of bodies are made with. Collection {@code meta}, one document.
 */
final class Meta {
  private static final String COLLECTION = "meta";
  private static final String ID = "database";
  private static final int FORMAT = 1;
  private static final int SECRET_BYTES = 32;

  private final int epoch;

  /** Initialised once; each use copies it, which costs far less than finding it anew. */
  private final Mac keyed;

  private Meta(int epoch, byte[] secret) {
    this.epoch = epoch;
    try {
      this.keyed = Mac.getInstance("HmacSHA256");
      keyed.init(new SecretKeySpec(secret, "HmacSHA256"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }

  /**
   * Reads the document, or makes it: of several nodes that start at once one wins, and all read the
   * same.
   */
  static Future<Meta> open(Store store) {
    return store
        .get(COLLECTION, List.of(ID))
        .compose(
            found -> {
              if (!found.isEmpty()) {
                return Future.succeededFuture(read(found.get(0)));
              }
              byte[] secret = new byte[SECRET_BYTES];
              new SecureRandom().nextBytes(secret);
              BsonDocument fresh =
                  new BsonDocument("_id", new BsonString(ID))
                      .append("format", new BsonInt32(FORMAT))
                      .append("lanes", new BsonInt32(Log.LANES))
                      .append("epoch", new BsonInt32(1))
                      .append("secret", new BsonBinary(secret));
              return store
                  .insert(COLLECTION, List.of(fresh))
                  .recover(
                      failure ->
                          StoreException.isDuplicate(failure)
                              ? Future.succeededFuture()
                              : Future.failedFuture(failure))
                  .compose(v -> open(store));
            });
  }

  /**
   * Begins another epoch of a database that was put back to an older state. Not the next number: a
   * second restore of the same copy would begin the same epoch again, with other entries.
   *
   * @param seconds what no earlier restore can have had, from a clock
   * @return the epoch that holds now; 0 where the database was never opened
   */
  static Future<Integer> raise(Store store, int seconds) {
    return store
        .get(COLLECTION, List.of(ID))
        .compose(
            found -> {
              if (found.isEmpty()) {
                return Future.succeededFuture(0);
              }
              long now = Bson.number(found.get(0), "epoch", 1);
              int next = (int) Math.min(Integer.MAX_VALUE, Math.max(now + 1, seconds));
              return store
                  .update(COLLECTION, Update.of(ID).set("epoch", new BsonInt32(next)))
                  .map(next);
            });
  }

  private static Meta read(BsonDocument document) {
    long format = Bson.number(document, "format", 0);
    long lanes = Bson.number(document, "lanes", 0);
    if (format != FORMAT || lanes != Log.LANES) {
      throw new StoreException(
          StoreException.Kind.DAMAGED,
          "the database has format "
              + format
              + " and "
              + lanes
              + " lanes; this version of Plenary"
              + " reads format "
              + FORMAT
              + " with "
              + Log.LANES,
          null);
    }
    return new Meta(
        (int) Bson.number(document, "epoch", 1), document.getBinary("secret").getData());
  }

  int epoch() {
    return epoch;
  }

  /**
   * By what a command is known.
   *
   * @param key of conversation, sender and ref
   * @param hash of what it says
   * @param size bytes of what it says
   */
  record Mark(String key, String hash, int size) {}

  /** The key of a command, and the keyed hash of what it says. */
  Mark mark(Command command) {
    byte[] said = said(command);
    return new Mark(key(command), mac(said), said.length);
  }

  /** The key by which a repetition is known: of conversation, sender and ref, 22 characters. */
  private String key(Command command) {
    return mac(
        (command.conversation().value()
                + "\n"
                + command.sender().value()
                + "\n"
                + command.ref().value())
            .getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  /** Without the secret nothing is told of a short text by its hash. */
  private static byte[] said(Command command) {
    BasicOutputBuffer out = new BasicOutputBuffer();
    BsonDocument said =
        new BsonDocument("e", new BsonString(command.kind())).append("body", command.body());
    new BsonDocumentCodec()
        .encode(new BsonBinaryWriter(out), said, EncoderContext.builder().build());
    return out.toByteArray();
  }

  /** A secret for one purpose, 32 bytes, of which nothing is told by others. */
  byte[] secret(String purpose) {
    return sum(("secret/" + purpose).getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  private String mac(byte[] bytes) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(java.util.Arrays.copyOf(sum(bytes), 16));
  }

  private byte[] sum(byte[] bytes) {
    try {
      return ((Mac) keyed.clone()).doFinal(bytes);
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the JDK's HmacSHA256 can be copied", e);
    }
  }
}
