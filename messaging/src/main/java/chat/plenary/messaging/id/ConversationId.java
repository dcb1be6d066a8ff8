package chat.plenary.messaging.id;

/**
 * A conversation: a group ({@code g}), a direct conversation of two accounts ({@code d}), or an
 * organisation's own log ({@code o}, the text of its {@link OrganisationId}).
 *
 * @param value a kind letter and 22 characters of base64url (128 bits); never null
 */
public record ConversationId(String value) implements Comparable<ConversationId> {
  public ConversationId {
    if (!isValid(value)) {
      throw new IllegalArgumentException("not the id of a conversation");
    }
  }

  /**
   * The group that a creator chose an id for: organisations never meet, and creating can be
   * retried.
   */
  public static ConversationId group(OrganisationId organisation, String chosen) {
    return new ConversationId(Ids.derived("g", organisation.value(), chosen));
  }

  /** The one direct conversation of two accounts of an organisation, whoever begins it. */
  public static ConversationId direct(OrganisationId organisation, AccountId one, AccountId other) {
    boolean inOrder = one.compareTo(other) <= 0;
    return new ConversationId(
        Ids.derived(
            "d",
            organisation.value(),
            (inOrder ? one : other).value(),
            (inOrder ? other : one).value()));
  }

  /** The log of an organisation itself. */
  public static ConversationId of(OrganisationId organisation) {
    return new ConversationId(organisation.value());
  }

  /** Whether this is a group. */
  public boolean isGroup() {
    return value.charAt(0) == 'g';
  }

  /** Whether this is a direct conversation. */
  public boolean isDirect() {
    return value.charAt(0) == 'd';
  }

  /** Whether this is an organisation's own log. */
  public boolean isOrganisation() {
    return value.charAt(0) == 'o';
  }

  /** Whether a text has the form of such an id. */
  public static boolean isValid(String text) {
    return Ids.isValid("g", text) || Ids.isValid("d", text) || Ids.isValid("o", text);
  }

  @Override
  public int compareTo(ConversationId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
