/**
 * What a bot outside this process must not miss: entries and answers, durable and readable again.
 */
@NullMarked
package chat.plenary.bots.feed;

import org.jspecify.annotations.NullMarked;
