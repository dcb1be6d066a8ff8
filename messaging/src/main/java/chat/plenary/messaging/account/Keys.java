package chat.plenary.messaging.account;

import chat.plenary.messaging.store.Query;
import chat.plenary.messaging.store.Store;
import io.jsonwebtoken.security.Jwks;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.bson.BsonBinary;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

/**
 * The keys that access tokens are signed with (Ed25519), as all nodes share them in the store. The
 * newest one whose time has come signs; all of them verify.
 */
final class Keys {
  static final String COLLECTION = "keys";

  /** A key signs for so long, then a starting node makes the next one. */
  private static final Duration LIFE = Duration.ofDays(90);

  /** A new key is published for so long before it signs, so that others have fetched it by then. */
  private static final Duration NOTICE = Duration.ofMinutes(15);

  private static final String ALGORITHM = "Ed25519";
  private static final int MOST = 100;

  /**
   * A key pair.
   *
   * @param from when it begins to sign
   */
  record Key(String id, Instant from, PublicKey verifying, PrivateKey signing) {
    @Override
    public String toString() {
      return "Key[" + id + "]";
    }
  }

  private final Store store;
  private final Clock clock;
  private volatile List<Key> newestFirst = List.of();

  private Keys(Store store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /** Reads the keys; makes the first one, or the next one where the newest has grown old. */
  static Future<Keys> open(Store store, Clock clock) {
    Keys keys = new Keys(store, clock);
    return keys.reload().compose(read -> keys.renew()).map(keys);
  }

  /** Makes a key that signs after its notice, and reads all again. */
  Future<Void> rotate() {
    return make(clock.instant().plus(NOTICE));
  }

  /** Reads the keys that other nodes may have made. */
  Future<Void> reload() {
    return store
        .find(Query.in(COLLECTION, "_id").limit(MOST))
        .map(
            rows -> {
              newestFirst =
                  rows.stream()
                      .map(Keys::parse)
                      .sorted(Comparator.comparing(Key::from).thenComparing(Key::id).reversed())
                      .toList();
              return null;
            });
  }

  /** The key to sign with now. */
  Key signing() {
    Instant now = clock.instant();
    List<Key> keys = newestFirst;
    for (Key key : keys) {
      if (!key.from().isAfter(now)) {
        return key;
      }
    }
    // Only when this node's clock runs behind the one that made the first key.
    return keys.get(keys.size() - 1);
  }

  /** The key that verifies what {@code id} signed, or null. */
  @Nullable PublicKey verifying(@Nullable String id) {
    for (Key key : newestFirst) {
      if (key.id().equals(id)) {
        return key.verifying();
      }
    }
    return null;
  }

  /** The public halves as a JWK Set (RFC 7517). */
  JsonObject published() {
    JsonArray keys = new JsonArray();
    for (Key key : newestFirst) {
      Map<String, Object> jwk =
          Map.copyOf(Jwks.builder().key(key.verifying()).id(key.id()).publicKeyUse("sig").build());
      keys.add(new JsonObject().put("alg", Tokens.ALGORITHM).mergeIn(new JsonObject(jwk)));
    }
    return new JsonObject().put("keys", keys);
  }

  private Future<Void> renew() {
    List<Key> keys = newestFirst;
    if (keys.isEmpty()) {
      return make(clock.instant());
    }
    if (keys.get(0).from().plus(LIFE).isBefore(clock.instant())) {
      return rotate().compose(made -> forgetOld());
    }
    return forgetOld();
  }

  /** Keys that were followed a day ago verify nothing that still lives. */
  private Future<Void> forgetOld() {
    Instant now = clock.instant();
    List<Key> keys = newestFirst;
    List<String> old = new ArrayList<>();
    for (int i = 1; i < keys.size(); i++) {
      if (keys.get(i - 1).from().plus(Duration.ofDays(1)).isBefore(now)) {
        old.add(keys.get(i).id());
      }
    }
    return old.isEmpty()
        ? Future.succeededFuture()
        : store.delete(COLLECTION, old).compose(deleted -> reload());
  }

  private Future<Void> make(Instant from) {
    KeyPair pair = generate();
    // The id is derived from nothing secret: it only has to differ.
    String id = new Secret(pair.getPublic().toString()).hash().substring(0, 12);
    BsonDocument row =
        new BsonDocument("_id", new BsonString(id))
            .append("from", new BsonInt64(from.toEpochMilli()))
            .append("public", new BsonBinary(pair.getPublic().getEncoded()))
            .append("private", new BsonBinary(pair.getPrivate().getEncoded()));
    return store.insert(COLLECTION, List.of(row)).compose(stored -> reload());
  }

  private static KeyPair generate() {
    try {
      return KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK from 15 on has Ed25519", e);
    }
  }

  private static Key parse(BsonDocument row) {
    try {
      KeyFactory factory = KeyFactory.getInstance(ALGORITHM);
      return new Key(
          row.getString("_id").getValue(),
          Instant.ofEpochMilli(row.getNumber("from").longValue()),
          factory.generatePublic(new X509EncodedKeySpec(row.getBinary("public").getData())),
          factory.generatePrivate(new PKCS8EncodedKeySpec(row.getBinary("private").getData())));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a signing key in the store cannot be read", e);
    }
  }
}
