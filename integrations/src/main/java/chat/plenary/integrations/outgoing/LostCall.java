package chat.plenary.integrations.outgoing;

/** A call that got no answer; what circuit breakers count. */
public final class LostCall extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean sent;

  /**
   * A call without an answer.
   *
   * @param sent whether the service may have got it
   * @param why the rest of a sentence about the service, for people
   */
  public LostCall(boolean sent, String why) {
    super(why, null, false, false);
    this.sent = sent;
  }

  /** Whether the service may have got it. */
  public boolean sent() {
    return sent;
  }
}
