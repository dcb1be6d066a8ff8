package chat.plenary.messaging.log;

import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.ConversationId;
import java.time.Instant;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a conversation, as it stands in the log. It never changes, save by losing a recalled
 * body.
 *
 * @param conversation the conversation
 * @param lane the lane, 0 to 63
 * @param n the dense number in the lane, from 1
 * @param seq the dense number in the conversation, from 1
 * @param m how many countable messages the conversation has up to and with this entry
 * @param sender who appended it
 * @param ref the sender's name for it; 1 to 64 bytes
 * @param at when it was numbered, by the clock of the node that did so, to the millisecond; order
 *     is told by seq alone
 * @param kind what it is, such as {@code message.posted}
 * @param version the version of the kind's body, from 1
 * @param body the body; null once it was recalled or its retention ended; not to be changed
 */
public record Entry(
    ConversationId conversation,
    int lane,
    long n,
    long seq,
    long m,
    AccountId sender,
    String ref,
    Instant at,
    String kind,
    int version,
    @Nullable BsonDocument body) {}
