/**
 * The log: lanes of entries, how they are appended, followed and kept fresh, and who listens to
 * them. It knows nothing of what the entries are about; a {@link
 * chat.plenary.messaging.log.Machine} judges and folds them.
 *
 * <p>Collection {@code entries}: {@code _id} (lane/n in fixed width), {@code l}, {@code n}, {@code
 * c} conversation, {@code seq}, {@code m}, {@code s} sender, {@code r} ref, {@code w} attempt,
 * {@code k} key, {@code h} keyed hash of the body, {@code at}, {@code v} version, {@code e} kind,
 * {@code body}. Unique (l, k); index (c, seq).
 */
@NullMarked
package chat.plenary.messaging.log;

import org.jspecify.annotations.NullMarked;
