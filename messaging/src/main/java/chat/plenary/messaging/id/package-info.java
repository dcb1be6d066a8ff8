/** Typed ids, valid from birth. A leaf: it knows nothing else of Plenary. */
@NullMarked
package chat.plenary.messaging.id;

import org.jspecify.annotations.NullMarked;
