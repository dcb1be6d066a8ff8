package chat.plenary.messaging.account;

import chat.plenary.messaging.id.AccountId;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A person or a bot, as its organisation knows it. Immutable.
 *
 * @param id the account
 * @param userid the name to sign in by; unique in the organisation without regard to case
 * @param name the name that people see; 1 to 64 characters
 * @param role what it may do in its organisation
 * @param bot whether it is a bot
 * @param disabled whether it may do nothing at present
 * @param departments ids of the departments it belongs to; may be empty
 * @param signedOut the number, in the organisation's log, of the entry that ended all of its
 *     sessions last; 0 where there is none. A session that was born before it is over
 * @param seq the number of the last entry about this account
 */
public record Account(
    AccountId id,
    String userid,
    String name,
    Role role,
    boolean bot,
    boolean disabled,
    List<String> departments,
    long signedOut,
    long seq) {

  /** Characters of a name, at the most. */
  public static final int MAX_NAME = 64;

  /** Characters of a userid, at the most. */
  public static final int MAX_USERID = 64;

  /** Departments that one account belongs to, at the most. */
  public static final int MAX_DEPARTMENTS = 20;

  private static final Pattern USERID = Pattern.compile("[A-Za-z0-9_@.-]{1,64}");

  // Controls, the invisible characters that turn the direction of text round, and line separators:
  // with them one name can be made to look like another.
  private static final Pattern TREACHEROUS =
      Pattern.compile(
          "[\\p{Cc}\\u061C\\u200B\\u200E\\u200F\\u2028-\\u202E\\u2060\\u2066-\\u206F\\uFEFF]");

  public Account {
    departments = List.copyOf(departments);
  }

  /**
   * Checks a userid.
   *
   * @return the text itself
   * @throws IllegalArgumentException when it is none
   */
  public static String userid(String text) {
    if (!USERID.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "not a userid: 1 to 64 letters, digits or any of _ - @ and the full stop");
    }
    return text;
  }

  /** The form in which two userids that differ only in case are the same. */
  public static String folded(String userid) {
    return userid.toLowerCase(Locale.ROOT);
  }

  /**
   * A name without controls and direction marks and without space around it.
   *
   * @throws IllegalArgumentException when nothing is left, or more than 64 characters
   */
  public static String name(String text) {
    String clean = TREACHEROUS.matcher(text).replaceAll("").strip();
    int length = clean.codePointCount(0, clean.length());
    if (length < 1 || length > MAX_NAME) {
      throw new IllegalArgumentException("not a name: 1 to 64 visible characters");
    }
    return clean;
  }
}
