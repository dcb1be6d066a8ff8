package chat.plenary.bots.survey;

import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.fault.Input;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A text in several languages.
 *
 * @param byLanguage texts by BCP 47 language; English is always there
 */
record Wording(Map<String, String> byLanguage) {
  /** The languages in which surveys are asked. */
  static final List<String> LANGUAGES = List.of("en", "fr");

  /** Reads a member; every language must be there, and no other. */
  static Wording read(Input in, String name, int max) {
    Input texts = in.object(name);
    Map<String, String> found = new LinkedHashMap<>();
    LANGUAGES.forEach(language -> found.put(language, texts.text(language, 1, max)));
    texts.end();
    return new Wording(found);
  }

  /** The text in one of {@link #LANGUAGES}. */
  String in(String language) {
    return byLanguage.getOrDefault(language, byLanguage.getOrDefault("en", ""));
  }

  /** The same in each language with a value filled in. */
  Wording with(Object value) {
    Map<String, String> filled = new LinkedHashMap<>();
    byLanguage.forEach(
        (language, text) -> filled.put(language, String.format(Locale.ROOT, text, value)));
    return new Wording(filled);
  }

  JsonObject toJson() {
    JsonObject json = new JsonObject();
    byLanguage.forEach(json::put);
    return json;
  }

  /**
   * The best of {@link #LANGUAGES} for a header {@code Accept-Language}; English where none fits,
   * or where the header is none.
   */
  static String language(String accepted) {
    if (accepted.isBlank() || accepted.length() > 500) {
      return "en";
    }
    try {
      String found = Locale.lookupTag(Locale.LanguageRange.parse(accepted), LANGUAGES);
      return found == null ? "en" : found;
    } catch (IllegalArgumentException e) {
      return "en";
    }
  }

  /** A fault about a file, that names the place. */
  static Fault wrong(Input in, String name, String why) {
    return Fault.invalid(in.path(name), why);
  }
}
