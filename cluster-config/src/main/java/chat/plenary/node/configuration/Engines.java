package chat.plenary.node.configuration;

import chat.plenary.messaging.interpretation.Language;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What translates texts, hears speech and speaks. All nodes of a cluster should agree. */
public record Engines(
    @Setting(
            value =
                "Whether the Apertium that is installed on this machine translates (Debian: apertium-eng-spa, apertium-fr-es)."
                    + " Its name is `apertium`.",
            otherwise = "false")
        boolean apertium,
    @Setting(
            value =
                "How the language of messages is found out: by Lingua with its `large` models (about 65 MiB of memory), its"
                    + " `small` ones (3 MiB, more often wrong of short texts), or `none`: only by what senders say of themselves.",
            otherwise = "none")
        Detection detection,
    @Setting(
            value = "What a group is taken to speak that has no languages of its own.",
            otherwise = SIX_LANGUAGES)
        List<String> languages,
    @Setting(
            value =
                "Which engines translate a pair of languages, by their names in the order in which they are asked, such as"
                    + " `en>es=apertium chat`; `*` stands for any language. Of `en>es`, `*>es`, `en>*` and `*>*` the first that"
                    + " is given holds. What is named by none of them: all that are set up, in the order of this page.",
            otherwise = "")
        List<String> order,
    @Setting(
            value =
                "Which engines hear speech, in the order in which they are asked: `tencent-speech`, `tencent-tsi`,"
                    + " `pocketsphinx`. All that are set up, in this order, unless given.",
            otherwise = "")
        List<String> hearing,
    @Setting(
            value = "How long an engine's translation is waited for.",
            otherwise = "5 s",
            from = "200 ms",
            to = "10 s")
        Duration patience,
    @Setting(
            value = "Texts that an engine is given at once, of each pair of languages.",
            otherwise = "64",
            from = "1",
            to = "1000")
        int atOnce,
    @Setting(
            value =
                "Characters a day (UTC) that an organisation may give to engines inside; 0 for no limit.",
            otherwise = "0",
            from = "0",
            to = "2000000000")
        int insideQuota,
    @Setting(
            value =
                "Characters a day (UTC) that an organisation may give to engines outside; 0 for no limit.",
            otherwise = "1000000",
            from = "0",
            to = "2000000000")
        int outsideQuota,
    LibreTranslate libreTranslate,
    Chat chat,
    TencentEngines tencent,
    @Setting(
            "A file in JSGF with the English sentences that the pocketsphinx on this machine is to hear; without it it hears none.")
        @Nullable Path grammar,
    Espeak espeak) {

  /** What is said of every engine that may be somebody else's. */
  static final String OUTSIDE =
      "Whether it is outside the organisation: then only groups that allow it use it.";

  static final String TRANSLATES = "The languages that it translates into each other.";
  static final String SIX_LANGUAGES = "ar, en, es, fr, ru, zh";

  /** Checks that what is named is set up. */
  public Engines {
    languages = List.copyOf(languages);
    order = List.copyOf(order);
    hearing = List.copyOf(hearing);
    tags("interpretation.languages", languages);
    if (languages.isEmpty()) {
      throw new IllegalArgumentException("interpretation.languages: must name a language");
    }
    Set<String> translators = new LinkedHashSet<>();
    add(translators, apertium, "apertium");
    add(translators, libreTranslate.url() != null, "libretranslate");
    add(translators, chat.url() != null, "chat");
    add(translators, tencent.text().use(), "tencent");
    ways(order).values().forEach(names -> setUp("interpretation.order", names, translators));
    Set<String> ears = new LinkedHashSet<>();
    add(ears, tencent.speech().appId() != null, "tencent-speech");
    add(ears, tencent.tsi().use(), "tencent-tsi");
    add(ears, grammar != null, "pocketsphinx");
    setUp("interpretation.hearing", hearing, ears);
  }

  /** The engines of each pair that {@link #order} names, in the form {@code en>es}. */
  public Map<String, List<String>> ways() {
    return ways(order);
  }

  /** By what the language of messages is found out. */
  public enum Detection {
    NONE,
    SMALL,
    LARGE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A LibreTranslate server. */
  public record LibreTranslate(
      @Setting(
              "Its address. What is given here sets the engine up, under the name `libretranslate`.")
          @Nullable URI url,
      @Setting(value = "The key that it asks for.", secret = true) @Nullable String key,
      @Setting(value = TRANSLATES, otherwise = SIX_LANGUAGES) List<String> languages,
      @Setting(value = OUTSIDE, otherwise = "true") boolean outside) {
    public LibreTranslate {
      languages = List.copyOf(languages);
      address("interpretation.libreTranslate.url", url, "https", "http");
      tags("interpretation.libreTranslate.languages", languages);
    }

    @Override
    public String toString() {
      return "LibreTranslate[" + url + "]";
    }
  }

  /** A server that speaks OpenAI's chat completions, such as a model on a machine of one's own. */
  public record Chat(
      @Setting(
              "Its address, up to `/v1`. What is given here sets the engine up, under the name `chat`.")
          @Nullable URI url,
      @Setting(value = "The key that it asks for.", secret = true) @Nullable String key,
      @Setting(value = "The model.", otherwise = "") String model,
      @Setting(
              value =
                  "Whether it is asked by one plain instruction, as models made for translation want it.",
              otherwise = "false")
          boolean plain,
      @Setting(value = TRANSLATES, otherwise = SIX_LANGUAGES) List<String> languages,
      @Setting(value = OUTSIDE, otherwise = "true") boolean outside) {
    public Chat {
      languages = List.copyOf(languages);
      address("interpretation.chat.url", url, "https", "http");
      tags("interpretation.chat.languages", languages);
    }

    @Override
    public String toString() {
      return "Chat[" + url + "]";
    }
  }

  /** The eSpeak NG that is installed on this machine. */
  public record Espeak(
      @Setting(
              value =
                  "The languages in which the espeak-ng on this machine reads captions aloud to those who listen, such as"
                      + " `en, es, fr`; without any it is not set up.",
              otherwise = "")
          List<String> languages,
      @Setting(value = "Words a minute.", otherwise = "160", from = "80", to = "450") int speed) {
    public Espeak {
      languages = List.copyOf(languages);
      tags("interpretation.espeak.languages", languages);
    }
  }

  /** Checks where an engine is. */
  static void address(String key, @Nullable URI url, String safe, String plain) {
    if (url != null
        && (url.getHost() == null
            || !(safe.equals(url.getScheme()) || plain.equals(url.getScheme())))) {
      throw new IllegalArgumentException(
          key + ": must begin with " + safe + ":// or " + plain + "://");
    }
  }

  private static void tags(String key, List<String> languages) {
    for (String one : languages) {
      if (!Language.isTag(one)) {
        throw new IllegalArgumentException(
            key + ": must be tags of languages, such as en or zh-Hant, not '" + one + "'");
      }
    }
  }

  private static void add(Set<String> names, boolean there, String name) {
    if (there) {
      names.add(name);
    }
  }

  private static void setUp(String key, List<String> names, Set<String> there) {
    for (String name : names) {
      if (!there.contains(name)) {
        throw new IllegalArgumentException(
            key
                + ": names '"
                + name
                + "', which is not set up; there is "
                + (there.isEmpty() ? "none" : String.join(", ", there)));
      }
    }
    if (Set.copyOf(names).size() < names.size()) {
      throw new IllegalArgumentException(key + ": names an engine twice");
    }
  }

  private static Map<String, List<String>> ways(List<String> order) {
    Map<String, List<String>> ways = new TreeMap<>();
    for (String one : order) {
      String[] parts = one.split("=", 2);
      String[] pair = parts[0].strip().split(">", -1);
      if (parts.length < 2 || parts[1].isBlank() || pair.length != 2) {
        throw new IllegalArgumentException(
            "interpretation.order: must be such as en>es=apertium chat, not '" + one + "'");
      }
      List<String> names = new ArrayList<>(List.of(parts[1].strip().split("\\s+")));
      if (ways.put(language(pair[0].strip()) + ">" + language(pair[1].strip()), names) != null) {
        throw new IllegalArgumentException(
            "interpretation.order: names the pair '" + parts[0].strip() + "' twice");
      }
    }
    return ways;
  }

  private static String language(String text) {
    if (text.equals("*")) {
      return text;
    }
    tags("interpretation.order", List.of(text));
    return Language.written(Language.tag(text));
  }
}
