/**
 * The one expected failure: what a caller did or asked that cannot be done, told so that a person
 * can mend it.
 */
@NullMarked
package chat.plenary.messaging.fault;

import org.jspecify.annotations.NullMarked;
