package chat.plenary.integrations.route;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * What may stand in values of routes. Expressions read the message and nothing else: no beans,
 * classes, methods, files, or the environment.
 */
final class Values {
  private static final int MAX_VALUE = 16 * 1024;

  private static final String NAME = "[A-Za-z][A-Za-z0-9_-]{0,63}";

  /** What may stand between braces in Simple. */
  private static final Pattern FUNCTION =
      Pattern.compile(
          "body|exchangeId|routeId|messageTimestamp|uuid|exception\\.message"
              + "|(?:header|headers|exchangeProperty|variable)[.:]"
              + NAME
              + "|date:now(?::[A-Za-z0-9 :.'/_-]{1,64})?"
              + "|random\\([0-9]{1,9}(?:,[0-9]{1,9})?\\)"
              + "|jsonpath\\([^(){}]{1,256}\\)");

  private static final Pattern BRACES = Pattern.compile("\\$(?:simple)?\\{([^{}]*)}");
  private static final Pattern OPENS = Pattern.compile("\\$(?:[A-Za-z]+)?\\{");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(.*?)}}", Pattern.DOTALL);
  private static final Pattern SECRET = Pattern.compile("secret:[A-Za-z0-9._-]{1,64}");
  private static final Pattern REFERENCE =
      Pattern.compile(
          "(?i)#(class|type|bean|property|valueas|autowired)\\b|(=|RAW[({])\\s*(#|%23)");

  private final Set<String> schemes;

  Values(Set<String> schemes) {
    this.schemes = schemes;
  }

  /** Any value. */
  String text(Node node, int line) throws RouteProblem {
    if (!(node instanceof ScalarNode scalar) || node.getAnchor().isPresent()) {
      throw new RouteProblem(line, "There has to be a single value here.");
    }
    String value = scalar.getValue();
    if (value.length() > MAX_VALUE) {
      throw new RouteProblem(line, "A value has at most " + MAX_VALUE + " characters.");
    }
    if (value.strip().toLowerCase(Locale.ROOT).startsWith("resource:")) {
      throw new RouteProblem(line, "Values are not read from resources.");
    }
    if (REFERENCE.matcher(value).find()) {
      throw new RouteProblem(line, "Beans and classes are not allowed in routes.");
    }
    Matcher placeholders = PLACEHOLDER.matcher(value);
    int closed = 0;
    while (placeholders.find()) {
      closed++;
      if (!SECRET.matcher(placeholders.group(1)).matches()) {
        throw new RouteProblem(
            line, "Of placeholders only {{secret:NAME}} is allowed: " + placeholders.group());
      }
    }
    if (closed != count(value, "{{")) {
      throw new RouteProblem(line, "Of placeholders only {{secret:NAME}} is allowed.");
    }
    functions(value, line);
    return value;
  }

  private static void functions(String value, int line) throws RouteProblem {
    Matcher functions = BRACES.matcher(value);
    int closed = 0;
    while (functions.find()) {
      closed++;
      String function = functions.group(1).strip();
      if (!FUNCTION.matcher(function).matches()) {
        throw new RouteProblem(
            line,
            "${"
                + function
                + "} is not allowed; body, header.NAME, exchangeProperty.NAME, variable.NAME,"
                + " exchangeId, routeId, messageTimestamp, uuid, date:now:FORMAT, random(N),"
                + " jsonpath(PATH) and exception.message are.");
      }
    }
    Matcher opens = OPENS.matcher(value);
    int opened = 0;
    while (opens.find()) {
      opened++;
    }
    if (opened != closed) {
      throw new RouteProblem(line, "Expressions in expressions are not allowed.");
    }
  }

  /** An endpoint's address. */
  void address(String value, int line) throws RouteProblem {
    int colon = value.indexOf(':');
    String scheme = colon < 0 ? value : value.substring(0, colon);
    if (!schemes.contains(scheme)) {
      throw new RouteProblem(
          line,
          "Endpoints of '"
              + scheme
              + "' are not allowed; "
              + String.join(", ", schemes.stream().sorted().toList())
              + " are.");
    }
    if (value.startsWith("direct:plenary-") || value.startsWith("direct://plenary-")) {
      throw new RouteProblem(line, "Names that begin with plenary- are Plenary's own.");
    }
    if (value.toLowerCase(Locale.ROOT).contains("oauth2")) {
      throw new RouteProblem(line, "The options oauth2… are not allowed.");
    }
  }

  /** An option of an endpoint, or a parameter of a template. */
  void option(@Nullable String name, Node node, int line) throws RouteProblem {
    String value = text(node, line);
    if (name == null || !name.matches("[A-Za-z][A-Za-z0-9._-]{0,63}")) {
      throw new RouteProblem(line, "This is not the name of an option.");
    }
    if (name.toLowerCase(Locale.ROOT).contains("oauth2")) {
      throw new RouteProblem(line, "The options oauth2… are not allowed.");
    }
    if (value.strip().startsWith("#")) {
      throw new RouteProblem(line, "Beans and classes are not allowed in routes.");
    }
  }

  /** The name of a header, property, variable or parameter. */
  void name(String value, int line) throws RouteProblem {
    boolean camels = value.toLowerCase(Locale.ROOT).startsWith("camel");
    if (!value.matches(NAME) || (camels && !value.equals("CamelHttpMethod"))) {
      throw new RouteProblem(line, "This name is not allowed: " + value);
    }
  }

  private static int count(String value, String what) {
    int count = 0;
    for (int at = value.indexOf(what); at >= 0; at = value.indexOf(what, at + what.length())) {
      count++;
    }
    return count;
  }
}
