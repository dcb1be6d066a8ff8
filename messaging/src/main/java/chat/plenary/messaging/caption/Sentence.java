package chat.plenary.messaging.caption;

import chat.plenary.messaging.content.MessageBody;
import chat.plenary.messaging.interpretation.Language;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A sentence of a meeting, whole or as far as it was heard.
 *
 * @param key what its source calls it: later ones of the same key replace it; 1 to 200 characters,
 *     unique in the meeting
 * @param speaker who speaks
 * @param language the tag of the language
 * @param text what is said, in one line; empty where there is nothing to show
 * @param from when it begins
 * @param to when it ends, as far as is known; an older one never replaces a newer one
 * @param translations what came with it, at most 8
 * @param by what kind of source it is of
 * @param complete whether it is over
 * @param cut whether its end was not heard, because the engine broke off
 */
public record Sentence(
    String key,
    Speaker speaker,
    String language,
    String text,
    Instant from,
    Instant to,
    List<Translation> translations,
    By by,
    boolean complete,
    boolean cut) {
  /** Characters of a key, at the most. */
  public static final int MAX_KEY = 200;

  private static final int MAX_TRANSLATIONS = 8;
  // Of a translation, beside its text: its language, and its engine's name and title.
  private static final int TRANSLATION_BYTES = 192;
  // Translations and all else leave room for a text in the longest encoding.
  private static final int MAX_BYTES = MessageBody.MAX_BYTES - 1_024;

  /** Kinds of sources. */
  public enum By {
    /** The meeting's provider pushed it. */
    PROVIDER,
    /** An engine heard it on the floor. */
    SPEECH,
    /** Somebody on duty for a language interpreted it, typing or speaking. */
    INTERPRETER,
    /** The host typed it. */
    HOST;

    /** The name in the protocol. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What came from outside is cleaned: one line, without controls and turns of direction, no longer
   * than a message. What would make the entry too large falls away, translations first: a missing
   * one is made again.
   */
  public Sentence {
    if (key.isEmpty() || key.length() > MAX_KEY || key.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("a key has 1 to " + MAX_KEY + " characters, no controls");
    }
    language = Language.tag(language);
    text = clean(text);
    int room = MAX_BYTES - bytes(text);
    List<Translation> kept = new ArrayList<>();
    for (Translation one : translations) {
      String other = one.text() == null ? "" : clean(one.text());
      room -= bytes(other) + TRANSLATION_BYTES;
      if (!other.isEmpty()
          && room >= 0
          && kept.size() < MAX_TRANSLATIONS
          && Language.isTag(one.language())) {
        kept.add(
            new Translation(Language.tag(one.language()), other, one.engine(), one.title(), null));
      }
    }
    translations = List.copyOf(kept);
  }

  private static String clean(String text) {
    StringBuilder line = new StringBuilder();
    text.codePoints()
        .limit(MessageBody.MAX_TEXT)
        .forEach(
            c -> {
              if (Character.isWhitespace(c) || Character.isISOControl(c)) {
                line.append(' ');
              } else if (!turns(c) && Character.getType(c) != Character.SURROGATE) {
                line.appendCodePoint(c);
              }
            });
    String clean = line.toString().strip();
    while (bytes(clean) > MAX_BYTES) {
      int end = clean.length() / 8 * 7;
      clean = clean.substring(0, Character.isLowSurrogate(clean.charAt(end)) ? end - 1 : end);
    }
    return clean;
  }

  /** Marks that turn the direction of what follows them. */
  private static boolean turns(int c) {
    return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** The same, ended where its engine broke off. */
  Sentence cutOff() {
    return new Sentence(
        key, speaker, language, text + " …", from, to, translations, by, true, true);
  }

  /** The body of its entry; {@code interpreted} are the languages that people interpret into. */
  MessageBody.Caption body(String meeting, List<String> interpreted) {
    JsonObject caption =
        new JsonObject()
            .put("meeting", meeting)
            .put("key", key)
            .put("speaker", speaker.toJson())
            .put("language", language)
            .put("text", text)
            .put("from", CaptionJson.time(from))
            .put("to", CaptionJson.time(to))
            .put("translations", translationsJson())
            .put("by", by.text());
    if (cut) {
      caption.put("cut", true);
    }
    if (!interpreted.isEmpty()) {
      caption.put("interpreted", new JsonArray(interpreted));
    }
    return new MessageBody.Caption(caption);
  }

  JsonArray translationsJson() {
    JsonArray array = new JsonArray();
    translations.forEach(one -> array.add(one.toJson()));
    return array;
  }

  /** What tells one version of a sentence from another. */
  String version() {
    StringBuilder all = new StringBuilder(language).append('\n').append(text);
    for (Translation one : translations) {
      all.append('\n').append(one.language()).append(' ').append(one.text());
    }
    return hash(all.toString(), 9);
  }

  /** The beginning of a hash, in base64url. */
  static String hash(String text, int bytes) {
    try {
      byte[] whole =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(whole, bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** The translation that came with it into a language, or null. */
  public @Nullable Translation into(String wanted) {
    return translations.stream()
        .filter(one -> Language.same(one.language(), wanted))
        .findFirst()
        .orElse(null);
  }
}
