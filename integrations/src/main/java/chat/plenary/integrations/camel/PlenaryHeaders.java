package chat.plenary.integrations.camel;

/** Names of exchange headers that the {@code plenary:} component reads and sets. */
public final class PlenaryHeaders {
  /** The ref of the post, 1 to 64 bytes; the exchange's id where it is not set. */
  public static final String REF = "PlenaryRef";

  /** The seq of the message to replace; a new message where it is not set. */
  public static final String TARGET = "PlenaryTarget";

  /** Set on the way out: the seq of the entry that was appended. */
  public static final String SEQ = "PlenarySeq";

  private PlenaryHeaders() {}
}
