package chat.plenary.messaging.message;

import chat.plenary.messaging.account.Caller;
import io.vertx.core.Future;

/**
 * Takes the answers to the cards of a bot. Answers come here and nowhere else: they are no entries,
 * and nothing but the handler keeps them.
 */
public interface CardHandler {
  /**
   * The card as a viewer sees it.
   *
   * @param viewer a member of the conversation who may see the message
   * @param languages what the viewer reads, as in the header {@code Accept-Language}; may be empty
   */
  Future<CardView> view(Caller viewer, PostedCard posted, String languages);

  /**
   * Takes an answer; the same ref of the same viewer again has the same effect once.
   *
   * @param languages what the viewer reads, as in the header {@code Accept-Language}; may be empty
   * @return what the viewer sees now; fails with a {@link chat.plenary.messaging.fault.Fault} that
   *     names what is wrong
   */
  Future<CardView> answer(Caller viewer, PostedCard posted, CardAnswer answer, String languages);
}
