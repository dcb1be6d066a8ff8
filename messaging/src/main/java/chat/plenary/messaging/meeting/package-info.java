/**
 * Meetings of groups: what a group agreed on, the door to services that hold them, and what these
 * tell. Providers are in other modules.
 */
@NullMarked
package chat.plenary.messaging.meeting;

import org.jspecify.annotations.NullMarked;
