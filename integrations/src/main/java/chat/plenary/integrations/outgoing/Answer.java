package chat.plenary.integrations.outgoing;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What a service answered.
 *
 * @param status the HTTP status, whatever it is
 * @param retryAfter seconds that it wants to be left alone; 0 where it says nothing
 * @param body no longer than was said when the step was made
 */
public record Answer(int status, int retryAfter, Buffer body) {
  /** The body as a JSON object, or null when it is none. */
  public @Nullable JsonObject json() {
    try {
      return new JsonObject(body);
    } catch (DecodeException | ClassCastException e) {
      return null;
    }
  }

  /** The body as text. */
  public String text() {
    return body.toString(StandardCharsets.UTF_8);
  }

  /** Without the body, which may hold secrets. */
  @Override
  public String toString() {
    return "Answer " + status + ", " + body.length() + " bytes";
  }
}
