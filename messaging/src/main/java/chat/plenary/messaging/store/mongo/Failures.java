package chat.plenary.messaging.store.mongo;

import chat.plenary.messaging.store.StoreException;
import chat.plenary.messaging.store.StoreException.Kind;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.MongoSecurityException;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * What the server's answers and the driver's exceptions mean to the port. Concluded from codes
 * alone, never from wording. A server's text is not passed on either: it holds the keys and at
 * times the documents that it is about.
 */
final class Failures {
  private static final int DUPLICATE_KEY = 11_000;
  private static final int INDEX_OPTIONS_CONFLICT = 85;
  private static final int INDEX_KEY_SPECS_CONFLICT = 86;
  private static final int COMMAND_NOT_FOUND = 59;

  private Failures() {}

  /**
   * The failure that an acknowledged write's answer tells of, or null when all went well.
   *
   * <p>A duplicate is a duplicate only where the answer is durable: without the majority's word
   * what stands before it in the run may still be rolled back, as may whatever took the key.
   */
  static @Nullable StoreException ofWrite(String collection, BsonDocument answer) {
    var errors = answer.getArray("writeErrors", new BsonArray());
    var unacknowledged = answer.get("writeConcernError");
    if (unacknowledged != null) {
      return unknown(
          "the majority did not confirm a write of " + collection + code(unacknowledged), null);
    }
    StoreException found = null;
    for (var error : errors) {
      var code = error.asDocument().getNumber("code").intValue();
      if (code != DUPLICATE_KEY) {
        return unknown("a write of " + collection + " failed with code " + code, null);
      }
      found = duplicate(collection);
    }
    return found;
  }

  /** An exception of the driver in the port's words. */
  static StoreException of(String collection, Throwable failure) {
    if (failure instanceof StoreException known) {
      return known;
    }
    if (failure instanceof MongoCommandException answered) {
      return switch (answered.getErrorCode()) {
        case DUPLICATE_KEY -> duplicate(collection);
        case INDEX_OPTIONS_CONFLICT, INDEX_KEY_SPECS_CONFLICT ->
            new StoreException(
                Kind.REFUSED, "an index of " + collection + " exists in another form", null);
        default ->
            unknown(
                "the server failed with code %d %s on %s"
                    .formatted(answered.getErrorCode(), answered.getErrorCodeName(), collection),
                null);
      };
    }
    // Socket errors, time-outs, no primary: these name servers and times, no data.
    if (failure instanceof MongoException) {
      return unknown("the server was not reached: " + failure.getMessage(), failure);
    }
    return unknown("failed: " + failure, failure);
  }

  /** Why a store could not be opened. Credentials that are not accepted stay so. */
  static StoreException ofOpening(Throwable failure) {
    if (failure instanceof MongoSecurityException) {
      return new StoreException(
          Kind.REFUSED, "the MongoDB server does not accept the credentials of the URI", null);
    }
    return of("the server's description", failure);
  }

  static boolean isUnknownCommand(Throwable failure) {
    return failure instanceof MongoCommandException answered
        && answered.getErrorCode() == COMMAND_NOT_FOUND;
  }

  static StoreException unknown(String message, @Nullable Throwable cause) {
    return new StoreException(Kind.UNKNOWN, message, cause);
  }

  private static StoreException duplicate(String collection) {
    return new StoreException(Kind.DUPLICATE, "a unique key of " + collection + " is taken", null);
  }

  private static String code(BsonValue error) {
    return error.isDocument() && error.asDocument().containsKey("code")
        ? " (code " + error.asDocument().getNumber("code").intValue() + ")"
        : "";
  }
}
