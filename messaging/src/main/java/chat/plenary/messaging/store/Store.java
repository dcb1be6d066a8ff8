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
 * <p>Futures complete on the caller's Vert.x context where there is one, else on any thread. No
 * argument may be null.
 */
public interface Store {
  /** Documents in one ordered insert, at the most. */
  int MAX_RUN = 100;

  /** Documents that one {@link #find} returns, at the most. */
  int MAX_FOUND = 1_000;

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

  /** Reads a range of an index, in the index's order or its reverse. */
  Future<List<BsonDocument>> find(Query query);

  /**
   * Updates one document, if it exists and fulfils the update's preconditions.
   *
   * @return whether a document matched (it need not have changed)
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
