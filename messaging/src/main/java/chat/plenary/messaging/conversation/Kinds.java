package chat.plenary.messaging.conversation;

/** The kinds of entries of groups and direct conversations; for ever. */
public final class Kinds {
  /** {@code {kind, organisation, name?, members, history}}; the first entry. */
  public static final String CREATED = "conversation.created";

  /** {@code {name?, history?, languages?, translation?}}. */
  public static final String CHANGED = "conversation.changed";

  /** {@code {add, remove}}: account ids, at most 500 together. */
  public static final String MEMBERS = "members.changed";

  /** A message body. Countable. */
  public static final String POSTED = "message.posted";

  /** {@code {target, body}}. */
  public static final String EDITED = "message.edited";

  /** {@code {target}}. */
  public static final String RECALLED = "message.recalled";

  private Kinds() {}
}
