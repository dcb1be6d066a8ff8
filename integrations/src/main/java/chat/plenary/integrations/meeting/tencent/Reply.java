package chat.plenary.integrations.meeting.tencent;

import chat.plenary.integrations.meeting.wire.Loose;
import chat.plenary.integrations.outgoing.Answer;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the API answered. Errors of the caller come with a status of 400 or of 500 alike, so the
 * code decides, not the status; and either of the two codes may be missing.
 *
 * @param status the HTTP status
 * @param json the body; empty where it was none
 * @param readable whether the body was JSON (or empty)
 * @param code the error's code, or 0
 * @param newCode its newer code, or 0
 * @param message what the platform says of it
 */
record Reply(
    int status, JsonObject json, boolean readable, long code, long newCode, String message) {

  static Reply of(Answer answer) {
    @Nullable JsonObject body = answer.json();
    boolean readable = body != null || answer.body().length() == 0;
    JsonObject json = body == null ? new JsonObject() : body;
    JsonObject error = Loose.object(json, "error_info");
    return new Reply(
        answer.status(),
        json,
        readable,
        Loose.number(error, "error_code", 0),
        Loose.number(error, "new_error_code", 0),
        Loose.text(error, "message"));
  }

  boolean good() {
    return status / 100 == 2 && readable && code == 0 && newCode == 0;
  }

  /** Whether either code is among these. */
  boolean is(Set<Long> codes) {
    return codes.contains(code) || codes.contains(newCode);
  }
}
