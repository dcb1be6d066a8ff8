package chat.plenary.messaging.http;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
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
 */
public record Route(
    HttpMethod method,
    String path,
    Access access,
    String summary,
    @Nullable JsonObject requestSchema,
    @Nullable JsonObject responseSchema,
    Function<Request, Future<Response>> handler) {

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
