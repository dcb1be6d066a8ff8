package chat.plenary.messaging.id;

/**
 * A signed-in session of an account: what a refresh-token family belongs to and what is revoked.
 *
 * @param value {@code s} and 22 characters of base64url (128 bits); never null
 */
public record SessionId(String value) implements Comparable<SessionId> {
  public SessionId {
    Ids.check("s", value);
  }

  /** A new random id. */
  public static SessionId random() {
    return new SessionId(Ids.random("s"));
  }

  /** The id that always comes of these parts. */
  public static SessionId of(String first, String... more) {
    return new SessionId(Ids.derived("s", first, more));
  }

  /** Whether a text has the form of such an id. */
  public static boolean isValid(String text) {
    return Ids.isValid("s", text);
  }

  @Override
  public int compareTo(SessionId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
