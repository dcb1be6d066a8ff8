package chat.plenary.messaging.fault;

import org.jspecify.annotations.Nullable;

/**
 * The one expected failure: a caller did or asked something that cannot be done. It becomes a
 * problem document (RFC 9457) or a {@code refused} frame. Anything else that is thrown is a defect
 * and becomes a plain 500 without details.
 */
public final class Fault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What kind of failure; with the HTTP status that tells it. */
  public enum Code {
    /** A value is missing, of the wrong type or out of its bounds; {@link #field()} names it. */
    INVALID(400),
    /** Not signed in, or the token is expired, forged or revoked. */
    UNAUTHENTICATED(401),
    /** Known and visible, but not allowed to this caller. */
    FORBIDDEN(403),
    /** Does not exist, or is none of this caller's business: the two are told alike. */
    NOT_FOUND(404),
    /** The ref was used for something else, or a name is taken. */
    CONFLICT(409),
    /** It existed and is no more (a recalled message, a used link). */
    GONE(410),
    /** The body is larger than allowed. */
    TOO_LARGE(413),
    /** Too many attempts; {@link #retryAfterSeconds()} says when to come again. */
    TOO_MANY(429),
    /** It is not known whether it happened: repeat with the same ref. */
    UNKNOWN(503),
    /** This node cannot serve now: try again, or another node. */
    UNAVAILABLE(503);

    private final int status;

    Code(int status) {
      this.status = status;
    }

    /** The HTTP status. */
    public int status() {
      return status;
    }
  }

  private final Code code;
  private final @Nullable String field;
  private final int retryAfterSeconds;

  private Fault(Code code, @Nullable String field, String message, int retryAfterSeconds) {
    super(message, null, false, false);
    this.code = code;
    this.field = field;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  /** A value that is missing, of the wrong type or out of bounds. */
  public static Fault invalid(String field, String message) {
    return new Fault(Code.INVALID, field, message, 0);
  }

  /** Not there, or not for this caller. */
  public static Fault notFound(String what) {
    return new Fault(Code.NOT_FOUND, null, "There is no such " + what + ".", 0);
  }

  /** Too many attempts. */
  public static Fault tooMany(String message, int retryAfterSeconds) {
    return new Fault(Code.TOO_MANY, null, message, retryAfterSeconds);
  }

  /** Any other, with a sentence for people. */
  public static Fault of(Code code, String message) {
    return new Fault(code, null, message, 0);
  }

  /** Any other that is about one field. */
  public static Fault of(Code code, @Nullable String field, String message) {
    return new Fault(code, field, message, 0);
  }

  public Code code() {
    return code;
  }

  /** The field that it is about as a path ({@code body.text}), or null. */
  public @Nullable String field() {
    return field;
  }

  /** Seconds after which it may be tried again; 0 where that says nothing. */
  public int retryAfterSeconds() {
    return retryAfterSeconds;
  }
}
