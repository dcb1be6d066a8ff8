/** Messages: sending, editing, recalling, their history, and cards that are answered in place. */
@NullMarked
package chat.plenary.messaging.message;

import org.jspecify.annotations.NullMarked;
