/**
 * The port through which everything durable goes: eight operations with one meaning on a MongoDB
 * replica set, on compatible servers and embedded in this process. Features use these and nothing
 * else. One contract suite holds all adapters to it.
 *
 * <p>Documents are BSON on both sides. Every {@code _id} is a string of at most 512 bytes of UTF-8.
 * There are no transactions, change streams, TTL or text indexes, and retryable writes are not
 * relied on.
 */
@NullMarked
package chat.plenary.messaging.store;

import org.jspecify.annotations.NullMarked;
