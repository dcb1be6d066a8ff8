package chat.plenary.bots.wecom;

import chat.plenary.messaging.account.Account;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.fault.Input;
import chat.plenary.messaging.http.Request;
import chat.plenary.messaging.http.Response;
import chat.plenary.messaging.http.Route;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.id.Ref;
import chat.plenary.messaging.log.Outcome;
import chat.plenary.messaging.store.StoreException;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** The endpoints of robots: those who make them, and what is sent by their keys. */
final class RobotRoutes {
  static final String WEBHOOK = "/cgi-bin/webhook/send";

  private static final String ROBOTS = "/api/v1/conversations/{id}/robots";
  private static final JsonObject MADE =
      Schemas.object(
          "id", Schemas.TEXT, "name", Schemas.TEXT, "key", Schemas.TEXT, "webhook", Schemas.TEXT);

  private final Robots robots;
  private final Pace pace;
  private final Posting posting;
  private final Entrance entrance;
  private final String publicUrl;

  RobotRoutes(Robots robots, Pace pace, Posting posting, Entrance entrance, String publicUrl) {
    this.robots = robots;
    this.pace = pace;
    this.posting = posting;
    this.entrance = entrance;
    this.publicUrl = publicUrl;
  }

  List<Route> routes() {
    return List.of(
        new Route(
                HttpMethod.GET,
                ROBOTS,
                Route.Access.MEMBER,
                "A page of a group's robots, without their keys, for who administers the group.",
                null,
                Schemas.object("robots", Schemas.LIST, "next", Schemas.NEXT),
                told(this::list))
            .text("after", "The next of the page before.")
            .number("limit", "How many at the most; 20 unless given.", 1, Robots.MOST),
        new Route(
            HttpMethod.POST,
            ROBOTS,
            Route.Access.MEMBER,
            "Makes a robot: an address at which others post into the group. Its key is told once.",
            Schemas.object("name", Schemas.TEXT),
            MADE,
            told(this::make)),
        new Route(
            HttpMethod.POST,
            ROBOTS + "/{robot}/key",
            Route.Access.MEMBER,
            "Gives a robot a new key, which ends the one before.",
            null,
            MADE,
            told(this::newKey)),
        new Route(
            HttpMethod.DELETE,
            ROBOTS + "/{robot}",
            Route.Access.MEMBER,
            "Removes a robot; what it said stays.",
            null,
            null,
            told(this::remove)),
        new Route(
                HttpMethod.POST,
                WEBHOOK,
                Route.Access.PUBLIC,
                "Posts into the group of a robot, compatible with WeChat Work's group robots.",
                Schemas.object("msgtype", Schemas.TEXT),
                Schemas.answer(),
                entrance.guard(this::send))
            .text("key", "The robot's key.")
            .speaking(Entrance::told));
  }

  private Future<Response> make(Request request) {
    ConversationId group = group(request);
    Input body = request.body();
    String name = body.parsed("name", 4 * Account.MAX_NAME, Account::name);
    body.end();
    return robots.make(request.caller(), group, name).map(made -> Response.json(201, json(made)));
  }

  private Future<Response> newKey(Request request) {
    return robots
        .newKey(request.caller(), group(request), robot(request))
        .map(made -> Response.json(json(made)));
  }

  private Future<Response> remove(Request request) {
    return robots
        .remove(request.caller(), group(request), robot(request))
        .map(v -> Response.empty());
  }

  private Future<Response> list(Request request) {
    int limit = (int) request.query("limit", 1, Robots.MOST, Robots.MOST);
    int after = (int) request.query("after", 0, Robots.MOST, -1);
    return robots
        .list(request.caller(), group(request), after, limit)
        .map(
            page -> {
              JsonArray all = new JsonArray();
              page.forEach(seen -> all.add(json(seen.robot()).put("active", seen.active())));
              String next =
                  page.size() < limit
                      ? null
                      : "" + Places.place(page.get(page.size() - 1).robot().id());
              return Response.json(new JsonObject().put("robots", all).put("next", next));
            });
  }

  private Future<Response> send(Request request) {
    return robots
        .find(request.query("key"))
        .compose(
            speaking -> {
              var body = Bodies.robot(Fields.of(request.bytes()), new Mentions(speaking::member));
              Robot robot = speaking.robot();
              return pace.take(robot)
                  .compose(
                      v ->
                          posting.post(
                              robot.caller(),
                              robot.group(),
                              new Ref(UUID.randomUUID().toString()),
                              body));
            })
        .map(RobotRoutes::sent);
  }

  private static Response sent(Outcome outcome) {
    if (outcome instanceof Outcome.Accepted) {
      return Entrance.ok();
    }
    // It was taken out of the group just now.
    boolean gone =
        outcome instanceof Outcome.Refused refused && refused.why().code() == Fault.Code.NOT_FOUND;
    throw Refusal.of(gone ? Errcode.WEBHOOK : Errcode.BUSY);
  }

  private JsonObject json(Robots.Made made) {
    String key = made.key().text();
    return json(made.robot()).put("key", key).put("webhook", publicUrl + WEBHOOK + "?key=" + key);
  }

  private static JsonObject json(Robot robot) {
    return new JsonObject()
        .put("id", robot.account().value())
        .put("name", robot.name())
        .put("madeBy", robot.by().value())
        .put("madeAt", robot.at().toString());
  }

  private static ConversationId group(Request request) {
    String id = request.parameter("id");
    if (!ConversationId.isValid(id)) {
      throw Fault.notFound("conversation");
    }
    return new ConversationId(id);
  }

  private static AccountId robot(Request request) {
    String id = request.parameter("robot");
    if (!AccountId.isValid(id)) {
      throw Fault.notFound("robot");
    }
    return new AccountId(id);
  }

  /** What is not known is told as that. */
  static Function<Request, Future<Response>> told(Function<Request, Future<Response>> endpoint) {
    return request ->
        endpoint
            .apply(request)
            .recover(
                failure ->
                    Future.failedFuture(
                        failure instanceof StoreException
                            ? Fault.of(Fault.Code.UNKNOWN, "The store did not answer: look again.")
                            : failure));
  }
}
