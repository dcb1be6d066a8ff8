package chat.plenary.messaging.interpretation;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tags of languages as they are used here: BCP 47 with a language of two or three letters, and
 * perhaps a script and a region, such as {@code en}, {@code zh-Hant} or {@code pt-BR}.
 */
public final class Language {
  /** Characters of a tag, at the most. */
  public static final int MAX_TAG = 11;

  private static final Pattern TAG =
      Pattern.compile(
          "([a-z]{2,3})(?:-([a-z]{4}))?(?:-([a-z]{2}|[0-9]{3}))?", Pattern.CASE_INSENSITIVE);

  private Language() {}

  /**
   * A tag in its usual spelling.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static String tag(String text) {
    Matcher matcher = TAG.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not the tag of a language, such as en or zh-Hant");
    }
    String script = matcher.group(2);
    String region = matcher.group(3);
    return matcher.group(1).toLowerCase(Locale.ROOT)
        + (script == null
            ? ""
            : "-"
                + script.substring(0, 1).toUpperCase(Locale.ROOT)
                + script.substring(1).toLowerCase(Locale.ROOT))
        + (region == null ? "" : "-" + region.toUpperCase(Locale.ROOT));
  }

  /** Whether a text is a tag. */
  public static boolean isTag(String text) {
    return TAG.matcher(text).matches();
  }

  /** The language alone: {@code zh} of {@code zh-Hant}. */
  public static String base(String tag) {
    int end = tag.indexOf('-');
    return end < 0 ? tag : tag.substring(0, end);
  }

  /** The tag without its region: what is written in it. {@code zh-Hant} of {@code zh-Hant-TW}. */
  public static String written(String tag) {
    String script = script(tag);
    return script == null ? base(tag) : base(tag) + "-" + script;
  }

  /**
   * Whether who reads one reads the other: the same language, in scripts that are not said to be
   * different. Regions make no difference.
   */
  public static boolean same(String one, String other) {
    if (!base(one).equals(base(other))) {
      return false;
    }
    String script = script(one);
    String second = script(other);
    return script == null || second == null || script.equals(second);
  }

  private static @Nullable String script(String tag) {
    Matcher matcher = TAG.matcher(tag);
    return matcher.matches() ? matcher.group(2) : null;
  }
}
