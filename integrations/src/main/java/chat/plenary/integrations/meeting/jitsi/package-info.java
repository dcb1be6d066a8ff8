/** Jitsi Meet: rooms that are there as soon as somebody goes in, and links that are signed. */
@NullMarked
package chat.plenary.integrations.meeting.jitsi;

import org.jspecify.annotations.NullMarked;
