package chat.plenary.messaging.store;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.bson.BsonDocument;

/**
 * The eight operations on durable documents.
 *
 * <p><b>Durability.</b> A write that succeeds is durable before its future completes (MongoDB:
 * majority and journal; embedded: synced to disk).
 *
 * <p><b>Freshness.</b> A read that begins after a write of this handle was acknowledged sees at
 * least what was committed when that write began (MongoDB: a causally consistent session). Reads
 * see only what cannot be rolled back any more.
 *
 * <p><b>Failures.</b> Every operation may fail with {@link StoreException}, whose {@link
 * StoreException.Kind kind} says what is known. Each has a bounded time, after which it fails as
 * {@link StoreException.Kind#UNKNOWN}; a write that failed so may still land later.
 *
 * <p><b>Limits.</b> What is beyond a limit named here, or malformed, fails the future as {@link
 * StoreException.Kind#REFUSED} before anything is written; {@link Arguments} checks them.
 *
 * <p><b>Values.</b> Documents may hold any BSON. Fields that are indexed, compared by preconditions
 * or {@code max}, or queried are null, int32, int64, string, binary, boolean or datetime, and sort
 * in this order: null (a missing field counts as null), integers (int32 and int64 alike, by value),
 * strings (by their bytes of UTF-8), binaries (by length, then subtype, then bytes), false, true,
 * datetimes.
 *
 * <p>Futures complete on the caller's Vert.x context where there is one, else on any thread. No
 * argument may be null. Documents handed over must not be changed by the caller any more.
 */
public interface Store {
  /** Documents in one ordered insert, at the most. */
  int MAX_RUN = 100;

  /** Documents that one {@link #find} returns, at the most. */
  int MAX_FOUND = 1_000;

  /** Bytes of UTF-8 of an {@code _id}, at the most. */
  int MAX_ID = 512;

  /**
   * Bytes of BSON of one insert's documents together, and of any one document after an update, at
   * the most. Below MongoDB's limit of 16 MiB a document, so that a run is always one command.
   */
  int MAX_BYTES = 16_000_000;

  /**
   * Inserts a run in order. Of a run a prefix survives whatever happens: it is one command to one
   * server, it stops at the first document whose {@code _id} or unique key is taken, and nothing
   * goes on after an error.
   *
   * @param collection 1 to 64 of letters, digits and {@code _}
   * @param run 1 to {@value #MAX_RUN} documents, each with a string {@code _id}
   * @return succeeds when all of the run is durable; fails as {@link StoreException.Kind#DUPLICATE}
   *     when the run stopped at a taken key (what stands before it in the run is durable), else as
   *     unknown
   */
  Future<Void> insert(String collection, List<BsonDocument> run);

  /**
   * Reads documents by {@code _id}.
   *
   * @param ids at most {@value #MAX_FOUND}; may be empty
   * @return those that exist, in the order of the ids, each once
   */
  Future<List<BsonDocument>> get(String collection, Collection<String> ids);

  /**
   * Reads a range of an index, in the index's order or its reverse. A range with a bound holds
   * values of the bound's type only (as in MongoDB); one without bounds holds all.
   */
  Future<List<BsonDocument>> find(Query query);

  /**
   * Updates one document, if it exists and fulfils the update's preconditions.
   *
   * @return whether a document matched (it need not have changed); fails as {@link
   *     StoreException.Kind#DUPLICATE} when the changed document would take another's unique key. A
   *     change that the document does not bear (adding to a string, a path through a value that is
   *     no document, a sum beyond 64 bits) changes nothing and fails as refused or unknown
   */
  Future<Boolean> update(String collection, Update update);

  /**
   * Makes several updates, in no order, each atomic by itself; an update that matches nothing is
   * not an error.
   *
   * @param updates at most 1,000; may be empty
   * @return how many matched
   */
  Future<Integer> updateAll(String collection, List<Update> updates);

  /**
   * Deletes documents by {@code _id}; those that do not exist are passed over.
   *
   * @param ids at most {@value #MAX_FOUND}; may be empty
   * @return how many were there
   */
  Future<Integer> delete(String collection, Collection<String> ids);

  /**
   * Creates an ascending index, or does nothing where it exists. To be called before the first
   * document is written to its collection; several nodes may do so at once.
   */
  Future<Void> index(Index index);

  /** Goes to the store and back. The store's own clock, to the millisecond. */
  Future<Instant> ping();

  /** Closes the handle; what is under way may be cut off as unknown. Idempotent. */
  Future<Void> close();
}
