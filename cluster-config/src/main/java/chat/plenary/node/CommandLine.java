package chat.plenary.node;

import chat.plenary.node.configuration.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was typed after {@code plenary}.
 *
 * @param command its first word; {@code help} where there is none
 * @param words what else is no option
 * @param options options by name, such as {@code --port}, with their values
 * @param file what {@code --config} names, or null
 */
record CommandLine(
    String command, List<String> words, Map<String, String> options, @Nullable Path file) {
  private static final String CONFIG = "--config";

  /**
   * Takes a command line apart; whether its options exist is seen later.
   *
   * @throws Failure when an option lacks its value, or stands twice
   */
  static CommandLine of(List<String> arguments, Map<String, String> environment) {
    List<String> words = new ArrayList<>();
    Map<String, String> options = new LinkedHashMap<>();
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (argument.equals("-h") || argument.equals("--help")) {
        return new CommandLine("help", List.of(), Map.of(), null);
      }
      if (!argument.startsWith("--")) {
        words.add(argument);
        continue;
      }
      int equals = argument.indexOf('=');
      String name = equals < 0 ? argument : argument.substring(0, equals);
      String value;
      if (equals >= 0) {
        value = argument.substring(equals + 1);
      } else if (Settings.isSwitch(name)) {
        value = "true";
      } else if (i + 1 < arguments.size() && !arguments.get(i + 1).startsWith("--")) {
        value = arguments.get(++i);
      } else {
        throw Failure.usage(name + " needs a value, such as in '" + name + " VALUE'.");
      }
      if (options.put(name, value) != null) {
        throw Failure.usage(name + " is given twice.");
      }
    }
    String file = options.remove(CONFIG);
    if (file == null) {
      file = environment.get("PLENARY_CONFIG");
    }
    return new CommandLine(
        words.isEmpty() ? "help" : words.get(0),
        words.isEmpty() ? List.of() : List.copyOf(words.subList(1, words.size())),
        options,
        file == null || file.isEmpty() ? null : Path.of(file));
  }
}
