package chat.plenary.bots.wecom;

import chat.plenary.messaging.Chat;
import chat.plenary.messaging.http.Route;
import chat.plenary.messaging.store.Store;
import io.vertx.core.Future;
import java.util.List;

/** The interface that is compatible with WeChat Work's. */
public final class Wecom {
  private final List<Route> routes;

  private Wecom(List<Route> routes) {
    this.routes = List.copyOf(routes);
  }

  /**
   * Creates indexes.
   *
   * @param publicUrl the server's own address, without a slash at its end
   */
  public static Future<Wecom> open(Chat chat, Store store, String publicUrl) {
    Posting posting = new Posting(chat.messages());
    Entrance entrance = new Entrance(chat.log());
    Pace pace = new Pace(store, chat.clock());
    Robots robots = new Robots(chat, store, pace);
    RobotRoutes routes = new RobotRoutes(robots, pace, posting, entrance, publicUrl);
    return robots.prepare().map(v -> new Wecom(routes.routes()));
  }

  /** The endpoints. */
  public List<Route> routes() {
    return routes;
  }
}
