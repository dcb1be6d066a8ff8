package chat.plenary.integrations.route;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A file of routes, read and held against what is allowed, without doing anything of what it says.
 * What is not named here is not allowed: a route is code.
 */
final class RouteText {
  /** Characters of a file. */
  static final int MAX_TEXT = 256 * 1024;

  private static final int MAX_ROUTES = 100;
  private static final int MAX_DEPTH = 40;

  /** Steps, and what may be said of them. */
  private static final Set<String> WORDS =
      Set.of(
          "to",
          "setBody",
          "setHeader",
          "setProperty",
          "setVariable",
          "removeHeader",
          "removeHeaders",
          "removeProperty",
          "removeVariable",
          "transform",
          "choice",
          "when",
          "otherwise",
          "filter",
          "split",
          "multicast",
          "throttle",
          "stop",
          "log",
          "marshal",
          "unmarshal",
          "json",
          "doTry",
          "doCatch",
          "doFinally",
          "exception",
          "steps",
          "id",
          "description",
          "uri",
          "parameters",
          "name",
          "pattern",
          "excludePattern",
          "expression",
          "simple",
          "constant",
          "header",
          "exchangeProperty",
          "variable",
          "jsonpath",
          "tokenize",
          "token",
          "streaming",
          "message",
          "loggingLevel",
          "logName",
          "timePeriodMillis",
          "prettyPrint");

  private static final String EXCEPTIONS =
      "(java\\.(lang|io|net|util\\.concurrent)|org\\.apache\\.camel\\.http\\.base"
          + "|chat\\.plenary\\.messaging\\.fault)\\.[A-Za-z]+";

  private final Values values;
  private final Map<String, Integer> routes = new LinkedHashMap<>();
  private final Map<String, Integer> addresses = new LinkedHashMap<>();
  private final Set<String> organisations = new LinkedHashSet<>();

  private RouteText(Set<String> schemes) {
    this.values = new Values(schemes);
  }

  /**
   * Reads a file.
   *
   * @param schemes what endpoints may begin with
   * @throws RouteProblem that says what is wrong and where
   */
  static RouteText read(String text, Set<String> schemes) throws RouteProblem {
    if (text.length() > MAX_TEXT) {
      throw new RouteProblem(0, "The file has more than " + MAX_TEXT + " characters.");
    }
    RouteText read = new RouteText(schemes);
    Optional<Node> root;
    try {
      root = new Compose(LoadSettings.builder().build()).composeString(text);
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
      throw new RouteProblem(line, "This is not YAML: " + e.getProblem() + ".");
    } catch (YamlEngineException e) {
      throw new RouteProblem(0, "This is not YAML: " + e.getMessage());
    }
    if (root.isEmpty() || !(root.get() instanceof SequenceNode list)) {
      throw new RouteProblem(1, "A file is a list of routes. To end its routes, delete it.");
    }
    for (Node one : list.getValue()) {
      read.top(one);
    }
    if (read.routes.isEmpty()) {
      throw new RouteProblem(1, "There is no route here. To end routes, delete the file.");
    }
    return read;
  }

  /** Ids of its routes. */
  List<String> routes() {
    return List.copyOf(routes.keySet());
  }

  /** The line of a route; 0 where there is none. */
  int line(String route) {
    return routes.getOrDefault(route, 0);
  }

  /** The organisation that it names; empty where it names none, or several. */
  String organisation() {
    return organisations.size() == 1 ? organisations.iterator().next() : "";
  }

  /** The line of an address or route that a message of Camel's is about; 0 where none is found. */
  int lineIn(String message) {
    for (Map<String, Integer> known : List.of(addresses, routes)) {
      for (Map.Entry<String, Integer> one : known.entrySet()) {
        if (message.contains(one.getKey())) {
          return one.getValue();
        }
      }
    }
    return 0;
  }

  private void top(Node node) throws RouteProblem {
    NodeTuple only = only(node, "route or templatedRoute");
    String word = scalar(only.getKeyNode());
    switch (word) {
      case "route" -> route(mapping(only.getValueNode(), "A route"));
      case "templatedRoute" -> templated(mapping(only.getValueNode(), "A templatedRoute"));
      case "from" ->
          throw new RouteProblem(
              line(node), "Write 'route' with an 'id' and 'from': routes are known by their ids.");
      default ->
          throw new RouteProblem(
              line(node), "'" + word + "' is not allowed here; route and templatedRoute are.");
    }
  }

  private void route(MappingNode route) throws RouteProblem {
    boolean from = false;
    known(route, text(route, "id"), "id");
    for (NodeTuple member : route.getValue()) {
      String word = scalar(member.getKeyNode());
      switch (word) {
        case "id", "description" -> values.text(member.getValueNode(), line(member.getValueNode()));
        case "from" -> {
          from = true;
          words(member.getValueNode(), "from", 0);
        }
        default ->
            throw new RouteProblem(
                line(member.getKeyNode()),
                "'" + word + "' is not allowed in a route; id, description and from are.");
      }
    }
    if (!from) {
      throw new RouteProblem(line(route), "A route has a 'from'.");
    }
  }

