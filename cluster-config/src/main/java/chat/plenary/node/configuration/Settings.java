package chat.plenary.node.configuration;

import chat.plenary.node.configuration.Catalogue.Item;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the configuration: options of the command line come before variables of the environment,
 * these before the file, and that before what is built in.
 */
public final class Settings {
  /** Variables that begin like settings, and are read by the command itself or by tests. */
  private static final Set<String> NOT_SETTINGS =
      Set.of("PLENARY_JAVA_OPTIONS", "PLENARY_CONFIG", "PLENARY_MAVEN");

  /**
   * A setting as it holds.
   *
   * @param key its key
   * @param value its value as one would write it; hidden where it is secret
   * @param where where it was given
   */
  public record Line(String key, String value, String where) {}

  /**
   * What was read.
   *
   * @param configuration the configuration
   * @param lines the same for people, in the order of the documentation, without secrets
   */
  public record Read(Configuration configuration, List<Line> lines) {}

  private final List<Item> items = Catalogue.items();
  private final List<String> problems = new ArrayList<>();
  private final Map<String, String> texts = new LinkedHashMap<>();
  private final Map<String, String> places = new LinkedHashMap<>();
  private final Map<String, @Nullable Object> values = new LinkedHashMap<>();

  private Settings() {}

  /**
   * Reads the configuration.
   *
   * @param file a file of YAML or JSON, or null
   * @param environment the process's variables
   * @param options options of the command line with their values, such as {@code --port} and {@code
   *     8081}
   * @throws ConfigurationException that names everything that is wrong
   */
  public static Read read(
      @Nullable Path file, Map<String, String> environment, Map<String, String> options) {
    Settings settings = new Settings();
    if (file != null) {
      settings.take(Given.file(file), Names.KEYS);
    }
    settings.take(new Given("environment", ours(environment)), Names.VARIABLES);
    settings.take(new Given("command line", options), Names.OPTIONS);
    return settings.build();
  }

  /** Whether an option needs no value, because it is either there or not. */
  public static boolean isSwitch(String option) {
    return Catalogue.items().stream()
        .anyMatch(item -> item.option().equals(option) && item.type() == boolean.class);
  }

  private enum Names {
    KEYS,
    VARIABLES,
    OPTIONS;

    String of(Item item) {
      return switch (this) {
        case KEYS -> item.key();
        case VARIABLES -> item.variable();
        case OPTIONS -> item.option();
      };
    }
  }

  private static Map<String, String> ours(Map<String, String> environment) {
    Map<String, String> ours = new LinkedHashMap<>();
    String uri = environment.get("MONGODB_URI");
    if (uri != null && !uri.isEmpty()) {
      ours.put("PLENARY_MONGODB_URI", uri);
    }
    environment.forEach(
        (name, value) -> {
          if (name.startsWith("PLENARY_")
              && !name.startsWith("PLENARY_TEST_")
              && !NOT_SETTINGS.contains(name)) {
            ours.put(name, value);
          }
        });
    return ours;
  }

  private void take(Given given, Names names) {
    Set<String> known = new LinkedHashSet<>();
    for (Item item : items) {
      String name = names.of(item);
      known.add(name);
      String text = given.values().get(name);
      if (text != null) {
        texts.put(item.key(), text);
        places.put(item.key(), given.where());
      }
    }
    for (String name : given.values().keySet()) {
      if (!known.contains(name)) {
        problems.add(
            given.where() + ": there is no setting '" + name + "'" + Likeness.hint(name, known));
      }
    }
  }

  private Read build() {
    List<Line> lines = new ArrayList<>();
    for (Item item : items) {
      String text = texts.get(item.key());
      Object value = text == null ? otherwise(item) : parse(item, text);
      values.put(item.key(), value);
      boolean hidden = item.setting().secret() && value != null;
      lines.add(
          new Line(
              item.key(),
              hidden ? "(hidden)" : Values.show(value),
              places.getOrDefault(item.key(), "built in")));
    }
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
    return new Read((Configuration) make(Configuration.class, ""), List.copyOf(lines));
  }

  private static @Nullable Object otherwise(Item item) {
    String text = item.setting().otherwise();
    boolean nothing = text.isEmpty() && item.type() != List.class;
    return nothing ? null : Values.parse(item.type(), text, item.setting());
  }

  private @Nullable Object parse(Item item, String text) {
    try {
      return Values.parse(item.type(), text.strip(), item.setting());
    } catch (IllegalArgumentException e) {
      String shown = item.setting().secret() ? "" : ", not '" + text + "'";
      problems.add(
          places.get(item.key()) + ": " + item.key() + ": must be " + e.getMessage() + shown);
      return null;
    }
  }

  /** What holds of a component for which nothing is given and nothing is said to hold then. */
  private static @Nullable Object nothing(RecordComponent component) {
    boolean text = component.getType() == String.class;
    boolean mayBeNull = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    return text && !mayBeNull ? "" : null;
  }

  private Object make(Class<?> record, String prefix) {
    RecordComponent[] components = record.getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    @Nullable Object[] arguments = new @Nullable Object[components.length];
    for (int i = 0; i < components.length; i++) {
      String key = prefix + components[i].getName();
      types[i] = components[i].getType();
      Object given = Catalogue.isBranch(components[i]) ? make(types[i], key + ".") : values.get(key);
      arguments[i] = given == null ? nothing(components[i]) : given;
    }
    try {
      return record.getDeclaredConstructor(types).newInstance(arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException wrong) {
        throw new ConfigurationException(List.of(String.valueOf(wrong.getMessage())));
      }
      throw new IllegalStateException("cannot make " + record.getSimpleName(), e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot make " + record.getSimpleName(), e);
    }
  }
}
