package chat.plenary.integrations.deadletter;

import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.http.Request;
import chat.plenary.messaging.http.Response;
import chat.plenary.messaging.http.Route;
import chat.plenary.messaging.organisation.Organisations;
import chat.plenary.messaging.store.StoreException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import org.apache.camel.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Dead letters as administrators see them: those of their organisation, and on a server of one
 * organisation those of routes that name none.
 */
public final class DeadLetterRoutes {
  private final DeadLetters letters;
  private final Replays replays;
  private final Organisations organisations;

  /**
   * The endpoints.
   *
   * @param consumers where a route begins, by its id; null where it does not run
   */
  public DeadLetterRoutes(
      Vertx vertx,
      Function<String, @Nullable Consumer> consumers,
      DeadLetters letters,
      Organisations organisations,
      Clock clock) {
    this.letters = letters;
    this.replays = new Replays(vertx, consumers, letters, clock);
    this.organisations = organisations;
  }

  /** The endpoints. */
  public List<Route> routes() {
    JsonObject page =
        new JsonObject()
            .put("deadLetters", new JsonObject().put("type", "array"))
            .put("next", new JsonObject().put("type", new JsonArray().add("string").add("null")));
    return List.of(
        new Route(
                HttpMethod.GET,
                "/api/v1/dead-letters",
                Route.Access.ADMIN,
                "A page of the exchanges of routes that failed for good, newest first.",
                null,
                new JsonObject().put("type", "object").put("properties", page),
                this::page)
            .text("after", "The next of the page before.")
            .text("of", "With `nobody`: those of routes that name no organisation.")
            .number("limit", "How many at the most; 50 unless given.", 1, 100),
        new Route(
            HttpMethod.POST,
            "/api/v1/dead-letters/{id}/replay",
            Route.Access.ADMIN,
            "Sends a dead letter through its route again; it goes when that went well.",
            null,
            new JsonObject().put("type", "object"),
            request ->
                own(request)
                    .compose(letter -> replays.begin(letter).map(letter))
                    .map(letter -> Response.json(202, new JsonObject().put("id", letter.id())))
                    .recover(DeadLetterRoutes::told)),
        new Route(
            HttpMethod.DELETE,
            "/api/v1/dead-letters/{id}",
            Route.Access.ADMIN,
            "Throws a dead letter away.",
            null,
            null,
            request ->
                own(request)
                    .compose(letter -> letters.delete(letter.id()))
                    .map(v -> Response.empty())
                    .recover(DeadLetterRoutes::told)));
  }

  private Future<Response> page(Request request) {
    int limit = (int) request.query("limit", 1, 100, 50);
    String of = request.query("of");
    if (of != null && !of.equals("nobody")) {
      throw Fault.invalid("of", "This can be nobody, or be left out.");
    }
    Future<String> whose =
        of == null
            ? Future.succeededFuture(request.caller().organisation().value())
            : alone(request.caller())
                .map(
                    alone -> {
                      if (!alone) {
                        throw Fault.of(
                            Fault.Code.FORBIDDEN, "of", "The server has other organisations, too.");
                      }
                      return "";
                    });
    return whose
        .compose(organisation -> letters.page(organisation, request.query("after"), limit))
        .map(
            found -> {
              JsonArray all = new JsonArray();
              found.letters().forEach(letter -> all.add(letter.toJson()));
              return Response.json(
                  new JsonObject().put("deadLetters", all).put("next", found.next()));
            })
        .recover(DeadLetterRoutes::told);
  }

  private Future<DeadLetter> own(Request request) {
    return letters.find(request.parameter("id")).compose(letter -> owned(request.caller(), letter));
  }

  private Future<DeadLetter> owned(Caller caller, @Nullable DeadLetter letter) {
    if (letter == null) {
      throw Fault.notFound("dead letter");
    }
    if (letter.organisation().equals(caller.organisation().value())) {
      return Future.succeededFuture(letter);
    }
    Future<Boolean> may =
        letter.organisation().isEmpty() ? alone(caller) : Future.succeededFuture(false);
    return may.map(
        allowed -> {
          if (!allowed) {
            throw Fault.notFound("dead letter");
          }
          return letter;
        });
  }

  /** Whether the caller's organisation is the only one of this server. */
  private Future<Boolean> alone(Caller caller) {
    return organisations
        .only()
        .map(only -> only != null && only.id().equals(caller.organisation()));
  }

  private static Future<Response> told(Throwable failure) {
    return Future.failedFuture(
        failure instanceof StoreException
            ? Fault.of(Fault.Code.UNAVAILABLE, "The store does not answer now: try again.")
            : failure);
  }
}
