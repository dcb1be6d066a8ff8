package chat.plenary.client;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import org.jspecify.annotations.Nullable;

/**
 * A problem document (RFC 9457).
 *
 * @param type a URN that begins with {@value #PREFIX}
 * @param title what kind of problem, in words
 * @param status as in HTTP
 * @param detail this problem, in words
 * @param field the path of the value that is wrong
 * @param retryAfter in how many seconds to come again
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Problem(
    String type,
    @Nullable String title,
    int status,
    @Nullable String detail,
    @Nullable String field,
    @Nullable Integer retryAfter) {
  static final String PREFIX = "urn:plenary:problem:";

  /** The problem's name in the protocol's table, such as {@code conflict}. */
  public String name() {
    return type.startsWith(PREFIX) ? type.substring(PREFIX.length()) : type;
  }

  /** Whether it is not known if the request was carried out: repeat it with the same ref. */
  public boolean unknown() {
    return name().equals("unknown");
  }

  /** Whether the same request may succeed later or on another node, and was not carried out. */
  public boolean temporary() {
    return name().equals("unavailable") || name().equals("too-many");
  }

  static Problem of(String name, int status, String detail) {
    return new Problem(PREFIX + name, null, status, detail, null, null);
  }
}
