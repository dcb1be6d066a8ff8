package chat.plenary.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The documents, as far as a machine can tell whether they are true. */
class DocumentsTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern LINK = Pattern.compile("\\[[^\\]]*\\]\\(([^)\\s]+)\\)");
  private static final Pattern FENCE = Pattern.compile("(?ms)^```.*?^```");
  private static final Pattern COLLECTION =
      Pattern.compile("static final String (?:COLLECTION|[A-Z_]+) = \"([a-z_]+)\";");

  @Test
  void everyLinkLeadsSomewhere() throws IOException {
    List<String> dead = new ArrayList<>();
    for (Path page : pages()) {
      Matcher links = LINK.matcher(FENCE.matcher(Files.readString(page)).replaceAll(""));
      while (links.find()) {
        String link = links.group(1);
        if (!link.contains(":") && !leadsSomewhere(page, link)) {
          dead.add(ROOT.relativize(page) + ": " + link);
        }
      }
    }
    assertThat(dead).isEmpty();
  }

  @Test
  void everyCollectionIsDescribed() throws IOException {
    String described =
        Files.readString(ROOT.resolve("docs/schema.md"))
            + Files.readString(ROOT.resolve("docs/schema-bots.md"));
    Set<String> missing = new TreeSet<>();
    for (String module : List.of("messaging", "bots", "integrations")) {
      for (Path source : files(ROOT.resolve(module).resolve("src/main/java"), ".java")) {
        String text = Files.readString(source);
        if (!text.contains("store.")) {
          continue;
        }
        Matcher names = COLLECTION.matcher(text);
        while (names.find()) {
          String name = names.group(1);
          boolean collection =
              names.group().contains(" COLLECTION ") || isUsed(text, names.group());
          if (collection && !described.matches("(?s).*## [`a-z_, ]*\\b" + name + "\\b.*")) {
            missing.add(name);
          }
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  /** Whether a constant is handed to the store as the name of a collection. */
  private static boolean isUsed(String text, String declaration) {
    String constant = declaration.replaceAll(".*String ([A-Z_]+) =.*", "$1");
    return Pattern.compile(
            "(Query\\.in|\\.get|\\.insert|\\.update|\\.updateAll|\\.delete|Index\\.of|Index\\.unique)\\(\\s*"
                + constant
                + ",")
        .matcher(text)
        .find();
  }

  private static boolean leadsSomewhere(Path page, String link) throws IOException {
    int hash = link.indexOf('#');
    Path target = hash == 0 ? page : page.resolveSibling(hash < 0 ? link : link.substring(0, hash));
    if (!Files.exists(target)) {
      return false;
    }
    return hash < 0 || anchors(target).contains(link.substring(hash + 1));
  }

  /** Anchors of headings, as they are commonly made of them. */
  private static Set<String> anchors(Path page) throws IOException {
    return Files.readAllLines(page).stream()
        .filter(line -> line.startsWith("#"))
        .map(
            line ->
                line.replaceFirst("^#+ ", "")
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N} _-]", "")
                    .replace(' ', '-'))
        .collect(Collectors.toSet());
  }

  private static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>(files(ROOT.resolve("docs"), ".md"));
    pages.add(ROOT.resolve("README.md"));
    pages.add(ROOT.resolve("CONTRIBUTING.md"));
    return pages;
  }

  private static List<Path> files(Path folder, String ending) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(path -> path.toString().endsWith(ending)).sorted().toList();
    }
  }
}
