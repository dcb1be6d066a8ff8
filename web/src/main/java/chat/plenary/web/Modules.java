package chat.plenary.web;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What modules import, read from their text: enough to know which are loaded before which. */
final class Modules {
  static final String VENDOR = "vendor/";

  // Only in the forms that are written in this client and its libraries; a browser test compares
  // the
  // outcome with what a browser loads.
  private static final Pattern NOW =
      Pattern.compile(
          "(?m)(?:^|[;}\\s])(?:import|export)\\s*(?:[\\w*{][^;'\"()]*?from\\s*)?['\"]([^'\"]+)['\"]");
  private static final Pattern LATER =
      Pattern.compile("\\bimport\\(\\s*['\"]([^'\"]+)['\"]\\s*\\)");
  private static final Pattern COMMENT = Pattern.compile("(?s:/\\*.*?\\*/)|(?m:^\\s*//.*$)");

  private static final Map<String, String> ENTRIES =
      Files.VENDORS.stream().collect(Collectors.toMap(Vendor::name, Vendor::entry));

  private Modules() {}

  /**
   * @param now imported statically
   * @param later imported when asked for
   */
  record Imports(List<String> now, List<String> later) {
    static final Imports NONE = new Imports(List.of(), List.of());
  }

  static Imports importsOf(String name, String text) {
    String code = COMMENT.matcher(text).replaceAll("");
    return new Imports(all(NOW, name, code), all(LATER, name, code));
  }

  private static List<String> all(Pattern pattern, String from, String code) {
    Set<String> found = new LinkedHashSet<>();
    Matcher matcher = pattern.matcher(code);
    while (matcher.find()) {
      found.add(resolve(from, matcher.group(1)));
    }
    return List.copyOf(found);
  }

  /** The name of the file that a module means. */
  static String resolve(String from, String specifier) {
    if (specifier.startsWith(".")) {
      return normal(from.substring(0, from.lastIndexOf('/') + 1) + specifier);
    }
    String entry = ENTRIES.get(specifier);
    return VENDOR + (entry == null ? specifier : specifier + "/" + entry);
  }

  private static String normal(String path) {
    List<String> parts = new ArrayList<>();
    for (String part : path.split("/")) {
      if (part.equals("..")) {
        parts.remove(parts.size() - 1);
      } else if (!part.equals(".")) {
        parts.add(part);
      }
    }
    return String.join("/", parts);
  }

  /** The module and all that are loaded before it runs, in the order of their discovery. */
  static List<String> reachableFrom(String start, Map<String, Imports> modules) {
    Set<String> seen = new LinkedHashSet<>();
    List<String> open = new ArrayList<>(List.of(start));
    for (int i = 0; i < open.size(); i++) {
      String name = open.get(i);
      if (seen.add(name)) {
        open.addAll(modules.getOrDefault(name, Imports.NONE).now());
      }
    }
    return List.copyOf(seen);
  }
}
