package chat.plenary.node.configuration;

import java.math.BigInteger;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Values of settings, between how they are written and what they are. */
final class Values {
  private static final Pattern AMOUNT = Pattern.compile("([0-9]{1,12})\\s*([A-Za-z]*)");
  private static final Map<String, Long> TIMES = times();
  private static final Map<String, Long> SIZES = sizes();

  private Values() {}

  /**
   * Reads a value.
   *
   * @throws IllegalArgumentException that says what is expected, as the end of a sentence "must be
   *     ..."
   */
  static Object parse(Class<?> type, String text, Setting setting) {
    if (type == List.class) {
      return list(text);
    }
    if (type == boolean.class) {
      return truth(text);
    }
    if (type.isEnum()) {
      return constant(type, text);
    }
    if (type == URI.class) {
      return uri(text);
    }
    if (type == Path.class) {
      return path(text);
    }
    if (type == String.class) {
      return text;
    }
    Object value = amount(type, text);
    if (value == null || beyond(type, value, setting)) {
      throw new IllegalArgumentException(expected(type, setting));
    }
    return value;
  }

  /** How a value would be written. */
  static String show(@Nullable Object value) {
    if (value == null) {
      return "";
    }
    if (value instanceof Duration duration) {
      return written(duration.toMillis(), TIMES);
    }
    if (value instanceof Size size) {
      return written(size.bytes(), SIZES);
    }
    if (value instanceof List<?> list) {
      return list.stream().map(Objects::toString).collect(Collectors.joining(", "));
    }
    return value.toString();
  }

  /** What a value of a type looks like, for people. */
  static String describe(Class<?> type, Setting setting) {
    if (type == boolean.class) {
      return "`true` or `false`";
    }
    if (type == List.class) {
      return "a list";
    }
    if (type == URI.class) {
      return "a URL";
    }
    if (type == Path.class) {
      return "a path";
    }
    if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants())
          .map(constant -> "`" + constant + "`")
          .collect(Collectors.joining(", "));
    }
    return type == String.class ? "a text" : expected(type, setting);
  }

  /** Checks a host and port, such as {@code 10.0.0.1:5701}. */
  static void address(String key, String text) {
    if (!text.matches("(\\[[0-9A-Fa-f:]+]|[^:\\s]+):[0-9]{1,5}")) {
      throw new IllegalArgumentException(key + ": must be host:port, not '" + text + "'");
    }
  }

  /** Checks an address or a network, such as {@code 10.0.0.0/8}; nothing is looked up. */
  static void network(String key, String text) {
    if (!text.matches(
        "([0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*)(/[0-9]{1,3})?")) {
      throw new IllegalArgumentException(
          key + ": must be addresses or networks such as 10.0.0.0/8, not '" + text + "'");
    }
  }

  private static List<String> list(String text) {
    List<String> values = new ArrayList<>();
    for (String part : text.split(",")) {
      if (!part.isBlank()) {
        values.add(part.strip());
      }
    }
    return List.copyOf(values);
  }

  private static boolean truth(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("true or false");
    };
  }

  private static Object constant(Class<?> type, String text) {
    for (Object constant : type.getEnumConstants()) {
      if (constant.toString().equals(text)) {
        return constant;
      }
    }
    throw new IllegalArgumentException(
        "one of "
            + Arrays.stream(type.getEnumConstants())
                .map(Object::toString)
                .collect(Collectors.joining(", ")));
  }

  private static URI uri(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("a URL", e);
    }
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("a path", e);
    }
  }

  static @Nullable Object amount(Class<?> type, String text) {
    Matcher matcher = AMOUNT.matcher(text);
    if (!matcher.matches()) {
      return null;
    }
    long number = Long.parseLong(matcher.group(1));
    String unit = matcher.group(2);
    if (type == int.class) {
      return unit.isEmpty() && number <= Integer.MAX_VALUE ? (int) number : null;
    }
    Long factor = (type == Duration.class ? TIMES : SIZES).get(unit);
    if (factor == null) {
      return null;
    }
    BigInteger product = BigInteger.valueOf(number).multiply(BigInteger.valueOf(factor));
    if (product.bitLength() > 62) {
      return null;
    }
    return type == Duration.class
        ? Duration.ofMillis(product.longValue())
        : new Size(product.longValue());
  }

  private static boolean beyond(Class<?> type, Object value, Setting setting) {
    return (!setting.from().isEmpty() && compare(type, value, setting.from()) < 0)
        || (!setting.to().isEmpty() && compare(type, value, setting.to()) > 0);
  }

  private static int compare(Class<?> type, Object value, String bound) {
    Object other = Objects.requireNonNull(amount(type, bound), bound);
    if (value instanceof Duration duration) {
      return duration.compareTo((Duration) other);
    }
    if (value instanceof Size size) {
      return size.compareTo((Size) other);
    }
    return ((Integer) value).compareTo((Integer) other);
  }

  private static String expected(Class<?> type, Setting setting) {
    String range =
        setting.from().isEmpty() ? "" : " from " + setting.from() + " to " + setting.to();
    if (type == Duration.class) {
      return "a time" + range + ", with its unit (ms, s, min, h, d)";
    }
    if (type == Size.class) {
      return "a size" + range + ", with its unit (B, KiB, MiB, GiB)";
    }
    return "a whole number" + range;
  }

  private static String written(long amount, Map<String, Long> units) {
    String best = "";
    long factor = 1;
    for (Map.Entry<String, Long> unit : units.entrySet()) {
      if (amount % unit.getValue() == 0 && unit.getValue() >= factor) {
        best = unit.getKey();
        factor = unit.getValue();
      }
    }
    return String.format(Locale.ROOT, "%d %s", amount / factor, best);
  }

  private static Map<String, Long> times() {
    Map<String, Long> units = new LinkedHashMap<>();
    units.put("ms", 1L);
    units.put("s", 1_000L);
    units.put("min", 60_000L);
    units.put("h", 3_600_000L);
    units.put("d", 86_400_000L);
    return Collections.unmodifiableMap(units);
  }

  private static Map<String, Long> sizes() {
    Map<String, Long> units = new LinkedHashMap<>();
    units.put("B", 1L);
    units.put("KiB", 1L << 10);
    units.put("MiB", 1L << 20);
    units.put("GiB", 1L << 30);
    return Collections.unmodifiableMap(units);
  }
}
