package chat.plenary.messaging.search;

import chat.plenary.messaging.content.Bson;
import chat.plenary.messaging.content.MessageBody;
import chat.plenary.messaging.conversation.Kinds;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.log.Entry;
import chat.plenary.messaging.log.Log;
import chat.plenary.messaging.store.Store;
import chat.plenary.messaging.store.StoreException;
import chat.plenary.messaging.store.Update;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.BsonBinary;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * The signatures of segments in the store: collection {@code search}. Whoever needs one first makes
 * it; all nodes make the same, so it does not matter who.
 */
final class Signatures {
  static final String COLLECTION = "search";

  /** Entries of a segment. */
  static final int SIZE = 256;

  /** Raised when texts are folded, cut or hashed in another way: then all are made anew. */
  private static final int VERSION = 1;

  private static final int MESSAGES = 1;
  private static final int CAPTIONS = 2;

  private final Store store;
  private final Log log;
  private final byte[] key;

  Signatures(Store store, Log log, byte[] key) {
    this.store = store;
    this.log = log;
    this.key = key.clone();
  }

  /**
   * What is known of a segment.
   *
   * @param kinds which kinds of messages it has, as bits
   * @param edits whether it has edits: then times of others are told by it too
   * @param first the earliest time of its entries, in milliseconds since 1970
   * @param last the latest
   */
  record Row(Signature signature, int kinds, boolean edits, long first, long last) {
    /** Whether something may be found in the segment. */
    boolean mayHave(Collection<Long> hashes, Search.Narrowed narrowed) {
      boolean kind =
          switch (narrowed.kinds()) {
            case ALL -> true;
            case MESSAGES -> (kinds & MESSAGES) != 0;
            case CAPTIONS -> (kinds & CAPTIONS) != 0;
          };
      boolean time = edits || (last >= narrowed.since() && first < narrowed.until());
      return kind && time && signature.mayHave(hashes);
    }
  }

  /** The segment of an entry. */
  static long segment(long seq) {
    return (seq - 1) / SIZE;
  }

  static long first(long segment) {
    return segment * SIZE + 1;
  }

  static long last(long segment) {
    return (segment + 1) * SIZE;
  }

  static String id(ConversationId conversation, long segment) {
    return conversation.value() + "/" + String.format("%016x", segment);
  }

  /** The hashes of grams, to ask signatures for. */
  Set<Long> hashes(Collection<String> grams) {
    Signature.Hash hash = new Signature.Hash(key);
    Set<Long> hashes = new HashSet<>();
    grams.forEach(gram -> hashes.add(hash.of(gram)));
    return hashes;
  }

  /** Those of some segments that were made, by segment. */
  Future<Map<Long, Row>> get(ConversationId conversation, List<Long> segments) {
    return store
        .get(COLLECTION, segments.stream().map(one -> id(conversation, one)).toList())
        .map(
            found -> {
              Map<Long, Row> rows = new HashMap<>();
              for (BsonDocument one : found) {
                if (Bson.number(one, "v", 0) == VERSION) {
                  String id = one.getString("_id").getValue();
                  rows.put(Long.parseLong(id.substring(id.indexOf('/') + 1), 16), row(one));
                }
              }
              return rows;
            });
  }

  private static Row row(BsonDocument row) {
    return new Row(
        Signature.of(row.getBinary("b").getData()),
        (int) Bson.number(row, "k", 0),
        Bson.flag(row, "e"),
        row.getDateTime("f").getValue(),
        row.getDateTime("t").getValue());
  }

  /**
   * Makes the signature of a segment. It takes some milliseconds.
   *
   * @param entries all entries of the segment
   */
  Row make(List<Entry> entries) {
    Set<String> grams = new HashSet<>();
    int kinds = 0;
    boolean edits = false;
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    for (Entry entry : entries) {
      first = Math.min(first, entry.at().toEpochMilli());
      last = Math.max(last, entry.at().toEpochMilli());
      edits |= entry.kind().equals(Kinds.EDITED);
      BsonDocument body = body(entry);
      if (body != null) {
        kinds |= MessageBody.isCaption(body) ? CAPTIONS : MESSAGES;
        Said.all(body).forEach(said -> Grams.of(Folded.of(said.text()).text(), grams::add));
      }
    }
    return new Row(Signature.of(hashes(grams)), kinds, edits, first, last);
  }

  /** What an entry itself makes a message say; null where it says nothing. */
  static @Nullable BsonDocument body(Entry entry) {
    BsonDocument body = entry.body();
    if (body == null) {
      return null;
    }
    return switch (entry.kind()) {
      case Kinds.POSTED -> body;
      case Kinds.EDITED -> body.get("body") instanceof BsonDocument edit ? edit : null;
      default -> null;
    };
  }

  /**
   * Keeps a signature; that of another node, made meanwhile, is as good. When it stands the entries
   * are read again: a recall that took a body since they were read may have looked for signatures
   * before this one was there. One that takes a body later finds it.
   *
   * @param entries of which it was made
   */
  Future<Void> keep(ConversationId conversation, long segment, Row row, List<Entry> entries) {
    String id = id(conversation, segment);
    return write(id, row)
        .compose(v -> log.read(conversation, first(segment), last(segment), SIZE))
        .compose(
            now ->
                saying(now) == saying(entries)
                    ? Future.succeededFuture()
                    : store.delete(COLLECTION, List.of(id)).mapEmpty());
  }

  /** How many entries say something; they only ever lose it. */
  private static long saying(List<Entry> entries) {
    return entries.stream().filter(entry -> entry.body() != null).count();
  }

  /** Deletes the signatures of the segments that some entries are in. */
  Future<Void> forget(ConversationId conversation, List<Long> seqs) {
    Set<String> ids = new HashSet<>();
    seqs.forEach(seq -> ids.add(id(conversation, segment(seq))));
    return store.delete(COLLECTION, ids).mapEmpty();
  }

  private Future<Void> write(String id, Row row) {
    BsonDocument fields =
        new BsonDocument("v", new BsonInt32(VERSION))
            .append("k", new BsonInt32(row.kinds()))
            .append("e", BsonBoolean.valueOf(row.edits()))
            .append("f", new BsonDateTime(row.first()))
            .append("t", new BsonDateTime(row.last()))
            .append("b", new BsonBinary(row.signature().bytes()));
    BsonDocument document = new BsonDocument("_id", new BsonString(id));
    document.putAll(fields);
    return store
        .insert(COLLECTION, List.of(document))
        .recover(
            failure ->
                StoreException.isDuplicate(failure)
                    ? store.update(COLLECTION, replaced(id, fields)).mapEmpty()
                    : Future.failedFuture(failure));
  }

  /** One of another version is replaced. */
  private static Update replaced(String id, BsonDocument fields) {
    Update update = Update.of(id);
    for (Map.Entry<String, BsonValue> field : new ArrayList<>(fields.entrySet())) {
      update = update.set(field.getKey(), field.getValue());
    }
    return update;
  }
}
