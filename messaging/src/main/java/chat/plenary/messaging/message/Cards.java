package chat.plenary.messaging.message;

import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.content.Bson;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.ConversationId;
import io.vertx.core.Future;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/** The door between cards and who answers for them: it checks access and finds the handler. */
public final class Cards {
  private final History history;
  private final Map<AccountId, CardHandler> handlers = new ConcurrentHashMap<>();
  private volatile @Nullable CardHandler others;

  public Cards(History history) {
    this.history = history;
  }

  /** The handler of a bot's cards, in this process. */
  public void handle(AccountId bot, CardHandler handler) {
    handlers.put(bot, handler);
  }

  /** The handler of all other bots' cards. */
  public void handleOthers(CardHandler handler) {
    others = handler;
  }

  /** The card of a message as the caller sees it. */
  public Future<CardView> view(Caller caller, ConversationId conversation, long seq) {
    return view(caller, conversation, seq, "");
  }

  /**
   * The card of a message as the caller sees it.
   *
   * @param languages what the caller reads, as in the header {@code Accept-Language}; may be empty
   */
  public Future<CardView> view(
      Caller caller, ConversationId conversation, long seq, String languages) {
    return card(caller, conversation, seq)
        .compose(
            posted -> {
              CardHandler handler = handler(posted.sender());
              return handler == null
                  ? Future.succeededFuture(CardView.open())
                  : handler.view(caller, posted, languages);
            });
  }

  /** Answers the card of a message. */
  public Future<CardView> answer(
      Caller caller, ConversationId conversation, long seq, CardAnswer answer) {
    return answer(caller, conversation, seq, answer, "");
  }

  /**
   * Answers the card of a message.
   *
   * @param languages what the caller reads, as in the header {@code Accept-Language}; may be empty
   */
  public Future<CardView> answer(
      Caller caller, ConversationId conversation, long seq, CardAnswer answer, String languages) {
    return card(caller, conversation, seq)
        .compose(
            posted -> {
              CardHandler handler = handler(posted.sender());
              return handler == null
                  ? Future.failedFuture(
                      Fault.of(Fault.Code.GONE, "Nobody takes answers to this card any more."))
                  : handler.answer(caller, posted, answer, languages);
            });
  }

  private Future<PostedCard> card(Caller caller, ConversationId conversation, long seq) {
    return history
        .message(caller, conversation, seq)
        .map(
            message -> {
              BsonDocument body = message.body();
              if (body == null) {
                throw Fault.of(Fault.Code.GONE, "The message was recalled.");
              }
              if (!(body.get("card") instanceof BsonDocument card)) {
                throw Fault.notFound("card");
              }
              return new PostedCard(conversation, seq, message.entry().sender(), Bson.json(card));
            });
  }

  private @Nullable CardHandler handler(AccountId sender) {
    return handlers.getOrDefault(sender, others);
  }
}
