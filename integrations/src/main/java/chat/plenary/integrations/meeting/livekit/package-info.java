/** LiveKit: tokens for its rooms, its room service, and its webhooks. */
@NullMarked
package chat.plenary.integrations.meeting.livekit;

import org.jspecify.annotations.NullMarked;
