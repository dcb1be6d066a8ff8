/** The chat core. {@link chat.plenary.messaging.Chat} opens it. */
@NullMarked
package chat.plenary.messaging;

import org.jspecify.annotations.NullMarked;
