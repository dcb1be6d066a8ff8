package chat.plenary.integrations.translation;

import chat.plenary.integrations.outgoing.Answer;
import chat.plenary.messaging.fault.Fault;
import io.vertx.core.json.JsonObject;

/** What engines answer. */
final class Replies {
  private static final int PAUSE_SECONDS = 5;

  private Replies() {}

  /** The answer's JSON; a fault in place of an answer that tells of a failure, or is none. */
  static JsonObject json(Answer answer) {
    int status = answer.status();
    if (status < 200 || status >= 300) {
      throw switch (status) {
        case 400, 404, 413, 414, 422 ->
            Fault.of(Fault.Code.INVALID, "The engine answered " + status + ".");
        case 401, 403 -> Fault.of(Fault.Code.FORBIDDEN, "The engine answered " + status + ".");
        case 402, 429, 456 ->
            Fault.tooMany(
                "The engine answered " + status + ".",
                answer.retryAfter() > 0 ? answer.retryAfter() : PAUSE_SECONDS);
        default -> Fault.of(Fault.Code.UNAVAILABLE, "The engine answered " + status + ".");
      };
    }
    JsonObject json = answer.json();
    if (json == null) {
      throw shape();
    }
    return json;
  }

  /** What is said of an answer of another shape than is known. */
  static Fault shape() {
    return Fault.of(Fault.Code.UNAVAILABLE, "The engine's answer is of an unknown shape.");
  }
}
