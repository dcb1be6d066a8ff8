package chat.plenary.integrations.camel;

/** Names of exchange headers that the {@code plenary:} component reads and sets. */
public final class PlenaryHeaders {
  /** Read: the ref of the post, 1 to 64 bytes; the exchange's id where it is not set. */
  public static final String REF = "PlenaryRef";

  /** Read: the seq of the message to replace; a new message where it is not set. */
  public static final String TARGET = "PlenaryTarget";

  /** Set after a post: the seq of the entry that was appended. Set by a consumer: the entry's. */
  public static final String SEQ = "PlenarySeq";

  /** Set by a consumer: the conversation's id. */
  public static final String CONVERSATION = "PlenaryConversation";

  /** Set by a consumer: which event it is, such as {@code message} or {@code edit}. */
  public static final String EVENT = "PlenaryEvent";

  /** Set by a consumer: the entry's kind in the log, such as {@code message.posted}. */
  public static final String KIND = "PlenaryKind";

  /** Set by a consumer: the type of the message's body, such as {@code text}; absent without one. */
  public static final String TYPE = "PlenaryType";

  /** Set by a consumer: the account id of who appended the entry. */
  public static final String SENDER = "PlenarySender";

  /** Set by a consumer: the sender's name; absent for accounts of other organisations. */
  public static final String SENDER_NAME = "PlenarySenderName";

  /** Set by a consumer: when the entry was numbered, as in RFC 3339. */
  public static final String AT = "PlenaryAt";

  /** Set by a consumer: the seq of the message that an edit or a recall is about. */
  public static final String OF = "PlenaryOf";

  private PlenaryHeaders() {}
}
