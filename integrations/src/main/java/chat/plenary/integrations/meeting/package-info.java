/** The services that hold meetings, behind the door of messaging, and what they post to us. */
@NullMarked
package chat.plenary.integrations.meeting;

import org.jspecify.annotations.NullMarked;
