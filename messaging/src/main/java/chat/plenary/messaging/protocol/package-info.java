/** The frames of the live connection: what clients send and what the server sends. */
@NullMarked
package chat.plenary.messaging.protocol;

import org.jspecify.annotations.NullMarked;
