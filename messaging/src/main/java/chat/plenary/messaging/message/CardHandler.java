package chat.plenary.messaging.message;

import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.id.ConversationId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/**
 * Takes the answers to the cards of a bot. Answers come here and nowhere else: they are no entries,
 * and nothing but the handler keeps them.
 */
public interface CardHandler {
  /**
   * The card as a viewer sees it.
   *
   * @param viewer a member of the conversation who may see the message
   * @param seq the message that holds the card
   * @param card the card as it was posted, or as its last edit left it
   */
  Future<CardView> view(Caller viewer, ConversationId conversation, long seq, JsonObject card);

  /**
   * Takes an answer; the same ref of the same viewer again has the same effect once.
   *
   * @return what the viewer sees now; fails with a {@link chat.plenary.messaging.fault.Fault} that
   *     names what is wrong
   */
  Future<CardView> answer(
      Caller viewer, ConversationId conversation, long seq, JsonObject card, CardAnswer answer);
}
