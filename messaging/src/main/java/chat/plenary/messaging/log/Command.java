package chat.plenary.messaging.log;

import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.id.Ref;
import org.bson.BsonDocument;

/**
 * What somebody wants to be appended.
 *
 * @param conversation the conversation, which need not exist yet
 * @param sender who asks
 * @param ref the sender's name for it
 * @param kind what it is, such as {@code message.posted}
 * @param version the version of the kind's body
 * @param body the body; not to be changed afterwards
 * @param countable whether it counts as a message (unread numbers)
 * @param path the session whose order is to be kept: commands of one path to one conversation are
 *     appended in the order in which they were given; a fresh random text where no order is asked
 *     for
 */
public record Command(
    ConversationId conversation,
    AccountId sender,
    Ref ref,
    String kind,
    int version,
    BsonDocument body,
    boolean countable,
    String path) {}
