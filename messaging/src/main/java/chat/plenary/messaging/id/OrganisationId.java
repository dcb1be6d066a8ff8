package chat.plenary.messaging.id;

/**
 * An organisation (tenant).
 *
 * @param value {@code o} and 22 characters of base64url (128 bits); never null
 */
public record OrganisationId(String value) implements Comparable<OrganisationId> {
  public OrganisationId {
    Ids.check("o", value);
  }

  /** A new random id. */
  public static OrganisationId random() {
    return new OrganisationId(Ids.random("o"));
  }

  /** The id that always comes of these parts. */
  public static OrganisationId of(String first, String... more) {
    return new OrganisationId(Ids.derived("o", first, more));
  }

  /** Whether a text has the form of such an id. */
  public static boolean isValid(String text) {
    return Ids.isValid("o", text);
  }

  @Override
  public int compareTo(OrganisationId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
