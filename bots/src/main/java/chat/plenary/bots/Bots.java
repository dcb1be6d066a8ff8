package chat.plenary.bots;

import chat.plenary.bots.feed.Feed;
import chat.plenary.bots.survey.Surveys;
import chat.plenary.bots.un75.Un75;
import chat.plenary.bots.wecom.Wecom;
import chat.plenary.messaging.Chat;
import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.http.Route;
import chat.plenary.messaging.log.Timers;
import chat.plenary.messaging.message.CardAnswer;
import chat.plenary.messaging.message.CardHandler;
import chat.plenary.messaging.message.CardView;
import chat.plenary.messaging.message.PostedCard;
import chat.plenary.messaging.store.Store;
import chat.plenary.messaging.store.StoreException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Bots of this server, and what bots elsewhere need of it. */
public final class Bots {
  private final Surveys surveys;
  private final Feed feed;
  private final Wecom wecom;

  private Bots(Surveys surveys, Feed feed, Wecom wecom) {
    this.surveys = surveys;
    this.feed = feed;
    this.wecom = wecom;
  }

  /**
   * What is configured.
   *
   * @param demo whether results are shown from the first answer in steps of 1, which results say
   * @param publicUrl the server's own address, without a slash at its end
   * @param definitions survey definitions by the name of their file
   */
  public record Options(boolean demo, String publicUrl, Map<String, JsonObject> definitions) {
    public Options {
      definitions = Map.copyOf(definitions);
    }

    /** With the UN75 survey. */
    public Options(boolean demo, String publicUrl) {
      this(demo, publicUrl, Map.of(Un75.FILE, Un75.definition()));
    }
  }

  /**
   * Opens the bots over a chat that was opened and not yet started.
   *
   * @return fails with a {@link chat.plenary.messaging.fault.Fault} that names the place where a
   *     definition is wrong
   */
  public static Future<Bots> open(
      Vertx vertx, Chat chat, Store store, Timers timers, Options options) {
    return Future.<Void>succeededFuture()
        .compose(v -> Surveys.open(chat, store, timers, options.demo(), options.definitions()))
        .compose(
            surveys ->
                Feed.open(chat, store, timers)
                    .compose(
                        feed -> {
                          chat.cards().handleOthers(new ByBot(surveys, feed.others()));
                          return Wecom.open(chat, store, timers, options.publicUrl())
                              .map(wecom -> new Bots(surveys, feed, wecom));
                        }));
  }

  /** The endpoints of surveys, of the feed, and those compatible with WeChat Work's. */
  public List<Route> routes() {
    List<Route> all = new ArrayList<>(surveys.routes());
    all.addAll(feed.routes());
    all.addAll(wecom.routes());
    return all;
  }

  /** Surveys, for whoever sets one up other than by the protocol (demo data). */
  public Surveys surveys() {
    return surveys;
  }

  /** Lets go of whoever waits for a feed, and stops counting. */
  public Future<Void> close() {
    surveys.close();
    feed.close();
    return Future.succeededFuture();
  }

  /** A card is answered by the survey whose bot posted it, else kept for a bot elsewhere. */
  private record ByBot(Surveys surveys, CardHandler others) implements CardHandler {
    @Override
    public Future<CardView> view(Caller viewer, PostedCard posted, String languages) {
      return handler(posted).compose(found -> found.view(viewer, posted, languages));
    }

    @Override
    public Future<CardView> answer(
        Caller viewer, PostedCard posted, CardAnswer answer, String languages) {
      return handler(posted).compose(found -> found.answer(viewer, posted, answer, languages));
    }

    private Future<CardHandler> handler(PostedCard posted) {
      return surveys
          .asks(posted.sender())
          .map(asks -> asks ? surveys.handler() : others)
          .recover(
              failure ->
                  Future.failedFuture(
                      failure instanceof StoreException
                          ? Fault.of(
                              Fault.Code.UNAVAILABLE, "The store does not answer now: try again.")
                          : failure));
    }
  }
}
