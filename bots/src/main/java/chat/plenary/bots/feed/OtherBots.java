package chat.plenary.bots.feed;

import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.delivery.Signals;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.message.CardAnswer;
import chat.plenary.messaging.message.CardHandler;
import chat.plenary.messaging.message.CardView;
import chat.plenary.messaging.message.PostedCard;
import chat.plenary.messaging.store.StoreException;
import io.vertx.core.Future;
import java.util.Map;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * Takes answers to the cards of bots that run elsewhere: they are durable when the viewer hears of
 * it, and the bot reads them from its feed. A vote is given once; buttons may be pressed again.
 */
final class OtherBots implements CardHandler {
  private final StoredAnswers answers;
  private final Feed feed;
  private final Signals signals;

  OtherBots(StoredAnswers answers, Feed feed, Signals signals) {
    this.answers = answers;
    this.feed = feed;
    this.signals = signals;
  }

  @Override
  public Future<CardView> view(Caller viewer, PostedCard posted, String languages) {
    return answers
        .last(viewer, posted)
        .map(last -> view(posted, last))
        .recover(
            failure ->
                Future.failedFuture(
                    failure instanceof StoreException
                        ? Fault.of(
                            Fault.Code.UNAVAILABLE, "The store does not answer now: try again.")
                        : failure));
  }

  @Override
  public Future<CardView> answer(
      Caller viewer, PostedCard posted, CardAnswer answer, String languages) {
    AnswerCheck.check(posted.card(), answer);
    return answers
        .last(viewer, posted)
        .compose(
            last -> {
              if (last != null
                  && once(posted)
                  && !last.getDocument("x")
                      .getString("ref")
                      .getValue()
                      .equals(answer.ref().value())) {
                throw Fault.of(Fault.Code.CONFLICT, "ref", "You have answered this card already.");
              }
              return answers.add(viewer, posted, answer);
            })
        .map(
            stored -> {
              feed.wake(posted.sender());
              signals.send(
                  new Signals.Signal.Card(posted.conversation(), posted.seq(), viewer.account()));
              return view(posted, stored);
            })
        .recover(
            failure ->
                Future.failedFuture(
                    failure instanceof StoreException
                        ? Fault.of(
                            Fault.Code.UNKNOWN,
                            "It is not known whether this happened: repeat it with the same ref.")
                        : failure));
  }

  private static boolean once(PostedCard posted) {
    return !"button_interaction".equals(posted.card().getString("card_type"));
  }

  private static CardView view(PostedCard posted, @Nullable BsonDocument last) {
    Map<String, java.util.List<String>> selected =
        last == null ? Map.of() : StoredAnswers.selected(last);
    return new CardView(
        last != null && once(posted) ? CardView.State.ANSWERED : CardView.State.OPEN,
        null,
        selected,
        null);
  }
}
