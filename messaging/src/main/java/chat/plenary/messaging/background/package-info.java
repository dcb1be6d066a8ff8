/** Work that computes for long, on threads of its own and off the event loops. */
@NullMarked
package chat.plenary.messaging.background;

import org.jspecify.annotations.NullMarked;
