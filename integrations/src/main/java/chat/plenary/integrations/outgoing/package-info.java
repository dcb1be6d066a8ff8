/**
 * Calls to services of others, as steps of Camel routes: bounded answers, in time, or a {@link
 * chat.plenary.integrations.outgoing.LostCall}.
 */
@NullMarked
package chat.plenary.integrations.outgoing;

import org.jspecify.annotations.NullMarked;
