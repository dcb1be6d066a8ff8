package chat.plenary.lab.prove;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a proof is asked to do.
 *
 * @param minutes for how long rounds are begun; 0: one round
 * @param seed of the first scenario; the others' follow from it
 * @param names of scenarios; empty: those of the short matrix, or all
 * @param rate what people do, all together, a second
 */
record Options(
    boolean all,
    int minutes,
    long seed,
    Set<String> names,
    int rate,
    Path jar,
    Path out,
    boolean list) {
  private static final int RATE = 120;

  static Options of(List<String> arguments) throws java.io.IOException {
    Map<String, String> values = new HashMap<>();
    Set<String> switches = new HashSet<>();
    for (int i = 0; i < arguments.size(); i++) {
      String word = arguments.get(i);
      if (List.of("--long", "--list").contains(word)) {
        switches.add(word);
      } else if (List.of("--minutes", "--seed", "--scenario", "--rate", "--jar", "--out")
              .contains(word)
          && i + 1 < arguments.size()) {
        values.put(word, arguments.get(++i));
      } else {
        throw new IllegalArgumentException("This is not understood: " + word);
      }
    }
    return new Options(
        switches.contains("--long"),
        Integer.parseInt(values.getOrDefault("--minutes", "0")),
        Long.parseLong(values.getOrDefault("--seed", Long.toString(System.nanoTime() % 1_000_000))),
        values.containsKey("--scenario") ? Set.of(values.get("--scenario").split(",")) : Set.of(),
        Integer.parseInt(values.getOrDefault("--rate", Integer.toString(RATE))),
        values.containsKey("--jar") ? Path.of(values.get("--jar")) : built(),
        Path.of(values.getOrDefault("--out", "target/proof")),
        switches.contains("--list"));
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
                        file -> file.getFileName().toString().startsWith("plenary-cluster-config"))
                    .filter(file -> file.toString().endsWith(".jar"))
                    .toList());
        if (!jars.isEmpty()) {
          return jars.get(0).toAbsolutePath();
        }
      }
    }
    return Path.of("");
  }
}