  private void templated(MappingNode route) throws RouteProblem {
    known(route, text(route, "routeId"), "routeId");
    for (NodeTuple member : route.getValue()) {
      String word = scalar(member.getKeyNode());
      switch (word) {
        case "routeId", "routeTemplateRef", "description" ->
            values.text(member.getValueNode(), line(member.getValueNode()));
        case "parameters" -> {
          if (!(member.getValueNode() instanceof SequenceNode list)) {
            throw new RouteProblem(
                line(member.getValueNode()), "parameters: a list of 'name' and 'value'.");
          }
          for (Node one : list.getValue()) {
            parameter(mapping(one, "A parameter"));
          }
        }
        default ->
            throw new RouteProblem(
                line(member.getKeyNode()), "'" + word + "' is not allowed in a templatedRoute.");
      }
    }
  }

  private void parameter(MappingNode parameter) throws RouteProblem {
    for (NodeTuple member : parameter.getValue()) {
      String word = scalar(member.getKeyNode());
      if (!word.equals("name") && !word.equals("value")) {
        throw new RouteProblem(line(member.getKeyNode()), "A parameter has 'name' and 'value'.");
      }
      values.option(text(parameter, "name"), member.getValueNode(), line(member.getValueNode()));
    }
    organisation(text(parameter, "name"), text(parameter, "value"));
  }

  private void known(MappingNode route, @Nullable String id, String word) throws RouteProblem {
    if (id == null || !id.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
      throw new RouteProblem(
          line(route),
          "A route needs '" + word + "': 1 to 64 of letters, digits, '.', '_' and '-'.");
    }
    if (id.startsWith("plenary-")) {
      throw new RouteProblem(line(route), "Ids that begin with plenary- are Plenary's own.");
    }
    if (routes.put(id, line(route)) != null) {
      throw new RouteProblem(line(route), "Two routes have the id '" + id + "'.");
    }
    if (routes.size() > MAX_ROUTES) {
      throw new RouteProblem(line(route), "A file has at most " + MAX_ROUTES + " routes.");
    }
  }

  /** Below a word, all words have to be allowed ones. */
  private void words(Node node, String word, int depth) throws RouteProblem {
    if (depth > MAX_DEPTH || node.getAnchor().isPresent()) {
      throw new RouteProblem(line(node), "Anchors, and more than 40 levels, are not allowed.");
    }
    if (node instanceof SequenceNode list) {
      for (Node one : list.getValue()) {
        words(one, word, depth + 1);
      }
    } else if (node instanceof MappingNode map) {
      for (NodeTuple member : map.getValue()) {
        member(member, depth);
      }
    } else {
      value(word, node);
    }
  }

  private void member(NodeTuple member, int depth) throws RouteProblem {
    String word = scalar(member.getKeyNode());
    if (!WORDS.contains(word)) {
      throw new RouteProblem(line(member.getKeyNode()), "'" + word + "' is not allowed in routes.");
    }
    if (word.equals("parameters")) {
      for (NodeTuple option : mapping(member.getValueNode(), "parameters").getValue()) {
        String name = scalar(option.getKeyNode());
        values.option(name, option.getValueNode(), line(option.getKeyNode()));
        organisation(name, scalar(option.getValueNode()));
      }
    } else {
      words(member.getValueNode(), word, depth + 1);
    }
  }

  private void value(String word, Node node) throws RouteProblem {
    String value = values.text(node, line(node));
    switch (word) {
      case "uri", "to", "from" -> {
        values.address(value, line(node));
        addresses.putIfAbsent(value.replaceAll("\\?.*", ""), line(node));
        for (String part : value.replaceFirst("[^?]*\\??", "").split("&", -1)) {
          String[] option = part.split("=", 2);
          organisation(option[0], option.length > 1 ? option[1] : null);
        }
      }
      case "name" -> values.name(value, line(node));
      case "exception" -> {
        if (!value.matches(EXCEPTIONS)) {
          throw new RouteProblem(line(node), "This exception is not allowed: " + value);
        }
      }
      default -> {}
    }
  }

  private void organisation(@Nullable String name, @Nullable String value) {
    if ("organisation".equals(name) && value != null) {
      organisations.add(value);
    }
  }

  private static NodeTuple only(Node node, String what) throws RouteProblem {
    MappingNode map = mapping(node, what);
    if (map.getValue().size() != 1) {
      throw new RouteProblem(line(node), "Here is one of " + what + ".");
    }
    return map.getValue().get(0);
  }

  private static MappingNode mapping(Node node, String what) throws RouteProblem {
    if (node instanceof MappingNode map && node.getAnchor().isEmpty()) {
      return map;
    }
    throw new RouteProblem(line(node), what + " has members here, such as 'id: crm'.");
  }

  private static @Nullable String text(MappingNode map, String name) {
    for (NodeTuple member : map.getValue()) {
      if (member.getKeyNode() instanceof ScalarNode key
          && key.getValue().equals(name)
          && member.getValueNode() instanceof ScalarNode value) {
        return value.getValue();
      }
    }
    return null;
  }

  private static String scalar(Node node) throws RouteProblem {
    if (node instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    throw new RouteProblem(line(node), "There has to be a single value here.");
  }

  private static int line(Node node) {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
  }
}
