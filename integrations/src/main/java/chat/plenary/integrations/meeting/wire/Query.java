package chat.plenary.integrations.meeting.wire;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The query of an address, in the order in which it was put together. */
public final class Query {
  private final Map<String, String> values = new LinkedHashMap<>();

  /** The same with one more. */
  public Query put(String name, String value) {
    values.put(name, value);
    return this;
  }

  /** The same with one more. */
  public Query put(String name, long value) {
    return put(name, Long.toString(value));
  }

  /** All of it, encoded (a space as {@code %20}), without a question mark. */
  public String encode() {
    return values.entrySet().stream()
        .map(each -> encode(each.getKey()) + "=" + encode(each.getValue()))
        .collect(Collectors.joining("&"));
  }

  /** One value, encoded. */
  public static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
