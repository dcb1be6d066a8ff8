package chat.plenary.messaging.gateway;

import chat.plenary.messaging.Chat;
import chat.plenary.messaging.http.Problem;
import chat.plenary.messaging.http.Route;
import chat.plenary.messaging.sync.Sync;
import java.util.ArrayList;
import java.util.List;

/** All endpoints of messaging. */
final class Endpoints {
  private Endpoints() {}

  /**
   * The endpoints over an open chat.
   *
   * @param secure whether browsers reach the server by https alone
   */
  static List<Route> of(Chat chat, Gateway.ServerInfo server, boolean secure) {
    AccountRoutes.About about =
        new AccountRoutes.About(
            server.version(), server.demo(), secure, chat.accounts().sessionIdle());
    List<Route> routes =
        new ArrayList<>(
            new AccountRoutes(
                    chat.accounts(),
                    chat.organisations(),
                    about,
                    fault -> Problem.of(fault).toJson())
                .routes());
    routes.addAll(new ConversationRoutes(chat).routes());
    routes.addAll(new MessageRoutes(chat).routes());
    routes.addAll(new MeetingRoutes(chat).routes());
    routes.addAll(new SearchRoutes(chat).routes());
    Sync sync = new Sync(chat.log(), chat.inbox(), chat.history());
    routes.addAll(new SyncRoutes(sync).routes());
    return List.copyOf(routes);
  }
}
