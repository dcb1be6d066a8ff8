/**
 * Groups and direct conversations: what they are after every entry, who may see and do what ({@link
 * chat.plenary.messaging.conversation.Access}, the one door), and the rows kept of them.
 *
 * <p>Rows, each true up to a number it carries: {@code conversations} (one a conversation), {@code
 * members} (one a conversation and account; also the reading position), {@code marks} (one an
 * edited or recalled message). They are written by a durable listener, {@link
 * chat.plenary.messaging.conversation.Projection}; whoever reads them adds what the log has beyond.
 */
@NullMarked
package chat.plenary.messaging.conversation;

import org.jspecify.annotations.NullMarked;
