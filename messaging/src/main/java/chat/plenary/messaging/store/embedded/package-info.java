/**
 * The store in this process, on one disk: RocksDB behind the {@link
 * chat.plenary.messaging.store.Store port}.
 *
 * <p>A directory holds {@code db/} (RocksDB's files), {@code witness} and {@code lock}. All keys
 * are in one column family, so that one flush covers whatever was committed together:
 *
 * <pre>
 * 0 name                                        what the store notes of itself: format, number, catalogue
 * 1 collection(4) _id                           a document, as BSON
 * 2 index(4) value...                           an entry of a unique index; its value is the _id
 * 2 index(4) value... _id length-of-id(2)       an entry of another index
 * </pre>
 *
 * <p>A write goes caller, {@link Writer}'s judging thread (is the key free, does the precondition
 * hold, against what is stored and what is on its way), its committing thread (one synced batch for
 * all that waited, then the {@link Witness}), caller. A read goes to one of a few reading threads.
 */
@NullMarked
package chat.plenary.messaging.store.embedded;

import org.jspecify.annotations.NullMarked;
