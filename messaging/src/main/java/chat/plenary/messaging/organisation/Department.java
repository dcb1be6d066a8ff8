package chat.plenary.messaging.organisation;

import org.jspecify.annotations.Nullable;

/**
 * A department of an organisation.
 *
 * @param id chosen by whoever made it; 1 to 64 of letters, digits and {@code _ - .}
 * @param name 1 to 64 characters
 * @param parent the id of the department that it belongs to, or null
 */
public record Department(String id, String name, @Nullable String parent) {
  /** Departments of one organisation, at the most. */
  public static final int MOST = 1_000;

  /**
   * Checks an id.
   *
   * @return the text itself
   * @throws IllegalArgumentException when it is none
   */
  public static String id(String text) {
    if (!text.matches("[A-Za-z0-9_.-]{1,64}")) {
      throw new IllegalArgumentException(
          "not the id of a department: 1 to 64 letters, digits or any of _ - and the full stop");
    }
    return text;
  }
}
