package chat.plenary.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the client's own sources may contain. */
class ClientSourcesTest {
  private static final Pattern HEX = Pattern.compile("#[0-9A-Fa-f]{3,8}\\b");
  private static final Pattern SIDES = Pattern.compile("(?i)\\b(left|right)\\b");

  /** Four lengths of which the second and the fourth, right and left, are not the same. */
  private static final Pattern UNEQUAL_SIDES =
      Pattern.compile(
          "(?m)(?:^|[{;\\s])(?:padding|margin|border-width|scroll-padding):"
              + "\\s*[^;\\s()]+(?:\\([^()]*\\))?\\s+([^;\\s()]+(?:\\([^()]*\\))?)"
              + "\\s+[^;\\s()]+(?:\\([^()]*\\))?\\s+(?!\\1\\s*[;}])[^;\\s]");

  private static final Pattern HTML_FROM_STRINGS =
      Pattern.compile(
          "unsafeHTML|unsafeSVG|unsafeStatic|innerHTML|outerHTML|insertAdjacentHTML"
              + "|document\\.write|DOMParser|\\beval\\(|new Function");

  @Test
  void coloursAreWrittenInTheTokensOnly() {
    Map<String, String> styles = sources(".css");
    assertThat(styles.remove("css/tokens.css")).containsPattern(HEX);

    assertThat(styles).isNotEmpty().allSatisfy(ClientSourcesTest::hasNoColour);
    assertThat(sources(".js")).allSatisfy(ClientSourcesTest::hasNoColour);
  }

  @Test
  void stylesKnowNoLeftAndRight() {
    assertThat(sources(".css"))
        .allSatisfy(
            (name, text) ->
                assertThat(text)
                    .as(name)
                    .doesNotContainPattern(SIDES)
                    .doesNotContainPattern(UNEQUAL_SIDES));
    assertThat("a { padding: 1px var(--s1) 2px var(--s2); }").containsPattern(UNEQUAL_SIDES);
    assertThat("a { padding: 1px var(--s1) 2px var(--s1); }").doesNotContainPattern(UNEQUAL_SIDES);
  }

  @Test
  void noHtmlIsMadeFromStrings() {
    assertThat(sources(".js"))
        .allSatisfy(
            (name, text) -> assertThat(text).as(name).doesNotContainPattern(HTML_FROM_STRINGS));
  }

  @Test
  void templatesHaveNoStyleAttributes() {
    assertThat(sources(".js"))
        .allSatisfy(
            (name, text) -> assertThat(text).as(name).doesNotContain(" style=", "styleMap"));
  }

  @Test
  void noFileIsLongerThanTwoHundredLines() {
    Map<String, String> all = sources(".js");
    all.putAll(sources(".css"));

    assertThat(all)
        .allSatisfy(
            (name, text) -> assertThat(text.lines().count()).as(name).isLessThanOrEqualTo(200));
  }

  @Test
  void everyCatalogueHasTheSameSentencesAndEveryOneThatIsSaid() {
    Pattern key = Pattern.compile("(?m)^ \"([^\"]+)\": ");
    Map<String, Set<String>> catalogues = new TreeMap<>();
    sources(".json").forEach((name, text) -> catalogues.put(name, found(key, text)));
    Set<String> said = new TreeSet<>();
    sources(".js")
        .forEach((name, text) -> said.addAll(found(Pattern.compile("\\bt\\(\"([^\"]+)\""), text)));

    assertThat(catalogues)
        .containsOnlyKeys(
            "language/ar.json",
            "language/en.json",
            "language/es.json",
            "language/fr.json",
            "language/ru.json",
            "language/zh.json");
    assertThat(catalogues.values()).containsOnly(catalogues.get("language/en.json"));
    assertThat(catalogues.get("language/en.json")).containsAll(said).hasSizeGreaterThan(100);
    assertThat(said).hasSizeGreaterThan(80);
  }

  private static Set<String> found(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map(match -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static void hasNoColour(String name, String text) {
    assertThat(text).as(name).doesNotContainPattern(HEX);
  }

  /** The client's own files by their names, without its libraries. */
  private static Map<String, String> sources(String end) {
    Map<String, String> sources = new TreeMap<>();
    Files.fromClassPath()
        .contents()
        .forEach(
            (name, bytes) -> {
              if (name.endsWith(end) && !name.startsWith(Modules.VENDOR)) {
                sources.put(name, new String(bytes, UTF_8));
              }
            });
    return sources;
  }
}
