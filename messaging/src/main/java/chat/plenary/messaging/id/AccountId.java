package chat.plenary.messaging.id;

/**
 * An account: a person or a bot.
 *
 * @param value {@code a} and 22 characters of base64url (128 bits); never null
 */
public record AccountId(String value) implements Comparable<AccountId> {
  public AccountId {
    Ids.check("a", value);
  }

  /** A new random id. */
  public static AccountId random() {
    return new AccountId(Ids.random("a"));
  }

  /** The id that always comes of these parts. */
  public static AccountId of(String first, String... more) {
    return new AccountId(Ids.derived("a", first, more));
  }

  /**
   * An organisation's own account, by which features post and change what they posted. It is no
   * member of anything, and nobody can sign in as it.
   */
  public static AccountId service(OrganisationId organisation) {
    return of("service", organisation.value());
  }

  /** Whether a text has the form of such an id. */
  public static boolean isValid(String text) {
    return Ids.isValid("a", text);
  }

  @Override
  public int compareTo(AccountId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
