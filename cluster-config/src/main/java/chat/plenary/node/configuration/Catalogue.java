package chat.plenary.node.configuration;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** All settings, as the records of the configuration declare them, in their order. */
final class Catalogue {
  /**
   * A setting.
   *
   * @param key its place in the tree, such as {@code cluster.port}
   * @param type what its values are
   * @param setting what is said about it
   */
  record Item(String key, Class<?> type, Setting setting) {
    /** The variable of the environment that mirrors it, such as {@code PLENARY_CLUSTER_PORT}. */
    String variable() {
      return "PLENARY_" + words("_").toUpperCase(Locale.ROOT);
    }

    /** The option of the command line that mirrors it, such as {@code --cluster-port}. */
    String option() {
      return "--" + words("-").toLowerCase(Locale.ROOT);
    }

    private String words(String between) {
      return key.replaceAll("([a-z])([A-Z])", "$1" + between + "$2").replace(".", between);
    }
  }

  private Catalogue() {}

  /** All settings. */
  static List<Item> items() {
    List<Item> items = new ArrayList<>();
    collect(Configuration.class, "", items);
    return List.copyOf(items);
  }

  /** Whether a component is a record of settings, and no setting itself. */
  static boolean isBranch(RecordComponent component) {
    return component.getAnnotation(Setting.class) == null;
  }

  private static void collect(Class<?> record, String prefix, List<Item> into) {
    for (RecordComponent component : record.getRecordComponents()) {
      String key = prefix + component.getName();
      if (isBranch(component)) {
        collect(component.getType(), key + ".", into);
      } else {
        Setting setting = Objects.requireNonNull(component.getAnnotation(Setting.class));
        into.add(new Item(key, component.getType(), setting));
      }
    }
  }
}
