package chat.plenary.bots.wecom;

import chat.plenary.messaging.Chat;
import chat.plenary.messaging.http.Route;
import chat.plenary.messaging.log.Timers;
import chat.plenary.messaging.store.Store;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;

/** The interface that is compatible with WeChat Work's. */
public final class Wecom {
  private static final String TOKENS = "wecom access tokens";

  private final List<Route> routes;

  private Wecom(List<Route> routes) {
    this.routes = List.copyOf(routes);
  }

  /**
   * Creates indexes.
   *
   * @param publicUrl the server's own address, without a slash at its end
   */
  public static Future<Wecom> open(Chat chat, Store store, Timers timers, String publicUrl) {
    Posting posting = new Posting(chat.messages());
    Entrance entrance = new Entrance(chat.log());
    Pace pace = new Pace(store, chat.clock());
    Robots robots = new Robots(chat, store, pace);
    Applications applications = new Applications(chat, store);
    Sent sent = new Sent(store, chat.clock());
    AccessTokens tokens = new AccessTokens(chat.log().secret(TOKENS), chat.clock());
    List<Route> routes = new ArrayList<>();
    routes.addAll(new RobotRoutes(robots, pace, posting, entrance, publicUrl).routes());
    routes.addAll(new ApplicationRoutes(applications).routes());
    routes.addAll(
        new ServerApi(applications, tokens, new Sending(chat, sent, posting, timers), entrance)
            .routes());
    return robots
        .prepare()
        .compose(v -> applications.prepare())
        .compose(v -> sent.prepare())
        .map(v -> new Wecom(routes));
  }

  /** The endpoints. */
  public List<Route> routes() {
    return routes;
  }
}
