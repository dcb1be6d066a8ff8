package chat.plenary.messaging.id;

/**
 * A meeting of a group.
 *
 * @param value {@code m} and 22 characters of base64url (128 bits); never null
 */
public record MeetingId(String value) implements Comparable<MeetingId> {
  public MeetingId {
    Ids.check("m", value);
  }

  /** The meeting that a member calls under a ref: calling it again is the same one. */
  public static MeetingId of(
      OrganisationId organisation, ConversationId conversation, AccountId organiser, Ref ref) {
    return new MeetingId(
        Ids.derived(
            "m", organisation.value(), conversation.value(), organiser.value(), ref.value()));
  }

  /** Whether a text has the form of such an id. */
  public static boolean isValid(String text) {
    return Ids.isValid("m", text);
  }

  @Override
  public int compareTo(MeetingId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
