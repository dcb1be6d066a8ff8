package chat.plenary.integrations.translation;

import chat.plenary.messaging.fault.Fault;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;

/**
 * What an engine answered.
 *
 * @param retryAfter seconds that it wants to be left alone; 0 where it says nothing
 */
record Reply(int status, int retryAfter, Buffer body) {
  private static final int PAUSE_SECONDS = 5;

  /** The answer's JSON; a fault in place of an answer that tells of a failure, or is none. */
  JsonObject json() {
    if (status < 200 || status >= 300) {
      throw switch (status) {
        case 400, 404, 413, 414, 422 ->
            Fault.of(Fault.Code.INVALID, "The engine answered " + status + ".");
        case 401, 403 -> Fault.of(Fault.Code.FORBIDDEN, "The engine answered " + status + ".");
        case 402, 429, 456 ->
            Fault.tooMany(
                "The engine answered " + status + ".", retryAfter > 0 ? retryAfter : PAUSE_SECONDS);
        default -> Fault.of(Fault.Code.UNAVAILABLE, "The engine answered " + status + ".");
      };
    }
    try {
      return body.toJsonObject();
    } catch (DecodeException | ClassCastException e) {
      throw shape();
    }
  }

  /** What is said of an answer of another shape than is known. */
  static Fault shape() {
    return Fault.of(Fault.Code.UNAVAILABLE, "The engine's answer is of an unknown shape.");
  }
}
