package chat.plenary.messaging.message;

import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.ConversationId;
import io.vertx.core.json.JsonObject;

/**
 * A card as it stands in a conversation.
 *
 * @param conversation where it is
 * @param seq the message that holds it
 * @param sender who posted it
 * @param card the card as it was posted, or as its last edit left it
 */
public record PostedCard(
    ConversationId conversation, long seq, AccountId sender, JsonObject card) {}
