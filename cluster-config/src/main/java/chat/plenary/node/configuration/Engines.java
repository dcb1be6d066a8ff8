package chat.plenary.node.configuration;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What translates texts and hears speech. */
public record Engines(
    @Setting(
            value =
                "Whether the Apertium that is installed on this machine translates (Debian: apertium-eng-spa, apertium-fr-es).",
            otherwise = "false")
        boolean apertium,
    @Setting(
            value =
                "Whether the language of messages is found out (Lingua, about 65 MiB of memory).",
            otherwise = "false")
        boolean detect,
    LibreTranslate libreTranslate,
    Chat chat,
    @Setting(
            "A file in JSGF with the English sentences that the pocketsphinx on this machine is to hear; without it it hears none.")
        @Nullable Path grammar) {

  /** A LibreTranslate server. */
  public record LibreTranslate(
      @Setting("Its address. What is given here sets the engine up.") @Nullable URI url,
      @Setting(value = "The key that it asks for.", secret = true) @Nullable String key,
      @Setting(
              value = "The languages that it translates into each other.",
              otherwise = "ar, en, es, fr, ru, zh")
          List<String> languages,
      @Setting(
              value =
                  "Whether it is outside the organisation: then only groups that allow it use it.",
              otherwise = "true")
          boolean outside) {
    public LibreTranslate {
      languages = List.copyOf(languages);
    }
  }

  /** A server that speaks OpenAI's chat completions, such as a model on a machine of one's own. */
  public record Chat(
      @Setting("Its address, up to `/v1`. What is given here sets the engine up.")
          @Nullable URI url,
      @Setting(value = "The key that it asks for.", secret = true) @Nullable String key,
      @Setting(value = "The model.", otherwise = "") String model,
      @Setting(
              value =
                  "Whether it is asked by one plain instruction, as models made for translation want it.",
              otherwise = "false")
          boolean plain,
      @Setting(
              value = "The languages that it translates into each other.",
              otherwise = "ar, en, es, fr, ru, zh")
          List<String> languages,
      @Setting(
              value =
                  "Whether it is outside the organisation: then only groups that allow it use it.",
              otherwise = "true")
          boolean outside) {
    public Chat {
      languages = List.copyOf(languages);
    }
  }
}
