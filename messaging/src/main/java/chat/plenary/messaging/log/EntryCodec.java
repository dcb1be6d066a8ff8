package chat.plenary.messaging.log;

import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.ConversationId;
import java.time.Instant;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonString;

/** How an entry is laid out in the store. */
final class EntryCodec {
  static final String COLLECTION = "entries";

  private EntryCodec() {}

  /** The {@code _id}: in the order of lanes, and in each of numbers. */
  static String id(int lane, long n) {
    // By hand, as one is made for each entry and 64 for each check of the heads.
    char[] id = "00/0000000000000000".toCharArray();
    id[0] = (char) ('0' + lane / 10);
    id[1] = (char) ('0' + lane % 10);
    long rest = n;
    for (int i = id.length - 1; rest != 0; i--) {
      id[i] = Character.forDigit((int) (rest & 0xf), 16);
      rest >>>= 4;
    }
    return new String(id);
  }

  static BsonDocument document(Entry entry, String attempt, String key, String hash) {
    BsonDocument document =
        new BsonDocument("_id", new BsonString(id(entry.lane(), entry.n())))
            .append("l", new BsonInt32(entry.lane()))
            .append("n", new BsonInt64(entry.n()))
            .append("c", new BsonString(entry.conversation().value()))
            .append("seq", new BsonInt64(entry.seq()))
            .append("m", new BsonInt64(entry.m()))
            .append("s", new BsonString(entry.sender().value()))
            .append("r", new BsonString(entry.ref()))
            .append("w", new BsonString(attempt))
            .append("k", new BsonString(key))
            .append("h", new BsonString(hash))
            .append("at", new BsonDateTime(entry.at().toEpochMilli()))
            .append("v", new BsonInt32(entry.version()))
            .append("e", new BsonString(entry.kind()));
    if (entry.body() != null) {
      document.append("body", entry.body());
    }
    return document;
  }

  static Entry entry(BsonDocument document) {
    return new Entry(
        new ConversationId(document.getString("c").getValue()),
        document.getNumber("l").intValue(),
        document.getNumber("n").longValue(),
        document.getNumber("seq").longValue(),
        document.getNumber("m").longValue(),
        new AccountId(document.getString("s").getValue()),
        document.getString("r").getValue(),
        Instant.ofEpochMilli(document.getDateTime("at").getValue()),
        document.getString("e").getValue(),
        document.getNumber("v").intValue(),
        document.get("body") instanceof BsonDocument body ? body : null);
  }

  /** The lane number of a stored entry. */
  static long n(BsonDocument document) {
    return document.getNumber("n").longValue();
  }

  /** The number of a stored entry in its conversation. */
  static long seq(BsonDocument document) {
    return document.getNumber("seq").longValue();
  }

  /** What is answered to whoever waits for a stored entry. */
  static Outcome.Accepted accepted(BsonDocument document) {
    return new Outcome.Accepted(
        document.getNumber("l").intValue(),
        n(document),
        document.getNumber("seq").longValue(),
        document.getNumber("m").longValue(),
        Instant.ofEpochMilli(document.getDateTime("at").getValue()));
  }

  /** The key of a stored entry. */
  static String key(BsonDocument document) {
    return document.getString("k").getValue();
  }
}
