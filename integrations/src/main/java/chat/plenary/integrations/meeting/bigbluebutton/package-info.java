/** BigBlueButton: its API with a checksum, and the hooks of bbb-webhooks. */
@NullMarked
package chat.plenary.integrations.meeting.bigbluebutton;

import org.jspecify.annotations.NullMarked;
