package chat.plenary.lab.load;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How it is measured.
 *
 * @param scenarios by name
 * @param servers by name
 * @param warm seconds that do not count, before each phase
 * @param seconds that count
 * @param maxLagMillis how far the generator may be behind its schedule, in 99 of 100 sends
 * @param connections of the scenarios that are about connections
 * @param window messages of one sender that may be on the way
 * @param offered sends a second instead of each scenario's own; 0: its own
 * @param heap of every Java server
 * @param storeClasspath of the program that writes to the embedded store by itself; null where that
 *     is not measured
 */
record Settings(
    List<String> scenarios,
    List<String> servers,
    double warm,
    double seconds,
    double maxLagMillis,
    int connections,
    int window,
    double offered,
    String heap,
    Path jar,
    Path out,
    @Nullable String storeClasspath,
    boolean list) {
  /** Plenary again, with TLS: only where it is asked for. */
  static final String TLS = "plenary-tls";

  /** Three nodes of it with a store server: only where it is asked for. */
  static final String THREE = "plenary-three";

  private static final List<String> SERVERS =
      List.of("floor-gathered", "floor-each", "plenary", "ejabberd", "prosody", TLS, THREE);
  private static final List<String> USUAL =
      Scenario.all().stream()
          .map(Scenario::name)
          .filter(name -> !name.equals("group-9999") && !name.startsWith("scale-"))
          .toList();
  private static final List<String> NAMES =
      List.of(
          "--scenario",
          "--server",
          "--warm",
          "--seconds",
          "--max-lag",
          "--connections",
          "--window",
          "--offered",
          "--heap",
          "--jar",
          "--out",
          "--store-classpath");

  static Settings of(List<String> arguments) throws java.io.IOException {
    Map<String, String> given = new HashMap<>();
    boolean list = false;
    for (int i = 0; i < arguments.size(); i++) {
      String word = arguments.get(i);
      if (word.equals("--list")) {
        list = true;
      } else if (NAMES.contains(word) && i + 1 < arguments.size()) {
        given.put(word, arguments.get(++i));
      } else {
        throw new IllegalArgumentException("This is not understood: " + word);
      }
    }
    return new Settings(
        names(given.get("--scenario"), USUAL, Scenario.all().stream().map(Scenario::name).toList()),
        names(given.get("--server"), SERVERS.subList(0, SERVERS.indexOf(TLS)), SERVERS),
        Double.parseDouble(given.getOrDefault("--warm", "4")),
        Double.parseDouble(given.getOrDefault("--seconds", "8")),
        Double.parseDouble(given.getOrDefault("--max-lag", "50")),
        Integer.parseInt(given.getOrDefault("--connections", "2000")),
        Integer.parseInt(given.getOrDefault("--window", "32")),
        Double.parseDouble(given.getOrDefault("--offered", "0")),
        given.getOrDefault("--heap", "1g"),
        given.containsKey("--jar") ? Path.of(given.get("--jar")).toAbsolutePath() : built(),
        Path.of(given.getOrDefault("--out", "target/load")),
        given.get("--store-classpath"),
        list);
  }

  private static List<String> names(
      @Nullable String given, List<String> usual, List<String> known) {
    List<String> names = given == null ? usual : List.of(given.split(","));
    for (String name : names) {
      if (!known.contains(name)) {
        throw new IllegalArgumentException("There is no " + name + ", only " + known);
      }
    }
    return names;
  }

  /** The node's jar where {@code ./plenary} builds it. */
  private static Path built() throws java.io.IOException {
    Path folder = Path.of("cluster-config", "target", "run");
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        List<Path> jars =
            new ArrayList<>(
                files
                    .filter(
                        file ->
                            file.getFileName().toString().matches("plenary-cluster-config.*\\.jar"))
                    .toList());
        if (!jars.isEmpty()) {
          return jars.get(0).toAbsolutePath();
        }
      }
    }
    return Path.of("");
  }
}
