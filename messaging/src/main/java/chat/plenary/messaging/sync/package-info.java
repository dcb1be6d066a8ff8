/** Everything that changed for an account since a cursor, on any node. */
@NullMarked
package chat.plenary.messaging.sync;

import org.jspecify.annotations.NullMarked;
