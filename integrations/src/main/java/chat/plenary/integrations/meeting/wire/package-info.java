/**
 * What the providers of meetings share: calls through Camel with a throttle and a circuit breaker,
 * signatures, tokens, rooms that are names, and what a webhook is.
 */
@NullMarked
package chat.plenary.integrations.meeting.wire;

import org.jspecify.annotations.NullMarked;
