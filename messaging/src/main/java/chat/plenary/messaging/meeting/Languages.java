package chat.plenary.messaging.meeting;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Language tags (BCP 47), in their usual form. */
public final class Languages {
  /** Languages of a meeting, at the most. */
  public static final int MOST = 8;

  /** Characters of a tag, at the most. */
  public static final int MAX_TAG = 35;

  private static final Pattern TAG = Pattern.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,4}");

  private Languages() {}

  /** The usual form of a tag, or null where it is none of a language that is known. */
  static @Nullable String known(String text) {
    if (text.length() > MAX_TAG || !TAG.matcher(text).matches()) {
      return null;
    }
    Locale locale = Locale.forLanguageTag(text);
    String language = locale.getLanguage();
    boolean named = !locale.getDisplayLanguage(Locale.ENGLISH).equals(language);
    return language.isEmpty() || !named ? null : locale.toLanguageTag();
  }

  /**
   * The usual form of a tag.
   *
   * @throws IllegalArgumentException when it is none of a language that is known
   */
  public static String tag(String text) {
    String tag = known(text);
    if (tag == null) {
      throw new IllegalArgumentException("not a language tag, such as en, fr or zh-Hans");
    }
    return tag;
  }

  /** Each once, in the order in which they came. */
  static List<String> distinct(Collection<String> tags) {
    Set<String> once = new LinkedHashSet<>(tags);
    return List.copyOf(once);
  }
}
