package chat.plenary.messaging.http;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One endpoint and its description.
 *
 * @param method the HTTP method
 * @param path the path with parameters in braces, such as {@code /api/v1/surveys/{id}/results}
 * @param access who may call
 * @param summary one sentence for the OpenAPI document
 * @param requestSchema JSON Schema (2020-12) of the request's body, or null where there is none
 * @param responseSchema JSON Schema of a successful answer's body, or null where there is none or
 *     it is not JSON
 * @param handler answers; a {@link chat.plenary.messaging.fault.Fault}, thrown or in the future,
 *     becomes a problem document
 * @param parameters what it takes in the query of its address
 * @param manners how it speaks to callers that were written for another protocol; null where it
 *     speaks ours
 */
public record Route(
    HttpMethod method,
    String path,
    Access access,
    String summary,
    @Nullable JsonObject requestSchema,
    @Nullable JsonObject responseSchema,
    Function<Request, Future<Response>> handler,
    List<Parameter> parameters,
    @Nullable Manners manners) {

  public Route {
    parameters = List.copyOf(parameters);
  }

  /** An endpoint that takes nothing in its query. */
  public Route(
      HttpMethod method,
      String path,
      Access access,
      String summary,
      @Nullable JsonObject requestSchema,
      @Nullable JsonObject responseSchema,
      Function<Request, Future<Response>> handler) {
    this(method, path, access, summary, requestSchema, responseSchema, handler, List.of(), null);
  }

  /**
   * Something that may be given in the query.
   *
   * @param name its name
   * @param description one sentence for the OpenAPI document
   * @param schema JSON Schema of its value
   */
  public record Parameter(String name, String description, JsonObject schema) {}

  /**
   * How an endpoint speaks whose callers were written for another protocol. Its bodies may be of
   * any content type, and whatever it cannot do, or has not done in time, is told as it says.
   */
  @FunctionalInterface
  public interface Manners {
    /** The answer that tells of a problem. */
    Response told(Problem problem);
  }

  /** The same for callers that were written for another protocol. */
  public Route speaking(Manners other) {
    return new Route(
        method, path, access, summary, requestSchema, responseSchema, handler, parameters, other);
  }

  /** The same with one more parameter of the query, a text. */
  public Route text(String name, String description) {
    return with(new Parameter(name, description, new JsonObject().put("type", "string")));
  }

  /** The same with one more parameter of the query, a whole number. */
  public Route number(String name, String description, long min, long max) {
    JsonObject schema =
        new JsonObject().put("type", "integer").put("minimum", min).put("maximum", max);
    return with(new Parameter(name, description, schema));
  }

  private Route with(Parameter parameter) {
    List<Parameter> more = new ArrayList<>(parameters);
    more.add(parameter);
    return new Route(
        method, path, access, summary, requestSchema, responseSchema, handler, more, manners);
  }

  /** Who may call an endpoint. */
  public enum Access {
    /** Everybody, without a token. */
    PUBLIC,
    /** Whoever is signed in, bots too. */
    MEMBER,
    /** Owners and administrators of their organisation. */
    ADMIN,
    /** Owners only. */
    OWNER
  }
}
