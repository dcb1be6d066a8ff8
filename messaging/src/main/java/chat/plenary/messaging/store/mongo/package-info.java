/**
 * The store on a MongoDB replica set, or on a server that speaks its protocol: the {@link
 * chat.plenary.messaging.store.Store port} by the reactive-streams driver.
 *
 * <p>Writes are sent as whole commands and their answers are read here, since the driver may split
 * or repeat what it is asked to write by its own methods, and a run must be one command to one
 * server. Reads go by the driver's {@code find}, in a session that carries the newest time that was
 * acknowledged ({@link Causality}), with read concern majority, from the primary.
 */
@NullMarked
package chat.plenary.messaging.store.mongo;

import org.jspecify.annotations.NullMarked;
