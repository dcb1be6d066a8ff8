package chat.plenary.bots.wecom;

import chat.plenary.messaging.account.Account;
import chat.plenary.messaging.http.Request;
import chat.plenary.messaging.http.Response;
import chat.plenary.messaging.http.Route;
import chat.plenary.messaging.id.OrganisationId;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The endpoints that programs of applications call. */
final class ServerApi {
  private static final String TOKEN = "access_token";
  private static final JsonObject MESSAGE =
      Schemas.object("msgtype", Schemas.TEXT, "agentid", Schemas.NUMBER);

  private final Applications applications;
  private final AccessTokens tokens;
  private final Sending sending;
  private final Entrance entrance;

  ServerApi(Applications applications, AccessTokens tokens, Sending sending, Entrance entrance) {
    this.applications = applications;
    this.tokens = tokens;
    this.sending = sending;
    this.entrance = entrance;
  }

  List<Route> routes() {
    JsonObject answer =
        Schemas.answer(
            "invaliduser",
            Schemas.TEXT,
            "invalidparty",
            Schemas.TEXT,
            "invalidtag",
            Schemas.TEXT,
            "unlicenseduser",
            Schemas.TEXT,
            "msgid",
            Schemas.TEXT,
            "response_code",
            Schemas.TEXT);
    return List.of(
        getToken(HttpMethod.GET),
        getToken(HttpMethod.POST),
        authorised(
            HttpMethod.POST,
            "/cgi-bin/message/send",
            "Sends a message of an application to members, compatible with WeChat Work's.",
            MESSAGE,
            answer,
            (application, request) ->
                sending.send(application, Fields.of(request.bytes())).map(Entrance::ok)),
        authorised(
            HttpMethod.POST,
            "/cgi-bin/message/recall",
            "Takes back a message that the application sent in the last 24 hours.",
            Schemas.object("msgid", Schemas.TEXT),
            Schemas.answer(),
            (application, request) ->
                sending
                    .recall(application.application(), Fields.of(request.bytes()))
                    .map(v -> Entrance.ok())),
        authorised(
                HttpMethod.GET,
                "/cgi-bin/agent/get",
                "Tells an application of itself.",
                null,
                Schemas.answer("agentid", Schemas.NUMBER, "name", Schemas.TEXT),
                ServerApi::agent)
            .text("agentid", "The application's number."));
  }

  private Route getToken(HttpMethod method) {
    return new Route(
            method,
            "/cgi-bin/gettoken",
            Route.Access.PUBLIC,
            "Gives an application an access token for its secret.",
            null,
            Schemas.answer(TOKEN, Schemas.TEXT, "expires_in", Schemas.NUMBER),
            entrance.guard(this::token))
        .text("corpid", "The organisation's id.")
        .text("corpsecret", "The application's secret.")
        .speaking(Entrance::told);
  }

  private Future<Response> token(Request request) {
    String corpid = asked(request, "corpid", Errcode.NO_CORPID);
    String secret = asked(request, "corpsecret", Errcode.NO_SECRET);
    if (!OrganisationId.isValid(corpid)) {
      throw Refusal.of(Errcode.CORPID);
    }
    return applications
        .find(new OrganisationId(corpid), secret)
        .map(
            found -> {
              if (found == null || found.bot() == null) {
                throw Refusal.of(Errcode.WRONG_SECRET);
              }
              return Entrance.ok(
                  new JsonObject()
                      .put(TOKEN, tokens.issue(active(found).application()))
                      .put("expires_in", AccessTokens.LIFE));
            });
  }

  private Route authorised(
      HttpMethod method,
      String path,
      String summary,
      @Nullable JsonObject asked,
      JsonObject answered,
      BiFunction<Applications.Standing, Request, Future<Response>> endpoint) {
    Function<Request, Future<Response>> handler =
        request ->
            application(request).compose(application -> endpoint.apply(application, request));
    return new Route(
            method, path, Route.Access.PUBLIC, summary, asked, answered, entrance.guard(handler))
        .text(TOKEN, "The application's access token.")
        .speaking(Entrance::told);
  }

  /** The application that a request's token is of. */
  private Future<Applications.Standing> application(Request request) {
    AccessTokens.Said said = tokens.read(asked(request, TOKEN, Errcode.NO_TOKEN));
    return applications
        .find(said.organisation(), said.agentid())
        .map(
            found -> {
              // Some clients get another token for this code alone, so all that have ended say it.
              if (found == null || !tokens.holds(said, found.application())) {
                throw Refusal.of(Errcode.TOKEN_EXPIRED);
              }
              return active(found);
            });
  }

  private static Applications.Standing active(Applications.Standing found) {
    if (!found.active()) {
      throw Refusal.of(Errcode.DISABLED);
    }
    return found;
  }

  private static Future<Response> agent(Applications.Standing found, Request request) {
    Application application = found.application();
    String asked = asked(request, "agentid", Errcode.NO_AGENTID);
    if (!asked.equals(String.valueOf(application.agentid()))) {
      throw Refusal.of(Errcode.AGENTID);
    }
    Account bot = found.bot();
    return Future.succeededFuture(
        Entrance.ok(
            new JsonObject()
                .put("agentid", application.agentid())
                .put("name", bot == null ? application.name() : bot.name())
                .put("square_logo_url", "")
                .put("description", "")
                .put("allow_userinfos", new JsonObject().put("user", new JsonArray()))
                .put("allow_partys", new JsonObject().put("partyid", new JsonArray().add(1)))
                .put("allow_tags", new JsonObject().put("tagid", new JsonArray()))
                .put("close", 0)
                .put("redirect_domain", "")
                .put("report_location_flag", 0)
                .put("isreportenter", 0)
                .put("home_url", "")
                .put("customized_publish_status", 0)));
  }

  private static String asked(Request request, String name, Errcode missing) {
    String value = request.query(name);
    if (value == null || value.isBlank()) {
      throw Refusal.of(missing);
    }
    return value.strip();
  }
}
