/**
 * Live sessions and what is sent to them: entries as this node applies them, each encoded once, and
 * signals without numbers, which may be lost.
 */
@NullMarked
package chat.plenary.messaging.delivery;

import org.jspecify.annotations.NullMarked;
