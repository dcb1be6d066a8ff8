package chat.plenary.integrations.webhook;

import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.InvalidPathException;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.Option;
import com.jayway.jsonpath.ParseContext;
import com.jayway.jsonpath.ReadContext;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Markdown in which {@code {$.path}} stands for a value of a JSON document (JSONPath). Values are
 * text: whatever they hold shows as it is, and names nobody.
 */
final class TextTemplate {
  private static final int MAX_VALUE = 500;
  private static final int MAX_PLACES = 50;
  private static final Pattern PLACE = Pattern.compile("\\{(\\$[^{}]*)}");
  private static final Pattern MARKS = Pattern.compile("([\\\\`*_~\\[\\]()<>#|!&+@.:-])");

  private final ParseContext json =
      JsonPath.using(Configuration.defaultConfiguration().addOptions(Option.SUPPRESS_EXCEPTIONS));
  private final List<Object> parts = new ArrayList<>();

  /** Reads a template; fails where a path is none. */
  TextTemplate(String template) {
    Matcher places = PLACE.matcher(template);
    int at = 0;
    while (places.find()) {
      parts.add(template.substring(at, places.start()));
      try {
        parts.add(JsonPath.compile(places.group(1)));
      } catch (InvalidPathException e) {
        throw new IllegalArgumentException("not a JSONPath: " + places.group(1), e);
      }
      at = places.end();
    }
    parts.add(template.substring(at));
    if (parts.size() > 2 * MAX_PLACES + 1) {
      throw new IllegalArgumentException("a template has at most " + MAX_PLACES + " places");
    }
  }

  /**
   * The text for a JSON object; a value that it does not have is left out.
   *
   * @throws io.vertx.core.json.DecodeException where it is none
   */
  String of(String document) {
    // Strict, unlike the reader that comes with JSONPath.
    ReadContext read = json.parse((Object) new JsonObject(document).getMap());
    StringBuilder text = new StringBuilder();
    for (Object part : parts) {
      if (part instanceof JsonPath path) {
        Object value = read.read(path);
        text.append(escaped(text(value)));
      } else {
        text.append(part);
      }
    }
    return text.toString();
  }

  private static String text(@Nullable Object value) {
    if (value == null) {
      return "";
    }
    if (value instanceof List<?> list) {
      return list.stream().map(TextTemplate::text).collect(Collectors.joining(", "));
    }
    return value instanceof Map<?, ?> ? "" : value.toString();
  }

  private static String escaped(String value) {
    String line = value.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    if (line.codePointCount(0, line.length()) > MAX_VALUE) {
      line = line.substring(0, line.offsetByCodePoints(0, MAX_VALUE)) + "…";
    }
    return MARKS.matcher(line).replaceAll("\\\\$1");
  }
}
