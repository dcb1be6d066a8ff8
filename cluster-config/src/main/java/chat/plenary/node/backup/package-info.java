/**
 * Copies of the data folder of a node with the embedded store, and putting them back.
 *
 * <p>A node that runs makes a snapshot in its own folder when it is asked to by the socket there
 * ({@link chat.plenary.node.backup.SnapshotServer}), and nothing else: the command copies it, with
 * the rights of whoever typed it. A store that nobody has open is copied as it is.
 */
@NullMarked
package chat.plenary.node.backup;

import org.jspecify.annotations.NullMarked;
