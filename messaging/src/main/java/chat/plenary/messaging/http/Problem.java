package chat.plenary.messaging.http;

import chat.plenary.messaging.fault.Fault;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What clients are told of something that cannot be done: a problem document (RFC 9457), or the
 * same object inside a frame.
 *
 * @param type what kind, without {@value #PREFIX}
 * @param title the kind in words
 * @param status the HTTP status
 * @param detail a sentence for people
 * @param field the field that it is about as a path, or null
 * @param retryAfter seconds after which it may be tried again; 0 where that says nothing
 */
public record Problem(
    String type, String title, int status, String detail, @Nullable String field, int retryAfter) {
  /** What all types begin with. */
  public static final String PREFIX = "urn:plenary:problem:";

  /** The problem of a fault. */
  public static Problem of(Fault fault) {
    Fault.Code code = fault.code();
    boolean busy = code == Fault.Code.TOO_MANY || code.status() == 503;
    int retryAfter = busy ? Math.max(1, fault.retryAfterSeconds()) : 0;
    String type = code.name().toLowerCase(Locale.ROOT).replace('_', '-');
    String detail = String.valueOf(fault.getMessage());
    return new Problem(type, title(code), code.status(), detail, fault.field(), retryAfter);
  }

  /** One of those that HTTP alone knows. */
  public static Problem of(int status, String type, String title, String detail) {
    return new Problem(type, title, status, detail, null, 0);
  }

  /** The form in the protocol. */
  public JsonObject toJson() {
    JsonObject json =
        new JsonObject()
            .put("type", PREFIX + type)
            .put("title", title)
            .put("status", status)
            .put("detail", detail);
    if (field != null) {
      json.put("field", field);
    }
    if (retryAfter > 0) {
      json.put("retryAfter", retryAfter);
    }
    return json;
  }

  private static String title(Fault.Code code) {
    return switch (code) {
      case INVALID -> "Invalid value";
      case UNAUTHENTICATED -> "Not signed in";
      case FORBIDDEN -> "Not allowed";
      case NOT_FOUND -> "Not found";
      case CONFLICT -> "Conflict";
      case GONE -> "Gone";
      case TOO_LARGE -> "Too large";
      case TOO_MANY -> "Too many";
      case UNKNOWN -> "Not known whether it happened";
      case UNAVAILABLE -> "Not available now";
    };
  }
}
